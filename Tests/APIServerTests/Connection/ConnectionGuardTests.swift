import APIServer
import ServiceLifecycle
import Testing

@testable import ZFSRPC

@Suite(.timeLimit(.minutes(1))) struct ConnectionGuardTests {
    static let broken = [
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: +1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\nX: a\r\n\r\n",
        "GET /health HTTP/1.1\nHost: localhost\n\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u{0}b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u{1}b\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: \(String(repeating: "x", count: 90_000))\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n\(String(repeating: "X: y\r\n", count: 101))\r\n",
    ]

    @Test(arguments: broken)
    func `answers bytes that are no clear request with one 400 and closes`(request: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                // What follows must not be answered: the server cannot know where it begins.
                try await connection.send(request + Request.get("/health"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 400)
                #expect(answer.headers["connection"] == "close")
                #expect(answer.headers["x-request-id"] != nil)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `answers what came before broken bytes first`() async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[1]") + "GARBAGE\r\n\r\n")
                #expect(try await connection.answer()?.text == "[1]")
                #expect(try await connection.answer()?.status == 400)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `answers pipelined requests in order`() async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send((0..<50).map { Request.call("[\($0)]") }.joined())
                for number in 0..<50 {
                    #expect(try await connection.answer()?.text == "[\(number)]")
                }
            }
        }
    }

    @Test func `answers 413 to a long body by its length, before any of it comes`() async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                try await connection.send(head + "Content-Length: 1048577\r\n\r\n")
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 413)
                #expect(answer.text.contains("body_too_large"))
                #expect(answer.headers["connection"] == "close")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `answers 413 to a chunked body as soon as it is too long`() async throws {
        try await TestServer.run(limits: HTTPLimits(bodyBytes: 5000)) { port, _ in
            try await RawConnection.run(port: port) { connection in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
                try await connection.send(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk)
                #expect(try await connection.answer()?.status == 413)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test(arguments: ["/nothing", "/"])
    func `does not read on when a refused body has no end`(path: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                let head = "POST \(path) HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100000000000\r\n\r\n"
                try await connection.send(head)
                let answer = try #require(try await connection.answer())
                #expect(answer.headers["connection"] == "close")
                let piece = String(repeating: "x", count: 1 << 20)
                var sent = 0
                do {
                    while sent < 256 {
                        try await connection.send(piece)
                        sent += 1
                    }
                } catch {
                    // The server closed; that is what the test waits for.
                }
                #expect(sent < 64)
            }
        }
    }

    @Test func `says 100 Continue when asked to`() async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                try await connection.send(head + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                #expect(try await connection.answer()?.status == 100)
                try await connection.send("[]")
                #expect(try await connection.answer()?.text == "[]")
            }
        }
    }

    @Test func `cuts a request that drips in`() async throws {
        let limits = HTTPLimits(requestTimeout: .milliseconds(100))
        try await TestServer.run(limits: limits) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send("GET /health HTTP/1.1\r\nHost:")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `cuts an idle connection`() async throws {
        try await TestServer.run(limits: HTTPLimits(idleTimeout: .seconds(1))) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.status == 200)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `answers a client that has closed its side`() async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[1]") + Request.call("[2]"))
                connection.halfClose()
                #expect(try await connection.answer()?.text == "[1]")
                #expect(try await connection.answer()?.text == "[2]")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test(arguments: ["HTTP/1.1\r\nConnection: close", "HTTP/1.0"])
    func `closes when the client wants it`(version: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send("GET /health \(version)\r\nHost: localhost\r\n\r\n")
                #expect(try await connection.answer()?.headers["connection"] == "close")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `closes after the largest number of requests`() async throws {
        try await TestServer.run(limits: HTTPLimits(requestsPerConnection: 2)) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.headers["connection"] == nil)
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.headers["connection"] == "close")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `sends a large answer whole`() async throws {
        let count = 50 << 20
        let responder = StubResponder(respondTo: { _ in ResponseBody([UInt8](repeating: 0x20, count: count)) })
        try await TestServer.run(responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("{}", "Connection: close"))
                #expect(await connection.countToEnd() > count)
            }
        }
    }

    @Test func `a graceful stop finishes the answer in flight`() async throws {
        let (started, startedContinuation) = AsyncStream.makeStream(of: Void.self)
        let (release, releaseContinuation) = AsyncStream.makeStream(of: Void.self)
        let responder = StubResponder(respondTo: { body in
            startedContinuation.finish()
            for await _ in release {}
            return ResponseBody(body)
        })
        try await TestServer.run(responder) { port, group in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[7]"))
                for await _ in started {}
                await group.triggerGracefulShutdown()
                releaseContinuation.finish()
                let answer = try #require(try await connection.answer())
                #expect(answer.text == "[7]")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }
}
