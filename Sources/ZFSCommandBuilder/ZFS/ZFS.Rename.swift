extension ZFS {
    /// `zfs rename`: renames or moves a file system or volume within its pool.
    ///
    /// Source: `zfs-rename(8)`.
    public struct Rename: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The dataset.
        public var dataset: DatasetName
        /// Its new name.
        public var newName: DatasetName
        /// `-p`: make what is missing above the new name.
        public var parents: Bool
        /// `-u`: leave mounts as they are.
        public var unmounted: Bool
        /// `-f`: unmount by force; no effect with `-u`.
        public var force: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            to newName: DatasetName,
            parents: Bool = false,
            unmounted: Bool = false,
            force: Bool = false
        ) {
            self.dataset = dataset
            self.newName = newName
            self.parents = parents
            self.unmounted = unmounted
            self.force = force
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("rename")
            list.flag("-p", parents)
            list.flag("-u", unmounted)
            list.flag("-f", force)
            list.append(dataset.text, newName.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
