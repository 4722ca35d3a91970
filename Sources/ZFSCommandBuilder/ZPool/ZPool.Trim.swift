extension ZPool {
    /// `zpool trim`: tells devices which space is free, in the background.
    ///
    /// Source: `zpool-trim(8)`.
    public struct Trim: Command {
        /// What happens to the trim.
        public enum Action: Sendable, Hashable, CaseIterable {
            /// Start it, or go on after `suspend`.
            case start
            /// `-s`: stop, so that `start` goes on from there.
            case suspend
            /// `-c`: stop and forget how far it was.
            case cancel
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// What happens to the trim; the options below count for `start` alone.
        public var action: Action
        /// `-r`: bytes a second for each device; nil is as fast as it goes.
        public var rate: UInt64?
        /// `-d`: the device erases the data.
        public var secure: Bool
        /// `-w`: return only when it is done.
        public var wait: Bool
        /// The devices; none means all that can.
        public var devices: [VdevName]

        /// Makes the command.
        public init(
            _ name: PoolName,
            _ action: Action = .start,
            rate: UInt64? = nil,
            secure: Bool = false,
            wait: Bool = false,
            devices: [VdevName] = []
        ) {
            self.name = name
            self.action = action
            self.rate = rate
            self.secure = secure
            self.wait = wait
            self.devices = devices
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("trim")
            switch action {
            case .start: break
            case .suspend: list.append("-s")
            case .cancel: list.append("-c")
            }
            if action == .start {
                list.flag("-d", secure)
                list.option("-r", rate.map { String($0) })
                list.flag("-w", wait)
            }
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
