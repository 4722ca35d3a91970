import NIOCore
import NIOHTTP1
import RateLimiting
import ZFSRPC

extension RequestHandler {
    /// Answers of at most this size go out with their head in one piece.
    private static let joinedBytes = 64 << 10

    /// Sends an answer that is in memory.
    func send(_ answer: Answer, for exchange: Exchange, outbound: HTTPConnection.Outbound) async throws {
        let head = self.head(of: answer, for: exchange)
        let isHead = exchange.head.method == .HEAD
        if isHead {
            try await outbound.write(contentsOf: [.head(head), .end(nil)])
        } else {
            let body = IOData.byteBuffer(ByteBuffer(bytes: answer.body))
            try await outbound.write(contentsOf: [.head(head), .body(body), .end(nil)])
        }
        log(exchange, status: answer.status, bytes: isHead ? 0 : answer.body.count)
    }

    /// An answer as it goes over a connection that ends with it.
    func lastAnswer(_ answer: Answer, for exchange: Exchange) -> [UInt8] {
        var head = self.head(of: answer, for: exchange)
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        // Every value is ours, or was checked for control characters.
        let lines = head.headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        let status = "HTTP/1.1 \(head.status.code) \(head.status.reasonPhrase)\r\n"
        return Array((status + lines + "\r\n").utf8) + answer.body
    }

    private func head(of answer: Answer, for exchange: Exchange) -> HTTPResponseHead {
        var head = self.head(answer.status, contentType: answer.contentType, length: answer.body.count, for: exchange)
        if let allow = answer.allow { head.headers.add(name: "Allow", value: allow) }
        if answer.status == .unauthorized { head.headers.add(name: "WWW-Authenticate", value: "Bearer") }
        return head
    }

    /// Sends 204: the calls were notifications.
    func sendNoContent(for exchange: Exchange, outbound: HTTPConnection.Outbound) async throws {
        let head = self.head(.noContent, contentType: nil, length: nil, for: exchange)
        try await outbound.write(contentsOf: [.head(head), .end(nil)])
        log(exchange, status: .noContent, bytes: 0)
    }

    /// Sends the answer to a call, piece by piece when it is large, never faster than the client reads.
    func send(_ body: ResponseBody, for exchange: Exchange, outbound: HTTPConnection.Outbound) async throws {
        let status = HTTPResponseStatus(statusCode: body.status)
        var head = self.head(status, contentType: body.contentType, length: body.count, for: exchange)
        if status == .unauthorized { head.headers.add(name: "WWW-Authenticate", value: "Bearer") }
        if let seconds = body.retryAfter { head.headers.add(name: "Retry-After", value: String(seconds)) }
        if body.count <= Self.joinedBytes {
            var buffer = ByteBuffer()
            buffer.reserveCapacity(body.count)
            try await body.forEachChunk { buffer.writeBytes($0) }
            try await outbound.write(
                contentsOf: [.head(head), .body(.byteBuffer(buffer)), .end(nil)]
            )
        } else {
            try await outbound.write(.head(head))
            try await body.forEachChunk { chunk in
                try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: chunk))))
            }
            try await outbound.write(.end(nil))
        }
        log(exchange, status: status, bytes: body.count)
    }

    func head(
        _ status: HTTPResponseStatus,
        contentType: String?,
        length: Int?,
        for exchange: Exchange
    ) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.reserveCapacity(8)
        if let contentType { headers.add(name: "Content-Type", value: contentType) }
        if let length { headers.add(name: "Content-Length", value: String(length)) }
        headers.add(name: "Date", value: dates.now)
        headers.add(name: "Cache-Control", value: "no-store")
        headers.add(name: "X-Content-Type-Options", value: "nosniff")
        headers.add(name: "X-Request-Id", value: exchange.requestID)
        if let (limit, decision) = exchange.rate {
            // draft-ietf-httpapi-ratelimit-headers-10: quota and window of the policy; what is left, and until when.
            let window = max(1, Int(limit.window.components.seconds))
            headers.add(name: "RateLimit-Policy", value: "\"default\";q=\(limit.requests);w=\(window)")
            headers.add(name: "RateLimit", value: "\"default\";r=\(decision.remaining);t=\(decision.wait)")
            if !decision.isAllowed { headers.add(name: "Retry-After", value: String(decision.wait)) }
        }
        if !exchange.head.isKeepAlive { headers.add(name: "Connection", value: "close") }
        return HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }

    func log(_ exchange: Exchange, status: HTTPResponseStatus, bytes: Int) {
        guard let accessLog = application.accessLog else { return }
        let duration = exchange.start.duration(to: .now).components
        accessLog.record(
            AccessEntry(
                method: Self.knownMethod(exchange.head.method),
                path: exchange.route?.rawValue ?? "other",
                status: Int(status.code),
                microseconds: Int(duration.seconds * 1_000_000 + duration.attoseconds / 1_000_000_000_000),
                bytes: bytes,
                peer: exchange.peer.text,
                requestID: exchange.requestID,
                traceID: exchange.head.headers.first(name: "traceparent").flatMap(TraceParent.traceID)
            )
        )
    }

    private static func knownMethod(_ method: HTTPMethod) -> String {
        switch method {
        case .GET, .HEAD, .POST, .PUT, .DELETE, .OPTIONS, .PATCH, .TRACE, .CONNECT: method.rawValue
        default: "other"
        }
    }
}

extension RateDecision {
    /// Whole seconds until the window is whole again, or until the next request is allowed.
    var wait: Int {
        let (seconds, attoseconds) = reset.components
        return max(1, Int(seconds) + (attoseconds > 0 ? 1 : 0))
    }
}
