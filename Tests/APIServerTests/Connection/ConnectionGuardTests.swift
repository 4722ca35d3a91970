import APIServer
import NIOCore
import ServiceLifecycle
import Synchronization
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
        "GET https://localhost:1/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://user@localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET ftp://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http:///health HTTP/1.1\r\nHost: \r\n\r\n",
        "GET http://localhost/health HTTP/1.0\r\n\r\n",
        "GET health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        "GET /health\r\n\r\n",
        "GET /he\u{7F}alth HTTP/1.1\r\nHost: localhost\r\n\r\n",
        " GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\n Host: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length:\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1 \u{B}\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: \u{B}chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer_Encoding\u{0}: chunked\r\n\r\n",
        "GET /health HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n: no name\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
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

    static let brokenBodies = [
        "xyz\r\nabc\r\n0\r\n\r\n",
        "-1\r\na\r\n0\r\n\r\n",
        "0x1\r\na\r\n0\r\n\r\n",
        "1\na\n0\n\n",
        "1\r\nab\r\n0\r\n\r\n",
        "1\r\na\n0\r\n\r\n",
        "fffffffffffffffff\r\na\r\n0\r\n\r\n",
        "1;" + String(repeating: "x", count: 2 << 20),
        "0\r\n" + String(repeating: "X: y\r\n", count: 101),
        "0\r\nX: " + String(repeating: "x", count: 90_000),
    ]

    @Test(arguments: brokenBodies)
    func `answers a chunked body that is not clear once at most and closes`(body: String) async throws {
        let counter = Mutex(0)
        let responder = StubResponder(respondTo: { body in
            counter.withLock { $0 += 1 }
            return ResponseBody(body)
        })
        try await TestServer.run(responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                let text = head + "Transfer-Encoding: chunked\r\n\r\n" + body
                try? await connection.send(text + Request.call("[2]"))
                let answer = try await connection.answer()
                #expect([400, 413, 431].contains(answer?.status))
                #expect(answer?.headers["connection"] == "close")
                #expect(await connection.countToEnd() == 0)
            }
        }
        #expect(counter.withLock { $0 } == 0)
    }

    static let floods = [
        "X: \(String(repeating: "x", count: 90_000))\r\n\r\n",
        "\(String(repeating: "x", count: 90_000)): y\r\n\r\n",
        "\(String(repeating: "X: y\r\n", count: 101))\r\n",
        String(repeating: "X: \(String(repeating: "y", count: 10_000))\r\n", count: 9) + "\r\n",
        String(repeating: "X: \(String(repeating: "y", count: 1_000_000))\r\n", count: 3) + "\r\n",
    ]

    @Test(arguments: floods)
    func `answers a header that is too large with 431 and closes`(fields: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                // The server may close while we still send.
                let request = "GET /health HTTP/1.1\r\nHost: localhost\r\n" + fields
                try? await connection.send(request + Request.get("/health"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 431)
                #expect(answer.headers["connection"] == "close")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test(arguments: ["http://127.0.0.1:80/health?x", "HTTP://127.0.0.1:80/health", "https://127.0.0.1:80/health"])
    func `takes a target in absolute form that names our host`(target: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n")
                #expect(try await connection.answer()?.status == 200)
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

    @Test func `does not read on while many requests wait`() async throws {
        let (release, continuation) = AsyncStream.makeStream(of: Void.self)
        let responder = StubResponder(respondTo: { body in
            for await _ in release {}
            return ResponseBody(body)
        })
        try await TestServer.run(responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                let sender = connection.sender
                let sent = Atomic(0)
                let piece = ByteBuffer(
                    string: Request.call("[1]") + String(repeating: Request.get("/health"), count: 1000)
                )
                async let sending: Void = {
                    // 430 MB, more than any buffers of sockets hold, so it cannot end before answers are read.
                    for _ in 0..<10_000 {
                        try await sender.write(piece)
                        sent.add(1, ordering: .relaxed)
                    }
                }()
                var last = -1
                while last != sent.load(ordering: .relaxed) {
                    last = sent.load(ordering: .relaxed)
                    try await Task.sleep(for: .milliseconds(300))
                }
                #expect(last < 10_000)
                continuation.finish()
                #expect(try await connection.answer()?.text == "[1]")
                for _ in 0..<1000 {
                    #expect(try await connection.answer()?.status == 200)
                }
                #expect(try await connection.answer()?.text == "[1]")
                try await connection.close(reset: true)
                _ = try? await sending
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
                    while sent < 1024 {
                        try await connection.send(piece)
                        sent += 1
                    }
                } catch {
                    // The server closed; that is what the test waits for.
                }
                // What the sockets of both sides hold, and what is read until the lingering ends.
                #expect(sent < 512)
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

    struct Drip: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var limits: HTTPLimits
        var start: String
        var piece: String
    }

    static let drips = [
        Drip(testDescription: "nothing", limits: HTTPLimits(headerTimeout: .milliseconds(300)), start: "", piece: ""),
        Drip(
            testDescription: "header",
            limits: HTTPLimits(headerTimeout: .milliseconds(300)),
            start: "GET /health HTTP/1.1\r\nHost: ",
            piece: "x"
        ),
        Drip(
            testDescription: "second header",
            limits: HTTPLimits(headerTimeout: .milliseconds(300)),
            start: Request.get("/health") + "GET /health HTTP/1.1\r\nHost: ",
            piece: "x"
        ),
        Drip(
            testDescription: "body",
            limits: HTTPLimits(requestTimeout: .milliseconds(300)),
            start: "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999\r\n\r\n",
            piece: " "
        ),
        Drip(
            testDescription: "chunked body",
            limits: HTTPLimits(requestTimeout: .milliseconds(300)),
            start: "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n",
            piece: "1\r\n \r\n"
        ),
    ]

    @Test(arguments: drips)
    func `cuts a request that drips in, however lively`(drip: Drip) async throws {
        try await TestServer.run(limits: drip.limits) { port, _ in
            try await RawConnection.run(port: port) { connection in
                let sender = connection.sender
                let start = ContinuousClock.now
                let dripping = Task {
                    try? await sender.write(ByteBuffer(string: drip.start))
                    while (try? await Task.sleep(for: .milliseconds(20))) != nil {
                        try? await sender.write(ByteBuffer(string: drip.piece))
                    }
                }
                _ = await connection.countToEnd()
                dripping.cancel()
                #expect(start.duration(to: .now) < .seconds(5))
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

    @Test func `cuts a client that does not read its answer`() async throws {
        let count = 64 << 20
        let responder = StubResponder(respondTo: { _ in ResponseBody([UInt8](repeating: 0x20, count: count)) })
        let admission = ConnectionAdmission(total: 9, perPeer: 9)
        let limits = HTTPLimits(idleTimeout: .milliseconds(300))
        try await TestServer.run(responder, limits: limits, admission: admission) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("{}"))
                try await admission.counts.settles(active: 1)
                try await admission.counts.settles(active: 0)
                #expect(await connection.countToEnd() < count)
            }
        }
    }

    @Test func `answers a client that has closed its side`() async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[1]") + Request.call("[2]"))
                connection.halfClose()
                #expect(try await connection.finalAnswer()?.text == "[1]")
                #expect(try await connection.finalAnswer()?.text == "[2]")
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
