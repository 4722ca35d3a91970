extension ZPool {
    /// `zpool destroy`: destroys a pool and all that it holds.
    ///
    /// Source: `zpool-destroy(8)`.
    public struct Destroy: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// `-f`: unmount by force.
        public var force: Bool

        /// Makes the command.
        public init(_ name: PoolName, force: Bool = false) {
            self.name = name
            self.force = force
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("destroy")
            list.flag("-f", force)
            list.append(name.text)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
