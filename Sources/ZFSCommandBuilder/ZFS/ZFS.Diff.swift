extension ZFS {
    /// `zfs diff`: says which files differ between a snapshot and a later one, or the present.
    ///
    /// A comparison with the present takes a snapshot for as long as it runs. `-h` is not used: without its escapes a
    /// newline in a path could forge a line.
    ///
    /// Source: `zfs-diff(8)`.
    public struct Diff: RowCommand {
        /// One file that differs.
        public typealias Row = DiffEntry

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The earlier snapshot.
        public var from: SnapshotName
        /// A later snapshot of the dataset or its clone, or the dataset as it is now; nil for the dataset of `from`.
        public var to: DatasetReference?
        /// `-t`: also the time at which each inode changed.
        public var changeTimes: Bool

        /// Makes the command.
        public init(
            _ from: SnapshotName,
            to: DatasetReference? = nil,
            changeTimes: Bool = false
        ) {
            self.from = from
            self.to = to
            self.changeTimes = changeTimes
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("diff")
            list.append("-H", "-F")
            list.flag("-t", changeTimes)
            list.append(from.text)
            list.append(contentsOf: to.map { [$0.text] } ?? [])
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { from.dataset.pool }

        /// Decodes one line, without its newline.
        /// - Throws: `OutputError` when the line does not have the fields that the options ask for.
        public func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> DiffEntry {
            try DiffEntry(line, hasTime: changeTimes)
        }
    }
}
