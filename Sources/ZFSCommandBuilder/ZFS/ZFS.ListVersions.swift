extension ZFS {
    /// `zfs upgrade -v`: says which on-disk versions of file systems this release knows, as text for a person.
    ///
    /// Source: `zfs-upgrade(8)`.
    public struct ListVersions: TextCommand {
        /// The text as `zfs` prints it.
        public typealias Output = String

        /// The program that takes the arguments.
        public static let program = Program.zfs

        /// Makes the command.
        public init() {}

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["upgrade", "-v"]
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }
    }
}
