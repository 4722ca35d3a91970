extension ZFS {
    /// `zfs send`: makes a stream of a snapshot, whole or since another one.
    ///
    /// The stream goes to standard output. With `dryRun` an estimate goes there instead, which `decode` reads;
    /// progress goes to standard error.
    ///
    /// Source: `zfs-send(8)`.
    public struct Send: ReportingCommand {
        /// With `dryRun`: what the stream would hold, and its size.
        ///
        /// A stream itself is not to be decoded.
        public typealias Output = SendEstimate

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshot to send.
        public var snapshot: SnapshotName
        /// What the receiver has already; nil for a full stream.
        public var source: SendSource?
        /// `-w`: blocks as they are on disk, encrypted ones without their key.
        public var raw: Bool
        /// `-c`: blocks compressed as they are on disk.
        public var compressed: Bool
        /// `-L`: blocks of more than 128 KiB.
        public var largeBlocks: Bool
        /// `-e`: small blocks embedded in their pointers.
        public var embedded: Bool
        /// `-p`: with the properties of the dataset.
        public var properties: Bool
        /// `-b`: with received property values only.
        public var backup: Bool
        /// `-h`: with the holds.
        public var holds: Bool
        /// `-R`: with everything below, all snapshots up to this one, properties and clones.
        public var replicate: Bool
        /// `-s`: with `-R`, leave out datasets that do not have the snapshot.
        public var skipMissing: Bool
        /// `-X`: with `-R`, leave out these datasets and everything below them.
        ///
        /// Not in 2.1.
        public var exclude: [DatasetName]
        /// `--redact`: leave out the blocks that this bookmark lists; not together with `raw`.
        public var redaction: RedactionBookmark?
        /// `-nvP`: send nothing, estimate the size.
        public var dryRun: Bool
        /// `-vP`: progress on standard error each second.
        public var progress: Bool

        /// Makes the command.
        public init(
            _ snapshot: SnapshotName,
            from source: SendSource? = nil,
            raw: Bool = false,
            compressed: Bool = false,
            largeBlocks: Bool = false,
            embedded: Bool = false,
            properties: Bool = false,
            backup: Bool = false,
            holds: Bool = false,
            replicate: Bool = false,
            skipMissing: Bool = false,
            exclude: [DatasetName] = [],
            redactedBy redaction: RedactionBookmark? = nil,
            dryRun: Bool = false,
            progress: Bool = false
        ) {
            self.snapshot = snapshot
            self.source = source
            self.raw = raw
            self.compressed = compressed
            self.largeBlocks = largeBlocks
            self.embedded = embedded
            self.properties = properties
            self.backup = backup
            self.holds = holds
            self.replicate = replicate
            self.skipMissing = skipMissing
            self.exclude = exclude
            self.redaction = redaction
            self.dryRun = dryRun
            self.progress = progress
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("send")
            list.flag("-R", replicate)
            list.flag("-s", skipMissing)
            list.joined("-X", exclude.map(\.text))
            list.flag("-w", raw)
            list.flag("-c", compressed)
            list.flag("-L", largeBlocks)
            list.flag("-e", embedded)
            list.flag("-p", properties)
            list.flag("-b", backup)
            list.flag("-h", holds)
            list.option("--redact", redaction?.text)
            list.flag("-nvP", dryRun)
            list.flag("-vP", progress && !dryRun)
            list.append(contentsOf: source?.words ?? [])
            list.append(snapshot.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { snapshot.dataset.pool }
    }
}
