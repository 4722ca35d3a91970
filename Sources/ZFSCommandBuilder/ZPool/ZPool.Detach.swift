extension ZPool {
    /// `zpool detach`: takes a device out of a mirror.
    ///
    /// Source: `zpool-detach(8)`.
    public struct Detach: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The device.
        public var device: VdevName

        /// Makes the command.
        public init(_ name: PoolName, device: VdevName) {
            self.name = name
            self.device = device
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["detach", name.text, device.text]
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
