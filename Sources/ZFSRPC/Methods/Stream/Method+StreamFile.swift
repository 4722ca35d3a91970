internal import AsyncZFSExecutor
internal import ZFSCommandBuilder
internal import ZFSReplication

extension Method {
    static let sendEstimate = Method(
        "send_estimate", "Tells how large a stream would be, and how its blocks would go.", .viewer,
        failureCode: .sendFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .optional("from_snapshot", .sendOrigin, "What the receiver has already; without it the stream is full."),
        .flag("recursive", isOn: true, "With everything below, and properties (-R)."),
        .optional("raw", .boolean, "Blocks as they are on disk (-w); by default if the dataset is encrypted."),
        .optional("native_compressed", .boolean, "Blocks compressed as they are on disk (-c); by default if they are."),
        .flag("resumable", isOn: true, "Taken for old clients; whether a stream can go on is the receiver's choice."),
        result: .object([
            "dataset": .string(), "snapshot": .string(), "from_snapshot": .nullable(.string()),
            "estimated_size": .integer("bytes"), "size_bytes": .integer("the same"),
            "human_size": .string("such as 1.5G"), "size_human": .string("the same"),
            "type": .choice(["full", "incremental"]),
            "flags": .object([
                "raw": .boolean("-w"), "compressed": .boolean("-c"), "large_blocks": .boolean("-L"),
                "embedded": .boolean("-e"),
            ]),
        ])
    ) { call, dataset, snapshot, from, recursive, raw, compressed, _ in
        let (transfers, _) = try call.requireTransfers()
        let estimate = try await transfers.replicator.estimate(
            SendRequest(
                try SnapshotName(dataset, snapshot), from: try from?.origin(in: dataset), isRecursive: recursive,
                raw: raw,
                compressed: compressed))
        let size = humanSize(estimate.bytes)
        return .object([
            "dataset": .string(dataset.text), "snapshot": .string(snapshot.text),
            "from_snapshot": from.map { .string($0.text) } ?? .null,
            "estimated_size": .integer(estimate.bytes), "size_bytes": .integer(estimate.bytes),
            "human_size": .string(size), "size_human": .string(size),
            "type": estimate.isIncremental ? "incremental" : "full",
            "flags": .object([
                "raw": .bool(estimate.flags.raw), "compressed": .bool(estimate.flags.compressed),
                "large_blocks": .bool(estimate.flags.largeBlocks), "embedded": .bool(estimate.flags.embedded),
            ]),
        ])
    }

    static let sendToFile = Method(
        "send_to_file", "Sends a snapshot to a new file of this host, which appears when it is whole and on disk.",
        .operator, scope: .everything, failureCode: .sendFailed,
        .required("dataset", .dataset, "The file system or volume."),
        .required("snapshot", .component, "The short name."),
        .required("output_file", .file, "The file, below a folder of files.roots; it must not be there."),
        .optional("from_snapshot", .sendOrigin, "What the receiver has already; without it the stream is full."),
        .flag("recursive", "With everything below, and properties (-R)."),
        .optional("raw", .boolean, "Blocks as they are on disk (-w); by default if the dataset is encrypted."),
        .optional("native_compressed", .boolean, "Blocks compressed as they are on disk (-c); by default if they are."),
        .optional("compressed", .boolean, "Compress the file: alone, by gzip, and the file gets the suffix .gz."),
        .optional("compression", .choice(FileCompression.allCases.map(\.rawValue)), "How to compress the file."),
        .flag("resumable", isOn: true, "Taken for old clients; whether a stream can go on is the receiver's choice."),
        .resumeToken,
        result: .object([
            "dataset": .string(), "snapshot": .string(), "from_snapshot": .nullable(.string()),
            "output_file": .string("as it was written"), "compressed": .boolean(),
            "compression": .choice(FileCompression.allCases.map(\.rawValue)),
            "size_bytes": .integer("of the file"), "stream_bytes": .integer("before compression"),
            "duration_seconds": .number(), "sha256": .string("of the file, 64 hexadecimal digits"),
        ])
    ) {
        call, dataset, snapshot, file, from, recursive, raw, native, compressed, named, _, resumeToken in
        let (path, compression) = try target(file, compressed: compressed, named: named)
        let (transfers, principal) = try call.requireTransfers()
        let request = SendRequest(
            try SnapshotName(dataset, snapshot), from: try from?.origin(in: dataset), isRecursive: recursive, raw: raw,
            compressed: native, resumeToken: resumeToken)
        let files = call.service.files
        let grant = TransferGrant(.send(request), by: principal)
        let written = try await transfers.run(grant, by: call.fileRoute) { [transfers] control in
            try await files.write(path, compression) { sink in
                try await transfers.replicator.send(request, to: sink, control: control) { _ in }
            }
        }
        return .object([
            "dataset": .string(dataset.text), "snapshot": .string(snapshot.text),
            "from_snapshot": from.map { .string($0.text) } ?? .null, "output_file": .string(path.text),
            "compressed": .bool(compression != .none), "compression": .string(compression.rawValue),
            "size_bytes": .integer(written.bytes), "stream_bytes": .integer(written.streamBytes),
            "duration_seconds": .seconds(written.duration),
            "sha256": .string(HexDigits.text(written.digest)),
        ])
    }

