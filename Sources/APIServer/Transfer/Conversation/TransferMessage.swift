internal import ZFSCommandBuilder
internal import ZFSRPC
internal import ZFSReplication

/// What the server says on a transfer socket, as bytes.
struct TransferMessage: Sendable, Hashable {
    /// The size of the first answer of the header protocol: its clients read it with one call of recv(2).
    static let replyBytes = 8192
    /// The mark after the last chunk of a send that went to its end.
    static let endMark = [UInt8](repeating: 0, count: 8)
    /// The mark before the error of a send that did not; no chunk is so long.
    static let errorMark = [UInt8](repeating: 0xFF, count: 8)

    private let members: [JSONMember]

    /// The process runs.
    static func started(_ request: TransferRequest, arguments: [String], id: String) -> TransferMessage {
        var members = [
            JSONMember("status", "started"), JSONMember("operation", .string(request.operation.rawValue)),
            JSONMember("dataset", .string(request.dataset.text)),
        ]
        if case .send(let send) = request { members.append(JSONMember("snapshot", .string(send.snapshot.text))) }
        members.append(JSONMember("command", .string((["zfs"] + arguments).joined(separator: " "))))
        members.append(JSONMember("request_id", .string(id)))
        return TransferMessage(members: members)
    }

    /// It failed, before the start or after it.
    static func failed(_ error: RPCError, id: String) -> TransferMessage {
        var members = [
            JSONMember("status", "failed"), JSONMember("error", .string(error.message)),
            JSONMember("reason", .string(error.reason)), JSONMember("code", .number(String(error.code.rawValue))),
            JSONMember("retryable", .bool(error.isRetryable)), JSONMember("request_id", .string(id)),
        ]
        if let token = error.details?["resume_token"] { members.append(JSONMember("resume_token", token)) }
        if let details = error.details { members.append(JSONMember("details", details)) }
        return TransferMessage(members: members)
    }

    /// A receive went to its end.
    static func completed(_ outcome: ReceiveOutcome, id: String) -> TransferMessage {
        let snapshots = outcome.snapshots.map { JSONValue.string($0.text) }
        return TransferMessage(members: [
            JSONMember("status", "completed"), JSONMember("bytes", .number(String(outcome.bytes))),
            JSONMember("snapshots", .array(snapshots)),
            JSONMember("duration", .number(Self.seconds(outcome.duration))), JSONMember("request_id", .string(id)),
        ])
    }

    /// The JSON text.
    var text: [UInt8] { JSONValue.object(members).encoded }

    /// After its length, 4 bytes.
    var withLength: [UInt8] {
        let text = text
        return Self.bytes(UInt32(truncatingIfNeeded: text.count)) + text
    }

    /// Filled up with spaces to ``replyBytes``; when it is longer, members are left out from the end, but never the first
    /// three.
    var padded: [UInt8] {
        var members = members
        var text = text
        while text.count > Self.replyBytes, members.count > 3 {
            members.removeLast()
            text = JSONValue.object(members).encoded
        }
        guard text.count <= Self.replyBytes else {
            // Only an error's sentence can be so long; the status and a whole JSON object matter more.
            return TransferMessage(members: [members[0]]).padded
        }
        return text + [UInt8](repeating: UInt8(ascii: " "), count: Self.replyBytes - text.count)
    }

    /// As a line.
    var line: [UInt8] { text + [UInt8(ascii: "\n")] }

    /// A number in network order.
    static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        unsafe withUnsafeBytes(of: number.bigEndian) { unsafe Array($0) }
    }

    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        let digits = String(milliseconds)
        return "\(seconds).\(String(repeating: "0", count: 3 - digits.utf8.count))\(digits)"
    }
}
