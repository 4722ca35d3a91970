extension ZPool {
    /// `zpool split`: makes a second pool of one half of every mirror.
    ///
    /// Its output: with `dryRun`, the layout of the new pool; else empty.
    ///
    /// Source: `zpool-split(8)`.
    public struct Split: TextCommand {
        /// `zpool`.
        public static let program = Program.zpool
        /// The pool.
        public var name: PoolName
        /// The second pool; its name comes best from `PoolName.new`.
        public var newName: PoolName
        /// The devices that go; where none is named, the last of each mirror.
        public var devices: [VdevName]
        /// `-o`: properties of the new pool.
        public var properties: [PropertyAssignment]
        /// `-R`: import the new pool at once, mounted below this folder.
        public var altroot: AbsolutePath?
        /// `-l`: load encryption keys on import.
        public var loadKeys: Bool
        /// `-n`: change nothing.
        public var dryRun: Bool

        /// Makes the command.
        public init(
            _ name: PoolName,
            newName: PoolName,
            devices: [VdevName] = [],
            properties: [PropertyAssignment] = [],
            altroot: AbsolutePath? = nil,
            loadKeys: Bool = false,
            dryRun: Bool = false
        ) {
            self.name = name
            self.newName = newName
            self.devices = devices
            self.properties = properties
            self.altroot = altroot
            self.loadKeys = loadKeys
            self.dryRun = dryRun
        }

        /// The words after `zpool`.
        public var arguments: [String] {
            var list = Arguments("split")
            list.flag("-l", loadKeys)
            list.flag("-n", dryRun)
            list.append("-P")
            for property in properties { list.append("-o", property.argument) }
            list.option("-R", altroot?.text)
            list.append(name.text, newName.text)
            list.append(contentsOf: devices.map(\.text))
            return list.words
        }

        /// Whether it only shows what it would do.
        public var isRead: Bool { dryRun }
        /// The pool, where it is just one.
        public var pool: PoolName? { name }
    }
}
