internal import Foundation

/// A message of the token protocol of the transfer sockets.
///
/// Numbers are unsigned and big-endian.
struct TransferMessage: Decodable {
    private static let longest = 1 << 20
    /// How long the daemon may take until a transfer has started.
    private static let startSeconds = 120

    let status: String
    let error: String?
    let code: Int?
    let reason: String?
    let retryable: Bool?
    let requestID: String?
    let resumeToken: String?
    let details: [String: JSONValue]?
    let bytes: Int?
    let snapshots: [String]?
    let duration: Double?

    private enum CodingKeys: String, CodingKey {
        case status, error, code, reason, retryable, details, bytes, snapshots, duration
        case requestID = "request_id"
        case resumeToken = "resume_token"
    }

    /// Shows a token, and waits until the transfer has started.
    static func begin(_ token: String, on socket: borrowing TransferSocket) throws(ClientError) {
        let bytes = Array(token.utf8)
        guard (16...512).contains(bytes.count) else {
            throw ClientError(.invalidParameters, "a transfer token has 16 to 512 characters", reason: "invalid_value")
        }
        try socket.write(number(UInt32(bytes.count)) + bytes)
        _ = try read("started", from: socket, within: startSeconds)
    }

    /// The next message, which has this status.
    static func read(
        _ status: String, from socket: borrowing TransferSocket, within seconds: Int? = nil
    ) throws(ClientError) -> TransferMessage {
        let length = value(try socket.readExactly(4, within: seconds))
        guard length <= longest else { throw wrong("a message is too long") }
        let text = try socket.readExactly(Int(length), within: seconds)
        guard let message = try? JSONDecoder().decode(TransferMessage.self, from: Data(text)) else {
            throw wrong("a message is not what the protocol promises")
        }
        if message.status == "failed" { throw message.failure }
        guard message.status == status else { throw wrong("a message does not say \(status)") }
        return message
    }

    /// A number that came in network order.
    static func value(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    static func wrong(_ message: String) -> ClientError {
        ClientError(
            .protocolError, "\(message); is this the address of a transfer socket?", reason: "protocol_error")
    }

    private static func number(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    private var failure: ClientError {
        var made = ClientError(
            code.map(ClientError.Kind.init(code:)) ?? .transferFailed, error ?? "the daemon gave no message",
            reason: reason ?? "")
        made.code = code
        made.isRetryable = retryable ?? false
        made.requestID = requestID
        made.details = details ?? [:]
        if let resumeToken { made.details["resume_token"] = .string(resumeToken) }
        return made
    }
}
