extension ZFS {
    /// `zfs unshare`: stops sharing file systems.
    ///
    /// Source: `zfs-share(8)`.
    public struct Unshare: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// What not to share any more.
        public var target: MountSelection

        /// Makes the command.
        public init(
            _ target: MountSelection
        ) {
            self.target = target
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["unshare", target.argument]
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }
    }
}
