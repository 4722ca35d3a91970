internal import ZFSCommandBuilder
internal import ZFSReplication

/// What the receiver of an incremental stream has already, as a parameter names it.
enum SendOrigin: Sendable, Hashable {
    /// The short name of a snapshot of the same dataset.
    case short(ComponentName)
    /// A snapshot by its full name: of the same dataset, or the one that it is a clone of.
    case snapshot(SnapshotName)
    /// A bookmark by its full name.
    case bookmark(BookmarkName)

    /// Parses a short name, `dataset@name` or `dataset#name`.
    init(_ text: String) throws(NameError) {
        switch text.utf8.first(where: { $0 == 0x40 || $0 == 0x23 }) {
        case 0x40: self = .snapshot(try SnapshotName(text))
        case 0x23: self = .bookmark(try BookmarkName(text))
        default: self = .short(try ComponentName(text))
        }
    }

    /// What a stream of `dataset` builds on.
    func origin(in dataset: DatasetName) throws(NameError) -> SendRequest.Origin {
        switch self {
        case .short(let name): .snapshot(try SnapshotName(dataset, name))
        case .snapshot(let name): .snapshot(name)
        case .bookmark(let name): .bookmark(name)
        }
    }

    fileprivate var reach: Reach {
        switch self {
        case .short: Reach()
        case .snapshot(let name): Reach(datasets: [name.dataset])
        case .bookmark(let name): Reach(datasets: [name.dataset])
        }
    }
}

extension ParameterType<SendOrigin> {
    /// What an incremental stream builds on; its short name says nothing about a dataset.
    static let sendOrigin = parsed("a snapshot: its short name, dataset@name, or a bookmark: dataset#name", "sunday") {
        text throws(NameError) in try SendOrigin(text)
    }.reaching(nil) { $0.reach }
}

extension ParameterType<ResumeToken> {
    /// The `receive_resume_token` of an interrupted receive.
    static let resumeToken = parsed("the receive_resume_token of an interrupted receive", "1-c9f-c8-789c636064") {
        text throws(NameError) in try ResumeToken(text)
    }
}

extension ParameterType<String> {
    /// A whole transfer token.
    static let transferToken = ParameterType(
        schema: .string("16 to 512 characters"), noun: "a transfer token",
        example: .string(String(repeating: "0123456789abcdef", count: 4))
    ) { name, value throws(RPCError) in
        let text = try string.decode(name, value)
        guard (16...512).contains(text.utf8.count) else {
            throw .value(name, "a token has 16 to 512 characters; give all of it, as it was issued")
        }
        return text
    }.secret

    /// The identifier of a stream, which is no secret: it works only for its maker.
    static let streamID = ParameterType(
        schema: .string("32 hexadecimal digits"), noun: "the identifier of a stream",
        example: "9f86d081884c7d659a2feaa0c55ad015"
    ) { name, value throws(RPCError) in
        let text = try string.decode(name, value)
        guard text.utf8.count == 32, text.utf8.allSatisfy(HexDigits.isLower) else {
            throw .value(name, "the identifier of a stream has 32 hexadecimal digits")
        }
        return text
    }
}
