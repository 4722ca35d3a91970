public import AsyncZFSExecutor
internal import Glibc
public import ZFSCommandBuilder
internal import ZFSReplication

/// How other hosts are reached: the section `ssh` of the configuration.
public struct SSHSettings: Sendable, Hashable {
    /// The user there; nil is the daemon's own.
    public var user: String?
    /// TCP port; nil is 22.
    public var port: UInt16?
    /// The private key; nil leaves the choice to ssh.
    public var identityFile: AbsolutePath?
    /// The known host keys; nil is ssh's default.
    public var knownHostsFile: AbsolutePath?
    /// MiB of memory where a stream from or to another host is received; 0 is none.
    public var receiveBuffer: Int
    /// A folder for the sockets of shared connections; nil is a connection for each command.
    public var controlFolder: AbsolutePath?

    /// Makes settings.
    public init(
        user: String? = nil, port: UInt16? = nil, identityFile: AbsolutePath? = nil,
        knownHostsFile: AbsolutePath? = nil, receiveBuffer: Int = 0, controlFolder: AbsolutePath? = nil
    ) {
        self.user = user
        self.port = port
        self.identityFile = identityFile
        self.knownHostsFile = knownHostsFile
        self.receiveBuffer = receiveBuffer
        self.controlFolder = controlFolder
    }

    /// A host with these settings; a user in its name goes before that of the settings.
    /// - Throws: `NameError` when the user of the settings is none.
    public func destination(_ host: SSHHost) throws -> SSHDestination {
        let named = host.user == nil ? try user.map { try SSHHost("\($0)@\(host.host)") } ?? host : host
        return SSHDestination(
            named, port: port, identityFile: identityFile, knownHostsFile: knownHostsFile, controlFolder: controlFolder)
    }
}

/// What was asked for by `migration_create`.
struct MigrationOrder: Sendable, Hashable {
    let source: MigrationSource
    let destination: DatasetName
    /// The host of the destination; nil is this one.
    let remote: SSHHost?
    /// MB/s (10^6 bytes); nil is without limit.
    var limit: Double?
    let compression: WireCompression
    let isRecursive: Bool
    /// Whether the snapshots in between go too.
    var hasIntermediates = false
    /// Whether holds keep the snapshot on both sides.
    let sync: Bool
    /// What becomes of a destination that the snapshot does not fit to.
    var conflict = Conflict.refuse
    /// Whether the properties of the source go with it.
    var hasProperties = false
    /// Properties that the destination gets.
    var properties: [PropertyAssignment] = []
    /// Tags of marks that it has begun to give up.
    var releasing: [String] = []
    /// When it was asked for, for the tag of the holds: seconds since 1970.
    let asked: Int64

    /// What it writes to.
    var place: TaskPlace { TaskPlace(host: remote?.host ?? "", dataset: destination) }

    /// In bytes per second; 0 is without limit.
    var bytesPerSecond: UInt64 { limit.map { UInt64(max(1, $0 * 1_000_000)) } ?? 0 }

    /// What is to be done, and how both hosts are reached.
    func request(_ ssh: SSHSettings) throws -> MigrationRequest {
        let moment = UTCDateTime(secondsSince1970: Int(asked)).dashed(withSeconds: true)
        let peer = remote?.host ?? source.host?.host ?? Self.hostname
        // An underscore ends the time in the tag, and a colon of IPv6 is legal in one.
        let tag = "sync_\(moment)_\(peer.replacingUnderscores.prefix(64))"
        return MigrationRequest(
            source.snapshot, on: try source.host.map { .ssh(try ssh.destination($0)) } ?? .local, to: destination,
            on: try remote.map { .ssh(try ssh.destination($0)) } ?? .local, isRecursive: isRecursive,
            hasIntermediates: hasIntermediates, compression: compression, buffer: ssh.receiveBuffer,
            holdTag: sync ? try HoldTag(tag) : nil,
            aside: conflict == .keep ? try DatasetName("\(destination)-kept-\(moment)") : nil,
            rollsBack: conflict == .rollback, hasProperties: hasProperties, properties: properties,
            releasing: releasing)
    }

