extension ZFS {
    /// `zfs receive -c`: repairs damaged blocks of a snapshot with the stream on standard input.
    ///
    /// Not in 2.1.
    ///
    /// Source: `zfs-receive(8)`.
    public struct CorrectiveReceive: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The snapshot that the stream was made of, or its dataset.
        public var target: ReceiveTarget
        /// `-n`: change nothing.
        public var dryRun: Bool
        /// `-v`: say what was repaired, as text for a person.
        public var verbose: Bool

        /// Makes the command.
        public init(
            _ target: ReceiveTarget,
            dryRun: Bool = false,
            verbose: Bool = false
        ) {
            self.target = target
            self.dryRun = dryRun
            self.verbose = verbose
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("receive")
            list.append("-c")
            list.flag("-n", dryRun)
            list.flag("-v", verbose)
            list.append(target.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { dryRun }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }
    }
}
