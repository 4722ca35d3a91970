extension ZPool {
    /// `zpool offline`: stops using devices.
    ///
    /// Source: `zpool-offline(8)`.
    public struct Offline: Command {
        /// The state that the devices get.
        public enum Mode: Sendable, Hashable, CaseIterable {
            /// Offline.
            case offline
            /// `-f`: faulted.
            case fault
            /// `--power`: the slot of the enclosure is switched off; not in 2.1.
            case powerOff
        }

        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The devices; at least one.
        public var devices: [VdevName]
        /// The state that they get.
        public var mode: Mode
        /// `-t`: only until the next import; not with `powerOff`.
        public var temporary: Bool

        /// Makes the command.
        public init(_ name: PoolName, devices: [VdevName], mode: Mode = .offline, temporary: Bool = false) {
            self.name = name
            self.devices = devices
            self.mode = mode
            self.temporary = temporary
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("offline")
            switch mode {
            case .offline: break
            case .fault: list.append("-f")
            case .powerOff: list.append("--power")
            }
            list.flag("-t", temporary && mode != .powerOff)
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
