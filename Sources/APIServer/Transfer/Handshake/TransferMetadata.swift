internal import ZFSCommandBuilder
internal import ZFSRPC
internal import ZFSReplication

/// The metadata of the header protocol: what to transfer, or a token that says it.
struct TransferMetadata: Sendable {
    /// Whether it sends or receives.
    let operation: TransferRequest.Operation
    /// The transfer token; nil for a client that needs none.
    let token: String?
    private let members: [String: JSONValue]

    private static let sendKeys: Set<String> = [
        "dataset", "snapshot", "from_snapshot", "compressed", "raw", "recursive", "resumable", "resume_token", "token",
    ]
    private static let receiveKeys: Set<String> = ["dataset", "target_dataset", "force", "resumable", "token"]
    /// What may stand beside a token, which decides about everything else.
    private static let keysBesideToken: Set<String> = ["dataset", "target_dataset", "snapshot", "token"]

    /// Parses them.
    /// - Throws: `RPCError` that names what is wrong.
    init(_ operation: TransferRequest.Operation, json bytes: [UInt8]) throws(RPCError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw RPCError(.parseError, "invalid_json", "the metadata are not valid JSON: \(error)")
        }
        guard case .object(let list) = value else { throw Self.invalid("the metadata must be a JSON object") }
        let known = operation == .send ? Self.sendKeys : Self.receiveKeys
        if let stranger = list.first(where: { !known.contains($0.name) }) {
            throw Self.invalid(
                "the metadata have the unknown key \(stranger.name.debugDescription); known here: "
                    + known.sorted().joined(separator: ", "))
        }
        self.operation = operation
        // An explicit null is not given; the parser refuses names that come twice.
        members = Dictionary(
            list.filter { $0.value != .null }.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        token = try Self.text("token", in: members)
        if let token {
            guard (16...512).contains(token.utf8.count), token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw Self.invalid("token must have 16 to 512 printable ASCII characters")
            }
            if let other = members.keys.sorted().first(where: { !Self.keysBesideToken.contains($0) }) {
                throw Self.invalid("\(other) is decided by the token; leave it out")
            }
        }
    }

    /// What is asked for without a token.
    /// - Throws: `RPCError` that names what is wrong.
    func request() throws(RPCError) -> TransferRequest {
        switch operation {
        case .send: .send(try sendRequest())
        case .receive:
            .receive(
                ReceiveRequest(
                    try dataset(), force: try flag("force") ?? true, resumable: try flag("resumable") ?? false,
                    isConfined: false))
        }
    }

    /// Checks that a token is for what the client believes it to be for.
    /// - Throws: `RPCError`.
    func check(_ granted: TransferRequest) throws(RPCError) {
        guard granted.operation == operation else {
            throw RPCError(
                .conflict, "wrong_operation", "the token is to \(granted.operation.rawValue); ask for that")
        }
        if members["dataset"] != nil || members["target_dataset"] != nil {
            guard try dataset() == granted.dataset else { throw Self.isForOther("dataset") }
        }
        if case .send(let send) = granted, let snapshot = try text("snapshot") {
            let name = snapshot.contains("@") ? snapshot : "\(send.snapshot.dataset.text)@\(snapshot)"
            guard name == send.snapshot.text else { throw Self.isForOther("snapshot") }
        }
    }

    private func sendRequest() throws(RPCError) -> SendRequest {
        let dataset = try dataset()
        guard let snapshot = try text("snapshot") else { throw Self.invalid("snapshot is missing") }
        _ = try flag("resumable")
        do {
            return SendRequest(
                try SnapshotName(snapshot.contains("@") ? snapshot : "\(dataset.text)@\(snapshot)"),
                from: try origin(in: dataset),
                isRecursive: try flag("recursive") ?? false,
                raw: try flag("raw"),
                compressed: try flag("compressed"),
                resumeToken: try text("resume_token").map { text throws(NameError) in try ResumeToken(text) }
            )
        } catch let error as RPCError {
            throw error
        } catch {
            throw RPCError(.invalidValue, "invalid_name", "\(error)")
        }
    }

    private func origin(in dataset: DatasetName) throws -> SendRequest.Origin? {
        guard let text = try text("from_snapshot") else { return nil }
        if text.contains("#") {
            return .bookmark(try BookmarkName(text.hasPrefix("#") ? dataset.text + text : text))
        }
        return .snapshot(try SnapshotName(text.contains("@") ? text : "\(dataset.text)@\(text)"))
    }

    private func dataset() throws(RPCError) -> DatasetName {
        let target = try text("target_dataset")
        let named = try text("dataset")
        if let target, let named, target != named {
            throw Self.invalid("dataset and target_dataset differ; give one")
        }
        guard let text = target ?? named else { throw Self.invalid("dataset is missing") }
        do {
            return try DatasetName(text)
        } catch {
            throw RPCError(.invalidValue, "invalid_name", error.description)
        }
    }

    private func text(_ name: String) throws(RPCError) -> String? { try Self.text(name, in: members) }

    private static func text(_ name: String, in members: [String: JSONValue]) throws(RPCError) -> String? {
        guard let value = members[name] else { return nil }
        guard case .string(let text) = value else { throw invalid("\(name) must be a string") }
        return text
    }

    private func flag(_ name: String) throws(RPCError) -> Bool? {
        guard let value = members[name] else { return nil }
        guard case .bool(let flag) = value else { throw Self.invalid("\(name) must be true or false") }
        return flag
    }

    private static func isForOther(_ what: String) -> RPCError {
        RPCError(.conflict, "wrong_dataset", "the token is for another \(what) than the metadata name")
    }

    private static func invalid(_ sentence: String) -> RPCError {
        RPCError(.invalidParameters, "invalid_parameter", sentence)
    }
}
