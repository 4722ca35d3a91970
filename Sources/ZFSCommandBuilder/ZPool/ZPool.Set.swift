extension ZPool {
    /// `zpool set`: sets a property of a pool.
    ///
    /// Source: `zpool-set(8)`.
    public struct Set: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The property and its value.
        public var property: PropertyAssignment

        /// Makes the command.
        public init(_ name: PoolName, _ property: PropertyAssignment) {
            self.name = name
            self.property = property
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["set", property.argument, name.text]
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
