extension ZFS {
    /// `zfs allow`: gives permissions on a dataset to users without root's rights.
    ///
    /// Source: `zfs-allow(8)`.
    public struct Allow: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The permissions, at least one.
        public var permissions: [Permission]
        /// Who gets them.
        public var grantee: Grantee
        /// Where.
        public var dataset: DatasetName
        /// `-l`: on the dataset itself only; for users, groups and everyone.
        public var local: Bool
        /// `-d`: below the dataset only; for users, groups and everyone.
        ///
        /// With both or neither: on all of it.
        public var descendants: Bool

        /// Makes the command.
        public init(
            _ permissions: [Permission],
            to grantee: Grantee,
            on dataset: DatasetName,
            local: Bool = false,
            descendants: Bool = false
        ) {
            self.permissions = permissions
            self.grantee = grantee
            self.dataset = dataset
            self.local = local
            self.descendants = descendants
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("allow")
            list.flag("-l", local)
            list.flag("-d", descendants)
            list.append(contentsOf: grantee.words)
            list.append(permissions.map(\.text).joined(separator: ","), dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
