extension ZPool {
    /// `zpool scrub`: reads all data of a pool and repairs what fails its checksum.
    ///
    /// Source: `zpool-scrub(8)`.
    public struct Scrub: Command {
        /// What happens to the scrub.
        public enum Action: Sendable, Hashable, CaseIterable {
            /// Start it, or go on after `pause`.
            case start
            /// `-p`: stop, so that `start` goes on from there.
            case pause
            /// `-s`: stop.
            case stop
            /// `-e`: read only files with known errors; not in 2.1.
            case startErrors
            /// `-C`: read only what is newer than the last scrub; not in 2.1.
            case startFromLast
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// What happens to the scrub.
        public var action: Action
        /// `-w`: return only when it is done; for the starting actions alone.
        public var wait: Bool

        /// Makes the command.
        public init(_ name: PoolName, _ action: Action = .start, wait: Bool = false) {
            self.name = name
            self.action = action
            self.wait = wait
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("scrub")
            switch action {
            case .start: break
            case .pause: list.append("-p")
            case .stop: list.append("-s")
            case .startErrors: list.append("-e")
            case .startFromLast: list.append("-C")
            }
            list.flag("-w", wait && action != .pause && action != .stop)
            list.append(name.text)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
