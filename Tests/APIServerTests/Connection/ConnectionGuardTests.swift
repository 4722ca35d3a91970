import APIServer
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

@testable import ZFSRPC

@Suite(.timeLimit(.minutes(1))) struct ConnectionGuardTests {
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
                    while sent < 256 {
                        try await connection.send(piece)
                        sent += 1
                        // What was sent must reach the socket: until then a busy client takes any number of pieces.
                        try await Task.sleep(for: .milliseconds(5))
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
                #expect(start.duration(to: .now) < .seconds(12))
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

    @Test func `a call that is cancelled at the end of a stop is answered`() async throws {
        let (started, startedContinuation) = AsyncStream.makeStream(of: Void.self)
        let responder = StubResponder(respondTo: { body in
            startedContinuation.finish()
            try? await Task.sleep(for: .seconds(3600))
            return ResponseBody(Array("cancelled".utf8))
        })
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let service = HTTPService(
            listener: .tcp(TCPListener(port: 0)), application: TestServer.application(responder), logger: logger,
            onListening: { continuation.yield($0) })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await ServiceGroup(services: [service], logger: logger).run() }
            for await port in ports {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(Request.call("[7]"))
                    for await _ in started {}
                    tasks.cancelAll()
                    #expect(try await connection.answer()?.text == "cancelled")
                    #expect(await connection.countToEnd() == 0)
                }
                break
            }
        }
    }

    @Test func `answers a new connection while others pipeline without end`() async throws {
        try await TestServer.run { port, _ in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                let flood = ByteBuffer(string: String(repeating: Request.get("/health"), count: 20_000))
                let (answered, continuation) = AsyncStream.makeStream(of: Void.self)
                for _ in 0..<50 {
                    tasks.addTask {
                        try await RawConnection.run(port: port) { connection in
                            let sender = connection.sender
                            async let sending: Void = sender.write(flood)
                            _ = try await connection.answer()
                            continuation.yield()
                            _ = await connection.countToEnd()
                            _ = try? await sending
                        }
                    }
                }
                var count = 0
                for await _ in answered {
                    count += 1
                    if count == 50 { break }
                }
                for _ in 0..<10 {
                    let start = ContinuousClock.now
                    try await RawConnection.run(port: port) { connection in
                        try await connection.send(Request.get("/health"))
                        #expect(try await connection.answer()?.status == 200)
                    }
                    // Without turns it takes longer than all requests of the others: many seconds.
                    #expect(start.duration(to: .now) < .seconds(8))
                }
                tasks.cancelAll()
            }
        }
    }
}
