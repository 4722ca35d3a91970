extension ZPool {
    /// `zpool remove`: takes devices out of a pool; their data moves to the others in the background.
    ///
    /// Source: `zpool-remove(8)`.
    public struct Remove: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The devices; at least one.
        public var devices: [VdevName]
        /// `-w`: return only when it is done.
        public var wait: Bool

        /// Makes the command.
        public init(_ name: PoolName, devices: [VdevName], wait: Bool = false) {
            self.name = name
            self.devices = devices
            self.wait = wait
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("remove")
            list.flag("-w", wait)
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
