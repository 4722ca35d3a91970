internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOFoundationCompat
internal import NIOHTTP1

extension Client {
    /// These take as long as their data.
    private static let unlimited: Set = ["send_to_file", "receive_from_file"]

    /// The result of any method, by its name in the API.
    /// - Parameters:
    ///   - method: The name.
    ///   - parameters: Its parameters. One that is nil is not sent.
    /// - Returns: The result.
    /// - Throws: `ClientError`; its kind and `reason` tell how it failed.
    public func call(
        _ method: String, _ parameters: [String: JSONValue?] = [:]
    ) async throws(ClientError) -> JSONValue {
        try await call(method, parameters, as: JSONValue.self)
    }

    /// The result of any method as a type.
    ///
    /// A read that may succeed the next time is tried again; nothing else ever is.
    /// - Parameters:
    ///   - method: The name.
    ///   - parameters: Its parameters. One that is nil is not sent.
    ///   - type: What the result is.
    /// - Returns: The result.
    /// - Throws: `ClientError`; its kind and `reason` tell how it failed.
    public func call<Result: Decodable & Sendable>(
        _ method: String, _ parameters: [String: JSONValue?], as type: Result.Type
    ) async throws(ClientError) -> Result {
        let isRead = MethodDeclaration.named(method)?.isRead == true
        let retries = isRead ? configuration.retries : 0
        var attempt = 0
        while true {
            do throws(ClientError) {
                return try await callOnce(method, parameters.compactMapValues { $0 }, as: type)
            } catch {
                guard attempt < retries, let seconds = RetryPolicy.pause(after: error, attempt: attempt) else {
                    // A change may have happened.
                    var error = error
                    if !isRead, error.reason == "connection_lost" { error.isRetryable = false }
                    throw error
                }
                try await Self.sleep(seconds)
            }
            attempt += 1
        }
    }

    static func sleep(_ seconds: Double) async throws(ClientError) {
        do {
            try await Task.sleep(for: .seconds(seconds))
        } catch {
            throw ClientError(.cancelled, "the call was cancelled", reason: "cancelled")
        }
    }

    private func callOnce<Result: Decodable & Sendable>(
        _ method: String, _ parameters: [String: JSONValue], as type: Result.Type
    ) async throws(ClientError) -> Result {
        var request = try await request(.POST, "/", authorized: method != "auth_login")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try Self.encode(CallRequest(method: method, params: parameters))))
        let timeout = Self.unlimited.contains(method) ? nil : configuration.timeout
        let (head, body) = try await answer(to: request, timeout: timeout)
        return try read(head, body, as: type)
    }

    private static func encode(_ request: CallRequest) throws(ClientError) -> Data {
        do {
            return try JSONEncoder().encode(request)
        } catch {
            throw ClientError(
                .invalidParameters, "a number among the parameters is not finite", reason: "invalid_value")
        }
    }

    private func read<Result: Decodable>(
        _ head: HTTPClientResponse, _ body: ByteBuffer, as type: Result.Type
    ) throws(ClientError) -> Result {
        let answer = try decoded(body, of: head, as: CallAnswer<Result>.self)
        if let error = answer.error { throw failure(error, head) }
        guard answer.id == .integer(1), let result = answer.result else {
            throw notOurs("the answer belongs to no call")
        }
        return result
    }
}

private struct CallRequest: Encodable {
    var jsonrpc = "2.0"
    var id = 1
    let method: String
    let params: [String: JSONValue]
}

/// An answer of JSON-RPC.
private struct CallAnswer<Result: Decodable>: Decodable {
    let id: JSONValue?
    let error: AnsweredError?
    let result: Result?

    private enum CodingKeys: String, CodingKey { case id, error, result }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decodeIfPresent(JSONValue.self, forKey: .id)
        error = try container.decodeIfPresent(AnsweredError.self, forKey: .error)
        // A result may be null.
        result = container.contains(.result) ? try container.decode(Result.self, forKey: .result) : nil
    }
}
