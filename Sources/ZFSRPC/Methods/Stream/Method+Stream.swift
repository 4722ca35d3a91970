internal import AsyncZFSExecutor
internal import ZFSCommandBuilder
internal import ZFSReplication

extension Method {
    static let streamInit = Method(
        "stream_init",
        "Makes an address from which a stream can be fetched, or to which one can be put, by HTTP. To receive needs admin.",
        .operator,
        .required("operation", .choice(TransferRequest.Operation.allCases.map(\.rawValue)), "What is done here."),
        .required("dataset", .dataset, "The file system or volume: what is sent, or becomes the stream."),
        .optional("snapshot", .component, "The short name; needed to send."),
        .optional("target_dataset", .dataset, "To receive into it, instead of dataset."),
        .optional("from_snapshot", .sendOrigin, "What the receiver has already; without it the stream is full."),
        .flag("force", isOn: true, "Receive: roll back to the newest snapshot first, or replace the dataset (-F)."),
        .optional("raw", .boolean, "Blocks as they are on disk (-w); by default if the dataset is encrypted."),
        .optional("native_compressed", .boolean, "Blocks compressed as they are on disk (-c); by default if they are."),
        .flag("resumable", isOn: true, "Receive: keep what came when the stream breaks off (-s)."),
        .flag("recursive", "Send with everything below, and properties (-R)."),
        .lifetime, .resumeToken,
        result: .object([
            "stream_id": .string(), "url": .string("a path, or a whole address where the service knows its own"),
            "method": .choice(["GET", "POST"]), "expires_in": .integer("seconds"),
        ])
    ) {
        call, operation, dataset, snapshot, target, from, force, raw, compressed, resumable, recursive, ttl,
        resumeToken in
        let request: TransferRequest
        if operation == TransferRequest.Operation.send.rawValue {
            guard let snapshot else {
                throw RPCError.parameter(
                    "snapshot", "missing_parameter", "the parameter \"snapshot\" is missing; give its short name")
            }
            request = .send(
                SendRequest(
                    try SnapshotName(dataset, snapshot), from: try from?.origin(in: dataset), isRecursive: recursive,
                    raw: raw, compressed: compressed, resumeToken: resumeToken))
        } else {
            request = .receive(
                ReceiveRequest(target ?? dataset, force: force, resumable: resumable, isConfined: false))
        }
        let (transfers, principal) = try call.requireTransfers()
        let session = try await transfers.createSession(for: request, lifetime: ttl, by: principal)
        return .object([
            "stream_id": .string(session.id),
            "url": .string("\(transfers.endpoints.baseURL ?? "")/stream/\(session.id)"),
            "method": .string(request.operation == .send ? "GET" : "POST"), "expires_in": .integer(ttl),
        ])
    }

    static let streamList = Method(
        "stream_list",
        "Lists the caller's own streams by HTTP, and transfers that run on any way; all for an admin without limits.",
        .viewer, scope: .open,
        result: .object([
            "sessions": .array(
                .object([
                    "stream_id": .string(), "operation": .choice(["send", "receive"]), "dataset": .string(),
                    "snapshot": .nullable(.string()), "created": .string("RFC 3339"), "username": .string(),
                    "state": .choice(StreamSession.State.allCases.map(\.rawValue)),
                    "bytes": .integer("of the last transfer"),
                    "transport": .choice(TransferTransport.allCases.map(\.rawValue)),
                    "peer": .nullable(.string("while it runs")),
                    "rate_mbps": .nullable(.number("10^6 bytes a second since it began, while it runs")),
                    "waits_for": .nullable(.choice(StreamWait.allCases.map(\.word), "while it runs")),
                ]))
        ])
    ) { call in
        let (transfers, principal) = try call.requireTransfers()
        let sessions = try await transfers.sessions(for: principal)
        let active = transfers.active(for: principal)
        var running: [String: RunningTransfer] = [:]
        for transfer in active { running[transfer.id] = transfer }
        var list = sessions.map { session in
            StreamEntry(session).merged(with: running[session.id]).json
        }
        let known = Set(sessions.map(\.id))
        list += active.filter { !known.contains($0.id) }.map { StreamEntry($0).merged(with: $0).json }
        return .object(["sessions": .array(list)])
    }

    static let streamCancel = Method(
        "stream_cancel",
        "Ends a transfer of any way, or makes an unused stream unusable; answered when its processes are gone.",
        .viewer, scope: .open, isWrite: true,
        .required("stream_id", .streamID, "The identifier, from stream_init or stream_list."),
        result: .object(["stream_id": .string(), "cancelled": .constant(true)])
    ) { call, id in
        let (transfers, principal) = try call.requireTransfers()
        try await transfers.cancel(id, by: principal)
        return .object(["stream_id": .string(id), "cancelled": true])
    }
}

/// A line of `stream_list`.
private struct StreamEntry {
    let id: String
    let operation: TransferRequest.Operation
    let dataset: String
    let snapshot: JSONValue
    let created: Int64
    let user: String
    var state: StreamSession.State
    var bytes: UInt64
    var transport = TransferTransport.http
    var running: RunningTransfer?

    init(_ session: StreamSession) {
        id = session.id
        operation = session.operation
        dataset = session.dataset
        snapshot = TransferRequest(encoded: session.request)?.snapshotJSON ?? .null
        created = session.created
        user = session.user
        state = session.state
        bytes = session.bytes
    }

    init(_ transfer: RunningTransfer) {
        id = transfer.id
        operation = transfer.grant.request.operation
        dataset = transfer.grant.request.dataset.text
        snapshot = transfer.grant.request.snapshotJSON
        created = transfer.created
        user = transfer.grant.owner
        state = .running
        bytes = 0
    }

    /// With what is known while it runs.
    func merged(with transfer: RunningTransfer?) -> StreamEntry {
        guard let transfer else { return self }
        var entry = self
        entry.state = .running
        entry.bytes = transfer.control.bytes
        entry.transport = transfer.route.transport
        entry.running = transfer
        return entry
    }

    var json: JSONValue {
        .object([
            "stream_id": .string(id), "operation": .string(operation.rawValue), "dataset": .string(dataset),
            "snapshot": snapshot, "created": .moment(created), "username": .string(user),
            "state": .string(state.rawValue), "bytes": .integer(bytes), "transport": .string(transport.rawValue),
            "peer": running.map { .string($0.route.peer) } ?? .null,
            "rate_mbps": running.map { .hundredths($0.rate) } ?? .null,
            "waits_for": running.map { .string($0.control.waitsFor.word) } ?? .null,
        ])
    }
}

extension StreamWait {
    /// Its word in answers.
    var word: String {
        switch self {
        case .nobody: "nobody"
        case .sender: "sender"
        case .receiver: "receiver"
        case .network: "network"
        case .pool: "pool"
        case .throttle: "throttle"
        }
    }
}

extension JSONValue {
    /// A number with two digits after the point.
    static func hundredths(_ number: Double) -> JSONValue {
        .number(String((number * 100).rounded() / 100))
    }
}
