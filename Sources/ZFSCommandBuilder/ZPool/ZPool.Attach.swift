extension ZPool {
    /// `zpool attach`: makes a mirror of a device and a new one, or widens a raidz group.
    ///
    /// Widening raidz needs 2.3.
    ///
    /// Source: `zpool-attach(8)`.
    public struct Attach: Command {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The device or group that the pool has, such as `sda`, `mirror-0` or, not in 2.1, `raidz2-0`.
        public var device: VdevName
        /// The device that joins it.
        public var newDevice: NewDevice
        /// `-f`: take it although it looks used.
        public var force: Bool
        /// `-s`: copy in device order without checking checksums, then scrub; not for raidz.
        public var sequential: Bool
        /// `-w`: return only when it is done.
        public var wait: Bool
        /// `-o ashift=`: the sector size as a power of two, 9 to 16; 0 asks the device.
        public var ashift: UInt8?

        /// Makes the command.
        public init(
            _ name: PoolName,
            device: VdevName,
            newDevice: NewDevice,
            force: Bool = false,
            sequential: Bool = false,
            wait: Bool = false,
            ashift: UInt8? = nil
        ) {
            self.name = name
            self.device = device
            self.newDevice = newDevice
            self.force = force
            self.sequential = sequential
            self.wait = wait
            self.ashift = ashift
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("attach")
            list.flag("-f", force)
            list.flag("-s", sequential)
            list.flag("-w", wait)
            list.option("-o", ashift.map { "ashift=\($0)" })
            list.append(name.text, device.text, newDevice.text)
            return list.words
        }

        /// False: it changes the pool.
        public var isRead: Bool { false }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