    static let receiveFromFile = Method(
        "receive_from_file", "Receives a stream from a file of this host; whether it is compressed, its bytes tell.",
        .admin, scope: .everything, failureCode: .receiveFailed,
        .required("input_file", .file, "The file, below a folder of files.roots."),
        .optional("target_dataset", .dataset, "The file system or volume that the stream becomes, or is added to."),
        .flag("force", isOn: true, "Roll the dataset back to its newest snapshot first, or replace it (-F)."),
        .optional("compressed", .boolean, "Taken for old clients; the file itself tells."),
        .optional("dataset", .dataset, "Instead of target_dataset."),
        .flag("resumable", "Keep what came when the stream breaks off, so that it can go on (-s)."),
        result: .object([
            "dataset": .string(), "input_file": .string(), "force": .boolean(), "compressed": .boolean(),
            "compression": .choice(FileCompression.allCases.map(\.rawValue)), "duration_seconds": .number(),
            "bytes": .integer("of the stream, before compression"), "snapshots": .array(.string("dataset@name")),
        ])
    ) { call, path, target, force, _, other, resumable in
        guard let dataset = target ?? other, target == nil || other == nil || target == other else {
            throw RPCError.parameter(
                "target_dataset", target == nil ? "missing_parameter" : "mistyped_parameter",
                "give the dataset to receive into once, as \"target_dataset\"")
        }
        let (transfers, principal) = try call.requireTransfers()
        let request = ReceiveRequest(
            dataset, force: force, resumable: resumable, isConfined: principal.subtrees != nil)
        let files = call.service.files
        let grant = TransferGrant(.receive(request), by: principal)
        let read = try await transfers.run(grant, by: call.fileRoute) { [transfers] control in
            try await files.read(path) { source in
                try await transfers.replicator.receive(request, from: source, control: control) { _ in }
            }
        }
        return .object([
            "dataset": .string(dataset.text), "input_file": .string(path.text), "force": .bool(force),
            "compressed": .bool(read.compression != .none), "compression": .string(read.compression.rawValue),
            "duration_seconds": .seconds(read.outcome.duration), "bytes": .integer(read.outcome.bytes),
            "snapshots": .strings(read.outcome.snapshots.map(\.text)),
        ])
    }

    static let receiveAbort = Method(
        "receive_abort", "Throws away what a resumable receive that broke off left in a dataset.", .admin,
        failureCode: .receiveFailed,
        .required("dataset", .dataset, "The file system or volume with the part."),
        result: .object(["dataset": .string(), "aborted": .constant(true)])
    ) { call, dataset in
        let (transfers, _) = try call.requireTransfers()
        try await transfers.replicator.abortReceive(of: dataset)
        return .object(["dataset": .string(dataset.text), "aborted": true])
    }
}

/// The file and compression that old and new parameters ask for together.
private func target(
    _ file: AbsolutePath, compressed: Bool?, named: String?
) throws -> (AbsolutePath, FileCompression) {
    guard let named, let compression = FileCompression(rawValue: named) else {
        guard compressed == true else { return (file, .none) }
        return (file.text.hasSuffix(".gz") ? file : try AbsolutePath(file.text + ".gz"), .gzip)
    }
    if let compressed, compressed != (compression != .none) {
        throw RPCError.value("compression", "\(named) contradicts compressed; leave compressed out")
    }
    return (file, compression)
}

/// Bytes as `zfs` writes them for people: powers of 1024, one digit after the point.
private func humanSize(_ bytes: UInt64) -> String {
    let units = ["B", "K", "M", "G", "T", "P", "E"]
    var size = Double(bytes)
    var unit = 0
    while size >= 1024, unit < units.count - 1 {
        size /= 1024
        unit += 1
    }
    if unit == 0 { return "\(bytes)B" }
    let tenths = Int((size * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)\(units[unit])"
}

extension Call {
    /// A transfer between this host's pools and files.
    fileprivate var fileRoute: TransferRoute { TransferRoute(.file, peer: context.peer, id: context.requestID) }
}

extension JSONValue {
    /// Seconds to the millisecond.
    static func seconds(_ duration: Duration) -> JSONValue {
        .number(String((duration / .milliseconds(1)).rounded() / 1000))
    }
}

extension SendOrigin {
    /// As it was given.
    fileprivate var text: String {
        switch self {
        case .short(let name): name.text
        case .snapshot(let name): name.text
        case .bookmark(let name): name.text
        }
    }
}

extension ParameterType<AbsolutePath> {
    /// A file of this host.
    static let file = parsed("the absolute path of a file", "/srv/backup/home.zfs") { text throws(NameError) in
        try AbsolutePath(text)
    }
}
