internal import Redis
internal import ZFSRPC

/// The fields of a hash, or of an entry of a stream, in Redis.
struct StoredFields {
    private var fields: [String: String] = [:]

    /// Takes the answer of `HGETALL`, or the fields of an entry.
    init(_ reply: RedisReply) throws(RedisError) {
        guard let elements = reply.elements, elements.count.isMultiple(of: 2) else { throw Self.damage }
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard let name = elements[index].text, let value = elements[index + 1].text else { throw Self.damage }
            fields[name] = value
        }
    }

    /// All that are numbers.
    var numbers: [String: UInt64] { fields.compactMapValues { UInt64($0) } }

    func text(_ name: String) throws(RedisError) -> String {
        guard let value = fields[name] else { throw Self.damage }
        return value
    }

    func number<Number: FixedWidthInteger>(_ name: String) throws(RedisError) -> Number {
        guard let value = fields[name], let number = Number(value) else { throw Self.damage }
        return number
    }

    func word<Word: RawRepresentable<String>>(_ name: String) throws(RedisError) -> Word {
        guard let value = fields[name], let word = Word(rawValue: value) else { throw Self.damage }
        return word
    }

    /// Nil for an empty field.
    func optional<Number: FixedWidthInteger>(_ name: String) throws(RedisError) -> Number? {
        try text(name).isEmpty ? nil : try number(name)
    }

    /// Nil for an empty field, and for one that was never written.
    func text(ifAny name: String) -> String? {
        fields[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    static var damage: RedisError { .protocolError("what is kept there is not what was written") }
}

extension TransferToken {
    init(_ fields: StoredFields) throws(RedisError) {
        self.init(
            digest: TokenDigest(try fields.text("digest")), prefix: try fields.text("prefix"),
            request: try fields.text("request"), operation: try fields.word("operation"),
            dataset: try fields.text("dataset"), user: try fields.text("user"), created: try fields.number("created"),
            expires: try fields.number("expires"), maximumUses: try fields.number("maximum_uses"),
            uses: try fields.number("uses"), byteLimit: try fields.optional("byte_limit"))
    }

    /// What ``init(_:)`` reads.
    var fields: [String] {
        [
            "digest", digest.text, "prefix", prefix, "request", request, "operation", operation.rawValue, "dataset",
            dataset, "user", user, "created", "\(created)", "expires", "\(expires)", "maximum_uses", "\(maximumUses)",
            "uses", "\(uses)", "byte_limit", byteLimit.map { "\($0)" } ?? "",
        ]
    }
}

extension StreamSession {
    init(_ fields: StoredFields) throws(RedisError) {
        self.init(
            id: try fields.text("id"), request: try fields.text("request"), operation: try fields.word("operation"),
            dataset: try fields.text("dataset"), user: try fields.text("user"), created: try fields.number("created"),
            state: try fields.word("state"), bytes: try fields.number("bytes"))
    }

    /// What ``init(_:)`` reads.
    var fields: [String] {
        [
            "id", id, "request", request, "operation", operation.rawValue, "dataset", dataset, "user", user, "created",
            "\(created)", "state", state.rawValue, "bytes", "\(bytes)",
        ]
    }
}

extension Expiry {
    /// What the scripts read.
    var fields: [String] {
        [
            "boot", boot, "boot_end", "\(bootEnd)", "wall_start", "\(wallStart)", "wall_end", "\(wallEnd)",
        ]
    }
}
