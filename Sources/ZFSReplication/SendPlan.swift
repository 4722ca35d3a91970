internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

/// A send that is decided.
struct SendPlan {
    /// What runs.
    let command: ZFS.Send
    /// The flags that were decided.
    let flags: StreamFlags
    /// The GUID of the snapshot when it was decided.
    let guid: GUID
}

/// What the flags of a stream depend on.
///
/// With `-R` the flags are those of the whole stream, so that any dataset decides.
struct StreamTraits {
    private(set) var isEncrypted = false
    private(set) var isCompressed = false
    private(set) var hasLargeBlocks = false

    /// The properties that tell.
    static let properties: [PropertyName] = [.encryption, .compression, .recordsize, .volblocksize]

    /// The largest block of a stream without `-L`, in bytes.
    private static let ordinaryBlock: UInt64 = 128 << 10

    /// Takes a property of a dataset into account; `-` says that it has none.
    mutating func add(_ property: String, _ value: String) {
        switch property {
        case PropertyName.encryption.text: isEncrypted = isEncrypted || !["off", "-"].contains(value)
        case PropertyName.compression.text: isCompressed = isCompressed || !["off", "-"].contains(value)
        case PropertyName.recordsize.text, PropertyName.volblocksize.text:
            hasLargeBlocks = hasLargeBlocks || (UInt64(value) ?? 0) > Self.ordinaryBlock
        default: break
        }
    }

    /// The flags for a request; what it says itself is not decided anew.
    func flags(for request: SendRequest) -> StreamFlags {
        let raw = request.raw ?? isEncrypted
        return StreamFlags(
            raw: raw, compressed: request.compressed ?? isCompressed, largeBlocks: hasLargeBlocks, embedded: !raw)
    }
}

extension Replication {
    /// Reads what there is and decides what to run.
    func plan(_ request: SendRequest) async throws -> SendPlan {
        let snapshot = request.snapshot
        var traits = StreamTraits()
        let guid: GUID
        if request.isRecursive {
            guid = try await guids(of: snapshot, request.origin).snapshot
            let get = ZFS.Get(
                [.dataset(snapshot.dataset)], properties: .named(StreamTraits.properties),
                columns: [.name, .property, .value], types: [.filesystem, .volume], recursive: true)
            try await runner.forEachRow(of: get) { row in traits.add(row[1], row[2]) }
        } else {
            var rows: [[String]] = []
            guid = try await guids(of: snapshot, request.origin, with: StreamTraits.properties, &rows).snapshot
            for row in rows where row[0] == snapshot.dataset.text { traits.add(row[1], row[2]) }
        }
        let flags = traits.flags(for: request)
        let command = ZFS.Send(
            snapshot, from: request.source, raw: flags.raw, compressed: flags.compressed,
            largeBlocks: flags.largeBlocks, embedded: flags.embedded, replicate: request.isRecursive)
        return SendPlan(command: command, flags: flags, guid: guid)
    }

    /// The GUIDs of a snapshot and of an origin.
    func guids(of snapshot: SnapshotName, _ origin: SendRequest.Origin?) async throws -> (snapshot: GUID, origin: GUID?)
    {
        var rows: [[String]] = []
        return try await guids(of: snapshot, origin, with: [], &rows)
    }

    /// The GUIDs of a snapshot and of an origin, and properties of the snapshot's dataset, by one command.
    private func guids(
        of snapshot: SnapshotName, _ origin: SendRequest.Origin?, with properties: [PropertyName],
        _ rows: inout [[String]]
    ) async throws -> (snapshot: GUID, origin: GUID?) {
        var targets: [DatasetReference] = [.snapshot(snapshot)]
        if !properties.isEmpty { targets.insert(.dataset(snapshot.dataset), at: 0) }
        if let origin { targets.append(origin.reference) }
        let get = ZFS.Get(
            targets, properties: .named(properties + [.guid]), columns: [.name, .property, .value])
        do {
            rows = try await runner.run(get)
        } catch let error as CommandFailed {
            if let origin, error.failure.subject == origin.reference.text, error.failure.reason.isNotFound {
                throw ReplicationError.originNotFound(origin)
            }
            throw error
        }
        let guids = rows.filter { $0[1] == PropertyName.guid.text }
        func guid(of name: String) throws -> GUID {
            guard let row = guids.first(where: { $0[0] == name }) else {
                throw OutputError(expected: "the guid of \(name)", line: "".utf8)
            }
            return try GUID(row[2])
        }
        return (try guid(of: snapshot.text), try origin.map { try guid(of: $0.reference.text) })
    }
}

extension SendRequest {
    /// The origin as `zfs send` takes it: with `-R` all snapshots in between go too.
    fileprivate var source: SendSource? {
        switch origin {
        case .snapshot(let name): isRecursive ? .intermediates(name) : .snapshot(name)
        case .bookmark(let name): .bookmark(name)
        case nil: nil
        }
    }
}

extension SendRequest.Origin {
    /// The origin as commands name it.
    var reference: DatasetReference {
        switch self {
        case .snapshot(let name): .snapshot(name)
        case .bookmark(let name): .bookmark(name)
        }
    }
}

extension FailureReason {
    /// Whether something is not there.
    fileprivate var isNotFound: Bool {
        switch self {
        case .datasetNotFound, .snapshotNotFound, .bookmarkNotFound, .poolNotFound: true
        default: false
        }
    }
}
