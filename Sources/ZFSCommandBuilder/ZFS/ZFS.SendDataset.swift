extension ZFS {
    /// `zfs send`: makes a stream of a file system or volume as it is now.
    ///
    /// The snapshot in the stream is called `--head--`. The stream goes to standard output. With `dryRun` an estimate
    /// goes there instead, which `decode` reads; progress goes to standard error.
    ///
    /// Source: `zfs-send(8)`.
    public struct SendDataset: ReportingCommand {
        /// With `dryRun`: what the stream would hold, and its size.
        ///
        /// A stream itself is not to be decoded.
        public typealias Output = SendEstimate

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The dataset; its pool must be read-only, or it must not be mounted.
        public var dataset: DatasetName
        /// What the receiver has already; nil for a full stream.
        ///
        /// `-I` does not apply.
        public var source: SendSource?
        /// `-w`: blocks as they are on disk, encrypted ones without their key.
        public var raw: Bool
        /// `-c`: blocks compressed as they are on disk.
        public var compressed: Bool
        /// `-L`: blocks of more than 128 KiB.
        public var largeBlocks: Bool
        /// `-e`: small blocks embedded in their pointers.
        public var embedded: Bool
        /// `-nvP`: send nothing, estimate the size.
        public var dryRun: Bool
        /// `-vP`: progress on standard error each second.
        public var progress: Bool

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            from source: SendSource? = nil,
            raw: Bool = false,
            compressed: Bool = false,
            largeBlocks: Bool = false,
            embedded: Bool = false,
            dryRun: Bool = false,
            progress: Bool = false
        ) {
            self.dataset = dataset
            self.source = source
            self.raw = raw
            self.compressed = compressed
            self.largeBlocks = largeBlocks
            self.embedded = embedded
            self.dryRun = dryRun
            self.progress = progress
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("send")
            list.flag("-w", raw)
            list.flag("-c", compressed)
            list.flag("-L", largeBlocks)
            list.flag("-e", embedded)
            list.flag("-nvP", dryRun)
            list.flag("-vP", progress && !dryRun)
            list.append(contentsOf: source?.words ?? [])
            list.append(dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }
    }
}
