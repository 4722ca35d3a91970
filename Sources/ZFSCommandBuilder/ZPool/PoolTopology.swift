/// The devices of a new pool, or those that join one, by what they are for.
///
/// ```swift
/// let topology = PoolTopology(data: [.mirror([try NewDevice("sda"), try NewDevice("sdb")])])
/// ```
public struct PoolTopology: Hashable, Sendable {
    /// Devices for data; `zpool create` needs one at least.
    public var data: [VdevLayout]
    /// Devices for dedup tables.
    public var dedup: [VdevLayout]
    /// Devices for metadata and small blocks.
    public var special: [VdevLayout]
    /// Devices for the intent log; raidz is not possible here.
    public var log: [VdevLayout]
    /// Devices that cache reads.
    public var cache: [NewDevice]
    /// Hot spares.
    public var spares: [NewDevice]

    /// Makes a topology.
    public init(
        data: [VdevLayout] = [],
        dedup: [VdevLayout] = [],
        special: [VdevLayout] = [],
        log: [VdevLayout] = [],
        cache: [NewDevice] = [],
        spares: [NewDevice] = []
    ) {
        self.data = data
        self.dedup = dedup
        self.special = special
        self.log = log
        self.cache = cache
        self.spares = spares
    }

    /// Data comes first: after the word of a class, nothing can go back to data.
    var arguments: [String] {
        var words = data.flatMap(\.arguments)
        for (word, groups) in [("dedup", dedup), ("special", special), ("log", log)] where !groups.isEmpty {
            words.append(word)
            words += groups.flatMap(\.arguments)
        }
        for (word, devices) in [("cache", cache), ("spare", spares)] where !devices.isEmpty {
            words.append(word)
            words += devices.map(\.text)
        }
        return words
    }
}
