extension ZFS {
    /// `zfs send -S`: makes a stream of the part that an interrupted `zfs receive -s` left.
    ///
    /// The stream goes to standard output. With `dryRun` an estimate goes there instead, which `decode` reads;
    /// progress goes to standard error.
    ///
    /// Source: `zfs-send(8)`.
    public struct SendSaved: ReportingCommand {
        /// With `dryRun`: what the stream would hold, and its size.
        ///
        /// A stream itself is not to be decoded.
        public typealias Output = SendEstimate

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// `-S`: the dataset with the part.
        public var dataset: DatasetName
        /// `-nvP`: send nothing, estimate the size.
        public var dryRun: Bool
        /// `-vP`: progress on standard error each second.
        public var progress: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            dryRun: Bool = false,
            progress: Bool = false
        ) {
            self.dataset = dataset
            self.dryRun = dryRun
            self.progress = progress
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("send")
            list.flag("-nvP", dryRun)
            list.flag("-vP", progress && !dryRun)
            list.append("-S", dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
