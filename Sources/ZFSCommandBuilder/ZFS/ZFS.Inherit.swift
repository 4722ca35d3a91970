extension ZFS {
    /// `zfs inherit`: clears a property, so that it is inherited, received or default again.
    ///
    /// Source: `zfs-set(8)`.
    public struct Inherit: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The property.
        public var property: PropertyName
        /// Where to clear it, at least one dataset.
        public var targets: [DatasetReference]
        /// `-r`: also on everything below.
        public var recursive: Bool
        /// `-S`: go back to the value that came with a stream, if there is one.
        public var toReceived: Bool

        /// Makes the command.
        public init(
            _ property: PropertyName,
            on targets: [DatasetReference],
            recursive: Bool = false,
            toReceived: Bool = false
        ) {
            self.property = property
            self.targets = targets
            self.recursive = recursive
            self.toReceived = toReceived
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("inherit")
            list.flag("-r", recursive)
            list.flag("-S", toReceived)
            list.append(property.text)
            list.append(contentsOf: targets.map(\.text))
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { false }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { .only(targets.map(\.pool)) }
    }
}
