extension ZFS {
    /// `zfs mount`: says which file systems are mounted, as text for a person.
    ///
    /// Names and mount points are separated by spaces, which both may have; `ZFS.List` with `mounted` and
    /// `mountpoint` has a machine form.
    ///
    /// Source: `zfs-mount(8)`.
    public struct ListMounts: TextCommand {
        /// The text as `zfs` prints it.
        public typealias Output = String

        /// The program that takes the arguments.
        public static let program = Program.zfs

        /// Makes the command.
        public init() {}

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            ["mount"]
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { nil }
    }
}
