extension ZFS {
    /// `zfs destroy`: destroys snapshots of one dataset.
    ///
    /// Source: `zfs-destroy(8)`.
    public struct DestroySnapshots: ReportingCommand {
        /// Every line of `-vp`: what was or would be destroyed, and the space that it frees.
        public typealias Output = DestroyReport

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The dataset that the snapshots belong to.
        public let dataset: DatasetName
        /// Their short names, at least one.
        public let names: [ComponentName]
        /// `-r`: also snapshots of these names in all datasets below.
        public var recursive: Bool
        /// `-R`: also clones of the snapshots, wherever they are; `deferred` has no effect then.
        public var dependents: Bool
        /// `-d`: destroy a snapshot that is held or cloned when the last hold and clone are gone.
        public var deferred: Bool
        /// `-n`: change nothing.
        public var dryRun: Bool

        /// Makes the command.
        /// - Throws: `NameError` when there are no names, or so many that Linux does not take them as one argument.
        public init(
            _ dataset: DatasetName,
            _ names: [ComponentName],
            recursive: Bool = false,
            dependents: Bool = false,
            deferred: Bool = false,
            dryRun: Bool = false
        ) throws(NameError) {
            let subject = "list of snapshots"
            if names.isEmpty { throw NameError(subject, "", .empty) }
            // MAX_ARG_STRLEN of execve(2) is 128 KiB with the NUL.
            let bytes = names.reduce(dataset.text.utf8.count) { $0 + $1.text.utf8.count + 1 }
            if bytes >= 131_072 { throw NameError(subject, dataset.text, .tooLong(bytes: bytes, limit: 131_071)) }
            self.dataset = dataset
            self.names = names
            self.recursive = recursive
            self.dependents = dependents
            self.deferred = deferred
            self.dryRun = dryRun
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("destroy")
            list.flag("-R", dependents)
            list.flag("-r", recursive && !dependents)
            list.flag("-d", deferred)
            list.flag("-n", dryRun)
            list.append("-vp", "\(dataset.text)@\(names.map(\.text).joined(separator: ","))")
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
