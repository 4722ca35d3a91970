extension ZFS {
    /// `zfs wait`: ends when a file system has finished to delete in the background.
    ///
    /// Source: `zfs-wait(8)`.
    public struct Wait: Command {
        /// The program that takes the arguments.
        public static let program = Program.zfs
        /// The file system.
        public var dataset: DatasetName
        /// `-t`: what to wait for; empty for everything.
        public var activities: [Activity]

        /// Makes the command.
        public init(
            _ dataset: DatasetName,
            for activities: [Activity] = []
        ) {
            self.dataset = dataset
            self.activities = activities
        }

        /// Everything after the program's name, in order.
        public var arguments: [String] {
            var list = Arguments("wait")
            list.joined("-t", activities.map(\.rawValue))
            list.append(dataset.text)
            return list.words
        }

        /// Whether the command only reads.
        public var isRead: Bool { true }
        /// The pool that the command works on, where it is just one.
        public var pool: PoolName? { dataset.pool }

        /// Work in the background.
        public enum Activity: String, Sendable, Hashable, CaseIterable {
            /// The queue of deleted files whose space is not free yet.
            case deleteQueue = "deleteq"
        }
    }
}
