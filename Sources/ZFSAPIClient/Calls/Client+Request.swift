internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOFoundationCompat
internal import NIOHTTP1

extension Client {
    /// A request with everything but its body.
    func request(_ method: HTTPMethod, _ path: String, authorized: Bool = true) async throws(ClientError)
        -> HTTPClientRequest
    {
        var request = HTTPClientRequest(url: address.url(path))
        request.method = method
        request.headers.add(name: "Host", value: address.authority)
        request.headers.add(name: "User-Agent", value: "zfs-api")
        if authorized, let token = try await credentials.token() {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        return request
    }

    /// The head and the whole body of an answer.
    func answer(
        to request: HTTPClientRequest, timeout: Duration?
    ) async throws(ClientError) -> (HTTPClientResponse, ByteBuffer) {
        let end = timeout.map { ContinuousClock.now + $0 }
        let head = try await head(of: request, timeout: timeout)
        guard let end else { return (head, try await body(of: head)) }
        return (head, try await body(of: head, until: end, timeout: timeout))
    }

    /// The head of an answer; its body is still to be read.
    func head(of request: HTTPClientRequest, timeout: Duration?, by http: HTTPClient? = nil) async throws(ClientError)
        -> HTTPClientResponse
    {
        let deadline = timeout.map { NIODeadline.now() + TimeAmount($0) } ?? .distantFuture
        do {
            return try await (http ?? self.http).execute(request, deadline: deadline)
        } catch {
            throw ClientError(transport: error, address: address, timeout: timeout)
        }
    }

    /// The whole body of an answer.
    func body(of head: HTTPClientResponse) async throws(ClientError) -> ByteBuffer {
        do {
            return try await head.body.collect(upTo: configuration.maximumAnswerBytes)
        } catch is NIOTooManyBytesError {
            throw ClientError(
                .protocolError,
                "the answer is longer than \(configuration.maximumAnswerBytes) bytes; ask for less at once: limit, or one "
                    + "dataset", reason: "answer_too_long")
        } catch {
            throw ClientError(transport: error, address: address, timeout: nil)
        }
    }

    /// The whole body of an answer that must have come by then; the deadline of the HTTP client is for its head alone.
    private func body(
        of head: HTTPClientResponse, until end: ContinuousClock.Instant, timeout: Duration?
    ) async throws(ClientError) -> ByteBuffer {
        let late = ClientError(transport: HTTPClientError.deadlineExceeded, address: address, timeout: timeout)
        let result = await withTaskGroup(of: Result<ByteBuffer, ClientError>.self) { group in
            group.addTask {
                do throws(ClientError) {
                    return .success(try await self.body(of: head))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                do {
                    try await Task.sleep(until: end, clock: .continuous)
                    return .failure(late)
                } catch {
                    return .failure(ClientError(transport: error, address: self.address, timeout: timeout))
                }
            }
            let first = await group.next() ?? .failure(late)
            group.cancelAll()
            return first
        }
        return try result.get()
    }

    /// The JSON object of an answer.
    func decoded<Value: Decodable>(
        _ body: ByteBuffer, of head: HTTPClientResponse, as type: Value.Type
    ) throws(ClientError) -> Value {
        let data = Data(buffer: body)
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch {
            // The error may be one that says why.
            if let failed = try? JSONDecoder().decode(FailedAnswer.self, from: data) {
                if let error = failed.error { throw failure(error, head) }
                if head.status.code >= 400 { throw refusal(failed.detail, head) }
            }
            if head.status.code >= 400 { throw refusal(nil, head) }
            throw notOurs("the answer is not what the API promises")
        }
    }

    /// The error that an answer tells of.
    func failure(_ answer: AnsweredError, _ head: HTTPClientResponse) -> ClientError {
        let error = ClientError(answer, retryAfter: head.headers.first(name: "Retry-After").flatMap(Double.init))
        if error.kind == .authenticationFailed { credentials.refused() }
        return error
    }

    /// The error of an answer that HTTP alone refuses.
    func refusal(_ detail: String?, _ head: HTTPClientResponse) -> ClientError {
        let status = head.status.code
        var error = ClientError(
            status >= 500 ? .unavailable : .invalidRequest, detail ?? "\(address) answers with status \(status)",
            reason: "http_\(status)")
        error.requestID = head.headers.first(name: "X-Request-ID")
        return error
    }

    func notOurs(_ message: String) -> ClientError {
        ClientError(.protocolError, "\(message); is \(address) the address of zfs-apid?", reason: "protocol_error")
    }
}

/// What an answer says that tells of an error.
private struct FailedAnswer: Decodable {
    let error: AnsweredError?
    let detail: String?
}

extension TimeAmount {
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(
            seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue + attoseconds / 1_000_000_000)
    }
}
