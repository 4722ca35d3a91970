extension ZPool {
    /// `zpool import -a`: imports every pool that is found.
    ///
    /// Source: `zpool-import(8)`.
    public struct ImportAll: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// How.
        public var options: ImportOptions

        /// Makes the command.
        public init(options: ImportOptions = ImportOptions()) {
            self.options = options
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("import")
            list.append("-a")
            list.append(contentsOf: options.arguments)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }
    }
}
