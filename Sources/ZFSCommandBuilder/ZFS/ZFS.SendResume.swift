extension ZFS {
    /// `zfs send -t`: continues a stream where `zfs receive -s` was interrupted.
    ///
    /// The token names the snapshot, so that the pool is not known here. The stream goes to standard output. With
    /// `dryRun` an estimate goes there instead, which `decode` reads; progress goes to standard error.
    ///
    /// Source: `zfs-send(8)`.
    public struct SendResume: ReportingCommand {
        /// With `dryRun`: what the stream would hold, and its size.
        ///
        /// A stream itself is not to be decoded.
        public typealias Output = SendEstimate

        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// `-t`: the property `receive_resume_token` of the dataset at the receiver.
        public var token: ResumeToken
        /// `-e`: small blocks embedded in their pointers.
        public var embedded: Bool
        /// `-nvP`: send nothing, estimate the size.
        public var dryRun: Bool
        /// `-vP`: progress on standard error each second.
        public var progress: Bool

        /// Makes the command.
        public init(
            _ token: ResumeToken,
            embedded: Bool = false,
            dryRun: Bool = false,
            progress: Bool = false
        ) {
            self.token = token
            self.embedded = embedded
            self.dryRun = dryRun
            self.progress = progress
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("send")
            list.flag("-e", embedded)
            list.flag("-nvP", dryRun)
            list.flag("-vP", progress && !dryRun)
            list.append("-t", token.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }
    }
}
