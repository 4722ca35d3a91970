extension ZPool {
    /// `zpool clear`: sets error counters to zero and lets a suspended pool go on.
    ///
    /// Source: `zpool-clear(8)`.
    public struct Clear: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The devices; none means all.
        public var devices: [VdevName]
        /// `--power`: switch the slot of the enclosure on first; not in 2.1.
        public var power: Bool

        /// Makes the command.
        public init(_ name: PoolName, devices: [VdevName] = [], power: Bool = false) {
            self.name = name
            self.devices = devices
            self.power = power
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("clear")
            list.flag("--power", power)
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
