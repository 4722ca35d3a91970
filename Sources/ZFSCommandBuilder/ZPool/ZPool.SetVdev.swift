extension ZPool {
    /// `zpool set`: sets a property of a device.
    ///
    /// Not in 2.1.
    ///
    /// Source: `zpool-set(8)`.
    public struct SetVdev: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The device.
        public var device: VdevName
        /// The property and its value, `vdevprops(7)`.
        public var property: PropertyAssignment

        /// Makes the command.
        public init(_ name: PoolName, device: VdevName, _ property: PropertyAssignment) {
            self.name = name
            self.device = device
            self.property = property
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            ["set", property.argument, name.text, device.text]
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
