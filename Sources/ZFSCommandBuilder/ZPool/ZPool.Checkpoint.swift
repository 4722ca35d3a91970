extension ZPool {
    /// `zpool checkpoint`: keeps the state of the whole pool to rewind to, or gives that state up.
    ///
    /// Source: `zpool-checkpoint(8)`.
    public struct Checkpoint: Command {
        /// What happens to the checkpoint.
        public enum Action: Sendable, Hashable, CaseIterable {
            /// Take it; a pool has one at most.
            case take
            /// `-d`: give it up, which frees its space in the background.
            case discard
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// Take it or give it up.
        public var action: Action
        /// `-w`: return only when the space is free; for `discard` alone.
        public var wait: Bool

        /// Makes the command.
        public init(_ name: PoolName, action: Action = .take, wait: Bool = false) {
            self.name = name
            self.action = action
            self.wait = wait
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("checkpoint")
            list.flag("-d", action == .discard)
            list.flag("-w", wait && action == .discard)
            list.append(name.text)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
