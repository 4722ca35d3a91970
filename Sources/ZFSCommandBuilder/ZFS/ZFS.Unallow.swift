extension ZFS {
    /// `zfs unallow`: takes permissions on a dataset away.
    ///
    /// Source: `zfs-allow(8)`.
    public struct Unallow: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The permissions; empty for all that the grantee has.
        public var permissions: [Permission]
        /// Who loses them.
        public var grantee: Grantee
        /// Where.
        public var dataset: DatasetName
        /// `-l`: on the dataset itself only; for users, groups and everyone.
        public var local: Bool
        /// `-d`: below the dataset only; for users, groups and everyone.
        public var descendants: Bool
        /// `-r`: also on everything below.
        public var recursive: Bool

        /// Makes the command.
        public init(
            _ permissions: [Permission],
            from grantee: Grantee,
            on dataset: DatasetName,
            local: Bool = false,
            descendants: Bool = false,
            recursive: Bool = false
        ) {
            self.permissions = permissions
            self.grantee = grantee
            self.dataset = dataset
            self.local = local
            self.descendants = descendants
            self.recursive = recursive
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("unallow")
            list.flag("-r", recursive)
            list.flag("-l", local)
            list.flag("-d", descendants)
            list.append(contentsOf: grantee.words)
            if !permissions.isEmpty { list.append(permissions.map(\.text).joined(separator: ",")) }
            list.append(dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
