extension ZPool {
    /// `zpool online`: uses devices again.
    ///
    /// Source: `zpool-online(8)`.
    public struct Online: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The devices; at least one.
        public var devices: [VdevName]
        /// `-e`: also use the space that they grew by.
        public var expand: Bool
        /// `--power`: switch the slot of the enclosure on first; not in 2.1.
        public var power: Bool

        /// Makes the command.
        public init(_ name: PoolName, devices: [VdevName], expand: Bool = false, power: Bool = false) {
            self.name = name
            self.devices = devices
            self.expand = expand
            self.power = power
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("online")
            list.flag("--power", power)
            list.flag("-e", expand)
            list.append(name.text)
            list.append(contentsOf: devices.map(\.text))
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
