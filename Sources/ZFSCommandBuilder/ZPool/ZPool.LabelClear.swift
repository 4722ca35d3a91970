extension ZPool {
    /// `zpool labelclear`: wipes the ZFS labels of a device that no pool uses.
    ///
    /// Source: `zpool-labelclear(8)`.
    public struct LabelClear: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The device.
        public var device: VdevName
        /// `-f`: also when it belongs to an exported or foreign pool.
        public var force: Bool

        /// Makes the command.
        public init(_ device: VdevName, force: Bool = false) {
            self.device = device
            self.force = force
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("labelclear")
            list.flag("-f", force)
            list.append(device.text)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// Nil: it is not about one pool.
        public var pool: PoolName? { nil }
    }
}
