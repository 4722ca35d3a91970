extension ZPool {
    /// `zpool reguid`: gives a pool a new identity.
    ///
    /// Source: `zpool-reguid(8)`.
    public struct Reguid: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// `-g`: the new identity; nil is a random one; not in 2.1.
        public var guid: GUID?

        /// Makes the command.
        public init(_ name: PoolName, guid: GUID? = nil) {
            self.name = name
            self.guid = guid
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("reguid")
            list.option("-g", guid?.text)
            list.append(name.text)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
