extension ZPool {
    /// `zpool initialize`: writes to all free space of devices, in the background.
    ///
    /// Source: `zpool-initialize(8)`.
    public struct Initialize: Command {
        /// What happens to the writing.
        public enum Action: Sendable, Hashable, CaseIterable {
            /// Start it, or go on after `suspend`.
            case start
            /// `-s`: stop, so that `start` goes on from there.
            case suspend
            /// `-c`: stop and forget how far it was.
            case cancel
            /// `-u`: forget that it was done; not in 2.1.
            case uninitialize
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// What happens to the writing.
        public var action: Action
        /// The devices; none means all that can.
        public var devices: [VdevName]
        /// `-w`: return only when it is done; for `start` alone.
        public var wait: Bool

        /// Makes the command.
        public init(_ name: PoolName, action: Action = .start, devices: [VdevName] = [], wait: Bool = false) {
            self.name = name
            self.action = action
            self.devices = devices
            self.wait = wait
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("initialize")
            switch action {
            case .start: break
            case .suspend: list.append("-s")
            case .cancel: list.append("-c")
            case .uninitialize: list.append("-u")
            }
            list.flag("-w", wait && action == .start)
            list.append(name.text)
            list.append(contentsOf: devices.map(\.text))
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
