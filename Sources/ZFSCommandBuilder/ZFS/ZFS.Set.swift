extension ZFS {
    /// `zfs set`: sets properties of datasets.
    ///
    /// Source: `zfs-set(8)`.
    public struct Set: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// What to set, at least one property.
        public var properties: [PropertyAssignment]
        /// Where to set it, at least one dataset; snapshots take user properties only.
        public var targets: [DatasetReference]
        /// `-u`: set `mountpoint`, `sharenfs` or `sharesmb` without mounting or sharing.
        ///
        /// Not in 2.1.
        public var unmounted: Bool

        /// Makes the command.
        public init(
            _ properties: [PropertyAssignment],
            on targets: [DatasetReference],
            unmounted: Bool = false
        ) {
            self.properties = properties
            self.targets = targets
            self.unmounted = unmounted
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("set")
            list.flag("-u", unmounted)
            list.append(contentsOf: properties.map(\.argument))
            list.append(contentsOf: targets.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { .only(targets.map(\.pool)) }
    }
}
