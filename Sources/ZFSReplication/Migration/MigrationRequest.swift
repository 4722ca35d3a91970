public import AsyncZFSExecutor
public import ZFSCommandBuilder

/// A snapshot that another dataset shall have, here or on another host.
public struct MigrationRequest: Sendable, Hashable {
    /// The snapshot.
    public var source: SnapshotName
    /// Where it is.
    public var sourceHost: Host
    /// The dataset that gets it.
    public var destination: DatasetName
    /// Where that is.
    public var destinationHost: Host
    /// With everything below that has a snapshot of the same name.
    public var isRecursive: Bool
    /// With all snapshots in between.
    public var hasIntermediates: Bool
    /// How the stream is compressed between two hosts.
    public var compression: WireCompression
    /// Between two hosts, MiB of memory where the stream is received, if the program `mbuffer` is there; 0 for none.
    ///
    /// A receive stops while its pool writes; the bytes go on coming.
    public var buffer: Int
    /// The tag of the holds that keep the snapshot on both sides as a point to go on from; nil for none.
    public var holdTag: HoldTag?
    /// The name that a destination gets which the snapshot does not fit to; nil refuses it.
    public var aside: DatasetName?
    /// Whether a destination goes back to what it has in common with the source, at the cost of what it has since.
    public var rollsBack: Bool
    /// Whether the properties of the source go with it.
    public var hasProperties: Bool
    /// Properties that the destination gets.
    public var properties: [PropertyAssignment]
    /// Tags that an earlier try began to give up.
    public var releasing: [String]

    /// Makes a request.
    public init(
        _ source: SnapshotName, on sourceHost: Host = .local, to destination: DatasetName,
        on destinationHost: Host = .local, isRecursive: Bool = false, hasIntermediates: Bool = false,
        compression: WireCompression = .auto, buffer: Int = 0, holdTag: HoldTag? = nil, aside: DatasetName? = nil,
        rollsBack: Bool = false, hasProperties: Bool = false,
        properties: [PropertyAssignment] = [], releasing: [String] = []
    ) {
        self.source = source
        self.sourceHost = sourceHost
        self.destination = destination
        self.destinationHost = destinationHost
        self.isRecursive = isRecursive
        self.hasIntermediates = hasIntermediates
        self.compression = compression
        self.buffer = buffer
        self.holdTag = holdTag
        self.aside = aside
        self.rollsBack = rollsBack
        self.hasProperties = hasProperties
        self.properties = properties
        self.releasing = releasing
    }

    /// Whether the bytes go to another host.
    var crossesHosts: Bool { sourceHost != destinationHost }

    /// Whether the destination may get another name: not with the source in it.
    var canMoveAside: Bool {
        aside != nil && (crossesHosts || !source.dataset.isWithin(destination))
    }

    /// The dataset that corresponds to one of the source.
    func destination(of dataset: DatasetName) throws -> DatasetName {
        try DatasetName(destination.text + dataset.text.dropFirst(source.dataset.text.count))
    }
}

/// How a stream is compressed on its way.
public enum WireCompression: String, Sendable, Hashable, CaseIterable {
    /// As well as both hosts can, and not at all when its blocks are compressed already.
    case auto
    /// Not at all.
    case none
    case zstd
    case lz4
    case gzip
    case xz
    case bzip2

    /// The program and its arguments that compress standard input; nil for those that are no program.
    var compressor: [String]? {
        switch self {
        case .auto, .none: nil
        case .zstd: ["zstd", "-q", "-c", "-3"]
        case .lz4: ["lz4", "-q", "-c", "-1"]
        case .gzip: ["gzip", "-c", "-1"]
        case .xz: ["xz", "-c", "-1"]
        case .bzip2: ["bzip2", "-c", "-1"]
        }
    }

    /// The reverse.
    var decompressor: [String]? { compressor.map { Array($0.dropLast()) + ["-d"] } }
}
