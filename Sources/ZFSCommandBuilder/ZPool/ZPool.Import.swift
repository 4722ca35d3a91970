extension ZPool {
    /// `zpool import`: imports one pool.
    ///
    /// `pool` is the name that the pool has after the import, where that is known.
    ///
    /// Source: `zpool-import(8)`.
    public struct Import: Command {
        /// The pool that is imported.
        public enum Target: Sendable, Hashable {
            /// By name, when just one pool to import has it.
            case name(PoolName)
            /// By identity.
            case guid(GUID)

            var text: String {
                switch self {
                case .name(let name): name.text
                case .guid(let guid): guid.text
                }
            }

            var name: PoolName? {
                if case .name(let name) = self { name } else { nil }
            }
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var target: Target
        /// Another name for it; it comes best from `PoolName.new`.
        public var newName: PoolName?
        /// `-t`: the new name holds only until export.
        public var temporaryName: Bool
        /// How.
        public var options: ImportOptions

        /// Makes the command.
        public init(
            _ target: Target,
            newName: PoolName? = nil,
            temporaryName: Bool = false,
            options: ImportOptions = ImportOptions()
        ) {
            self.target = target
            self.newName = newName
            self.temporaryName = temporaryName
            self.options = options
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("import")
            list.append(contentsOf: options.arguments)
            list.flag("-t", temporaryName && newName != nil)
            list.append(target.text)
            if let newName { list.append(newName.text) }
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { newName ?? target.name }
    }
}
