extension ZFS {
    /// `zfs upgrade`: says which file systems have an old on-disk version, as text for a person.
    ///
    /// Source: `zfs-upgrade(8)`.
    public struct ListUpgrades: TextCommand {
        /// The text as `zfs` prints it.
        public typealias Output = String

        /// The program that takes the arguments.
        public static let program = Program.zfs

        /// Makes the command.
        public init() {}

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["upgrade"]
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }
    }
}
