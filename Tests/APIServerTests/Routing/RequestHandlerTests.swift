import Testing

@testable import ZFSRPC

@Suite(.timeLimit(.minutes(1))) struct RequestHandlerTests {
    @Test(arguments: ["/", "/rpc", "/?x=1"])
    func `answers a call with exact length and our own request id`(path: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[1,2]", path: path, "X-Request-Id: theirs"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 200)
                #expect(answer.text == "[1,2]")
                #expect(answer.headers["content-type"] == "application/json")
                let id = try #require(answer.headers["x-request-id"])
                #expect(!id.isEmpty && id != "theirs")
                #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
            }
        }
    }

    @Test func `answers notifications with 204 and no body`() async throws {
        try await TestServer.run(StubResponder(respondTo: { _ in nil })) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("{}") + Request.get("/health"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 204)
                #expect(answer.headers["content-length"] == nil)
                #expect(try await connection.answer()?.status == 200)
            }
        }
    }

    @Test func `gives an answer the status and the wait that it asks for`() async throws {
        let responder = StubResponder(respondTo: { body in
            var answer = ResponseBody(body)
            if body.count == 1 { answer.setStatus(429, retryAfter: 17) } else { answer.setStatus(401) }
            return answer
        })
        try await TestServer.run(responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("1") + Request.call("{}"))
                let limited = try #require(try await connection.answer())
                #expect(limited.status == 429)
                #expect(limited.headers["retry-after"] == "17")
                let unknown = try #require(try await connection.answer())
                #expect(unknown.status == 401)
                #expect(unknown.headers["www-authenticate"] == "Bearer")
            }
        }
    }

    struct Refusal: Sendable {
        let request: String
        let status: Int
        let word: String
    }

    static let refusals = [
        Refusal(request: Request.get("/nothing"), status: 404, word: "about:blank"),
        Refusal(request: Request.get("/"), status: 405, word: "about:blank"),
        Refusal(request: Request.get("/rpc", method: "OPTIONS"), status: 405, word: "about:blank"),
        Refusal(request: Request.get("/health", method: "DELETE"), status: 405, word: "about:blank"),
        Refusal(
            request: Request.get("/", method: "POST", "Content-Length: 0"),
            status: 415,
            word: "unsupported_media_type"
        ),
        Refusal(
            request: Request.get("/", method: "POST", "Content-Type: text/plain", "Content-Length: 0"),
            status: 415,
            word: "unsupported_media_type"
        ),
        Refusal(request: Request.call("{}", "Content-Encoding: gzip"), status: 415, word: "unsupported_encoding"),
        Refusal(request: Request.call("{}", "Expect: more"), status: 417, word: "about:blank"),
        Refusal(request: Request.call("{}", host: "evil.example"), status: 401, word: "authentication_required"),
        Refusal(request: Request.call("{}", host: "127.0.0.1.evil.example"), status: 401, word: "-32040"),
        Refusal(request: Request.call("{}", "Origin: http://evil.example"), status: 401, word: "-32040"),
        Refusal(request: Request.call("{}", "Origin: null"), status: 401, word: "-32040"),
        Refusal(request: Request.call("{}", "Forwarded: for=10.0.0.1"), status: 401, word: "-32040"),
        Refusal(request: Request.call("{}", "X-Forwarded-For: 10.0.0.1"), status: 401, word: "-32040"),
        Refusal(request: Request.call("{}", "X-Real-IP: 10.0.0.1"), status: 401, word: "-32040"),
        Refusal(request: Request.call("{}", "Sec-Fetch-Site: cross-site"), status: 401, word: "-32040"),
        Refusal(request: Request.get("/openrpc.json", "Origin: null"), status: 401, word: "-32040"),
    ]

    @Test(arguments: refusals)
    func `refuses with its status, keeps the connection and gives an id`(refusal: Refusal) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(refusal.request + Request.get("/health"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == refusal.status)
                #expect(answer.text.contains(refusal.word))
                #expect(answer.headers["x-request-id"] != nil)
                #expect((answer.headers["allow"] != nil) == (refusal.status == 405))
                #expect(try await connection.answer()?.status == 200)
            }
        }
    }

    @Test(arguments: ["localhost:8545", "LOCALHOST", "127.9.8.7:1", "[::1]", "[::1]:8545"])
    func `takes loopback names and the own origin`(host: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("{}", host: host, "Origin: http://\(host)"))
                #expect(try await connection.answer()?.status == 200)
            }
        }
    }

    @Test func `tells health, readiness and the OpenRPC document`() async throws {
        try await TestServer.run(StubResponder(isReady: false)) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.get("/health") + Request.get("/ready") + Request.get("/openrpc.json"))
                let health = try #require(try await connection.answer())
                #expect(health.text.hasPrefix(#"{"status":"healthy","version":"1.2.3","uptime_seconds":"#))
                let ready = try #require(try await connection.answer())
                #expect(ready.status == 503)
                let checks = #""checks":{"zfs":{"ok":false,"detail":"say \"zfs\""}},"pool_count":2}"#
                #expect(ready.text == #"{"status":"unavailable","# + checks)
                #expect(try await connection.answer()?.text == #"{"openrpc":"1.3.2"}"#)
                try await connection.send(Request.get("/health", method: "HEAD") + Request.get("/health"))
                let head = try #require(try await connection.answer(hasBody: false))
                #expect(head.headers["content-length"] != "0")
                #expect(try await connection.answer()?.status == 200)
            }
        }
    }
}
