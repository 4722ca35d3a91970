internal import ZFSCommandBuilder
internal import ZFSReplication

extension TransferRequest {
    /// As JSON text, for the store and the audit log.
    public var encoded: String {
        let value: JSONValue =
            switch self {
            case .send(let send):
                .object([
                    "operation": "send",
                    "snapshot": .string(send.snapshot.text),
                    "from": send.origin.map { .string($0.text) },
                    "recursive": .bool(send.isRecursive),
                    "raw": send.raw.map { .bool($0) },
                    "compressed": send.compressed.map { .bool($0) },
                    "resume_token": send.resumeToken.map { .string($0.text) },
                ])
            case .receive(let receive):
                .object([
                    "operation": "receive",
                    "dataset": .string(receive.dataset.text),
                    "force": .bool(receive.force),
                    "resumable": .bool(receive.resumable),
                    "confined": .bool(receive.isConfined),
                ])
            }
        return String(decoding: value.encoded, as: UTF8.self)
    }

    /// Reads what ``encoded`` wrote; nil for anything else.
    public init?(encoded text: String) {
        guard let value = try? JSONParser.parse(Array(text.utf8)) else { return nil }
        switch value["operation"] {
        case "send":
            guard let name = value.text("snapshot"), let snapshot = try? SnapshotName(name) else { return nil }
            var origin: SendRequest.Origin?
            if let from = value.text("from") {
                guard let known = SendRequest.Origin(from) else { return nil }
                origin = known
            }
            var token: ResumeToken?
            if let text = value.text("resume_token") {
                guard let known = try? ResumeToken(text) else { return nil }
                token = known
            }
            self = .send(
                SendRequest(
                    snapshot, from: origin, isRecursive: value["recursive"] == true, raw: value.flag("raw"),
                    compressed: value.flag("compressed"), resumeToken: token))
        case "receive":
            guard let name = value.text("dataset"), let dataset = try? DatasetName(name) else { return nil }
            self = .receive(
                ReceiveRequest(
                    dataset, force: value["force"] == true, resumable: value["resumable"] == true,
                    isConfined: value["confined"] != false))
        default:
            return nil
        }
    }
}

extension SendRequest.Origin {
    /// Its full name.
    var text: String {
        switch self {
        case .snapshot(let name): name.text
        case .bookmark(let name): name.text
        }
    }

    /// The dataset that it belongs to.
    var dataset: DatasetName {
        switch self {
        case .snapshot(let name): name.dataset
        case .bookmark(let name): name.dataset
        }
    }

    fileprivate init?(_ text: String) {
        if let name = try? SnapshotName(text) {
            self = .snapshot(name)
        } else if let name = try? BookmarkName(text) {
            self = .bookmark(name)
        } else {
            return nil
        }
    }
}

extension JSONValue {
    fileprivate func text(_ name: String) -> String? {
        if case .string(let text) = self[name] { text } else { nil }
    }

    fileprivate func flag(_ name: String) -> Bool? {
        if case .bool(let flag) = self[name] { flag } else { nil }
    }
}
