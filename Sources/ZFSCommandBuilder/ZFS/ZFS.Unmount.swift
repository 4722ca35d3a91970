extension ZFS {
    /// `zfs unmount`: unmounts file systems.
    ///
    /// Source: `zfs-mount(8)`.
    public struct Unmount: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// What to unmount.
        public var target: MountSelection
        /// `-f`: also while it is in use; the man page says that Linux does not support it.
        public var force: Bool
        /// `-u`: unload the keys of what was unmounted.
        public var unloadKeys: Bool

        /// Makes the command.
        public init(
            _ target: MountSelection,
            force: Bool = false,
            unloadKeys: Bool = false
        ) {
            self.target = target
            self.force = force
            self.unloadKeys = unloadKeys
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("unmount")
            list.flag("-f", force)
            list.flag("-u", unloadKeys)
            list.append(target.argument)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { target.pool }
    }
}