    /// What becomes of a destination that the snapshot does not fit to.
    enum Conflict: String, Sendable, Hashable, CaseIterable {
        /// It stays, and the migration fails.
        case refuse
        /// It gets another name.
        case keep
        /// It goes back to the newest snapshot that both have.
        case rollback
    }

    /// The name of this host, up to its first dot.
    private static var hostname: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return (try? SSHHost(name))?.host ?? "localhost"
    }

    /// As it was asked for, and as it is stored.
    var json: JSONValue {
        .object([
            "source": .string(source.text), "destination": .string(destination.text),
            "remote": remote.map { .string($0.text) } ?? .null,
            "limit": limit.map { .number(Self.number($0)) } ?? .null,
            "compression": .string(compression.rawValue), "recursive": .bool(isRecursive),
            "intermediates": .bool(hasIntermediates), "sync": .bool(sync),
            "on_conflict": .string(conflict.rawValue), "with_properties": .bool(hasProperties),
            "properties": .object(properties.map { JSONMember($0.name.text, .string($0.value.text)) }),
            "asked": .integer(asked), "releasing": .strings(releasing),
        ])
    }

    private static func number(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}

extension MigrationOrder {
    /// Reads what ``json`` wrote.
    init(stored text: String) throws {
        guard let value = try? JSONParser.parse(Array(text.utf8)), case .string(let source)? = value["source"],
            case .string(let destination)? = value["destination"],
            case .string(let compression)? = value["compression"],
            let compression = WireCompression(rawValue: compression), case .number(let asked)? = value["asked"],
            let asked = Int64(asked)
        else { throw RPCError(.internalError, "internal_error", "the store holds a task that is not understood") }
        self.source = try MigrationSource(source)
        self.destination = try DatasetName(destination)
        remote = if case .string(let host)? = value["remote"] { try SSHHost(host) } else { nil }
        limit = if case .number(let text)? = value["limit"] { Double(text) } else { nil }
        self.compression = compression
        isRecursive = value["recursive"] == true
        hasIntermediates = value["intermediates"] == true
        sync = value["sync"] == true
        conflict =
            if case .string(let word)? = value["on_conflict"] { Conflict(rawValue: word) ?? .refuse } else { .refuse }
        hasProperties = value["with_properties"] == true
        if case .array(let tags)? = value["releasing"] {
            releasing = tags.compactMap { tag in if case .string(let text) = tag { text } else { nil } }
        }
        properties =
            if case .object(let members)? = value["properties"] {
                try members.compactMap { member in
                    guard case .string(let text) = member.value else { return nil }
                    return PropertyAssignment(try PropertyName(member.name), try PropertyValue(text))
                }
            } else {
                []
            }
        self.asked = asked
    }
}

/// `dataset@snapshot`, or `host:dataset@snapshot`.
struct MigrationSource: Sendable, Hashable {
    /// The host; nil is this one.
    let host: SSHHost?
    let snapshot: SnapshotName

    /// What is before a colon in the first component is a host: a source in a pool whose name has a colon cannot be named.
    init(_ text: String) throws(NameError) {
        // Before the dataset there may be user@, and in the name of the snapshot a colon.
        let end = min(text.firstIndex(of: "/") ?? text.endIndex, text.lastIndex(of: "@") ?? text.endIndex)
        if let colon = text[..<end].lastIndex(of: ":") {
            host = try SSHHost(String(text[..<colon]))
            snapshot = try SnapshotName(String(text[text.index(after: colon)...]))
        } else {
            host = nil
            snapshot = try SnapshotName(text)
        }
    }

    var text: String { host.map { "\($0):\(snapshot)" } ?? snapshot.text }
}

extension String {
    fileprivate var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
}
