/// How `zpool import` finds and opens pools, `zpool-import(8)`.
public struct ImportOptions: Hashable, Sendable {
    /// Where to look.
    public var source: Source
    /// `-o`: options for mounting the datasets; `zpool` takes one with `=` for a property of the pool.
    public var mountOptions: [MountOption]
    /// `-o`: properties of the pool, such as `readonly=on`.
    public var properties: [PropertyAssignment]
    /// `-R`: a folder before all mount points, until export.
    public var altroot: AbsolutePath?
    /// `-f`: also a pool that another host may use.
    public var force: Bool
    /// `-m`: also when log devices are missing; what they held is lost.
    public var missingLog: Bool
    /// `-N`: mount nothing.
    public var withoutMounting: Bool
    /// `-D`: destroyed pools, and only those; needs `force`.
    public var destroyed: Bool
    /// `-l`: load encryption keys, but for those that must be typed in.
    public var loadKeys: Bool
    /// `-s`: read the devices, not the cache of libblkid.
    public var scan: Bool
    /// Whether to go back in time.
    public var rewind: Rewind

    /// Where `zpool import` looks for pools.
    public enum Source: Hashable, Sendable {
        /// All devices of the machine.
        case devices
        /// `-d`: these folders or devices; an empty list means all devices.
        case search([AbsolutePath])
        /// `-c`: the file of the `cachefile` property.
        case cacheFile(AbsolutePath)

        var arguments: [String] {
            switch self {
            case .devices: []
            case .search(let paths): paths.flatMap { ["-d", $0.text] }
            case .cacheFile(let path): ["-c", path.text]
            }
        }
    }

    /// Going back to an older state, which loses newer data for good.
    public enum Rewind: Hashable, Sendable {
        /// The newest state.
        case never
        /// `-F`: drop the last transactions when the pool can not be imported else.
        case recover
        /// `-Fn`: only say whether `recover` would help; a healthy pool is imported all the same.
        case tryRecovery
        /// `-FX`: search any older state; the pool may be inconsistent.
        case extreme
        /// `-FXT`: the state of one transaction group.
        case transaction(UInt64)
        /// `--rewind-to-checkpoint`: the state that `zpool checkpoint` kept.
        case checkpoint

        var arguments: [String] {
            switch self {
            case .never: []
            case .recover: ["-F"]
            case .tryRecovery: ["-F", "-n"]
            case .extreme: ["-F", "-X"]
            case .transaction(let number): ["-F", "-X", "-T", String(number)]
            case .checkpoint: ["--rewind-to-checkpoint"]
            }
        }
    }

    /// Makes options; the defaults import a healthy pool that no other host uses.
    public init(
        source: Source = .devices,
        mountOptions: [MountOption] = [],
        properties: [PropertyAssignment] = [],
        altroot: AbsolutePath? = nil,
        force: Bool = false,
        missingLog: Bool = false,
        withoutMounting: Bool = false,
        destroyed: Bool = false,
        loadKeys: Bool = false,
        scan: Bool = false,
        rewind: Rewind = .never
    ) {
        self.source = source
        self.mountOptions = mountOptions
        self.properties = properties
        self.altroot = altroot
        self.force = force
        self.missingLog = missingLog
        self.withoutMounting = withoutMounting
        self.destroyed = destroyed
        self.loadKeys = loadKeys
        self.scan = scan
        self.rewind = rewind
    }

    var arguments: [String] {
        var list: [String] = []
        for (flag, isOn) in [
            ("-D", destroyed), ("-f", force), ("-l", loadKeys), ("-m", missingLog), ("-N", withoutMounting),
            ("-s", scan),
        ] where isOn {
            list.append(flag)
        }
        list += rewind.arguments
        list += source.arguments
        if !mountOptions.isEmpty { list += ["-o", mountOptions.map(\.text).joined(separator: ",")] }
        for property in properties { list += ["-o", property.argument] }
        if let altroot { list += ["-R", altroot.text] }
        return list
    }
}
