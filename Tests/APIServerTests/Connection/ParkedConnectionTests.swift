import APIServer
import NIOCore
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import APIServer

/// With room for one channel that waits in each event loop, nearly every connection waits without one.
@Suite(.timeLimit(.minutes(2)), .serialized) struct ParkedConnectionTests {
    private static func run(
        _ change: (inout HTTPLimits) -> Void = { _ in },
        _ body: @Sendable (_ port: Int, _ counts: ConnectionCounts) async throws -> Void
    ) async throws {
        var limits = HTTPLimits()
        limits.waitingChannels = 1
        change(&limits)
        let admission = ConnectionAdmission(total: limits.connections, perPeer: limits.connectionsPerPeer)
        try await TestServer.run(limits: limits, admission: admission) { port, _ in
            try await body(port, admission.counts)
        }
        try await admission.counts.settles(active: 0)
    }

    /// Opens so many connections at once, each of which does something.
    private static func together(
        _ count: Int, port: Int, _ body: @escaping @Sendable (Int, inout RawConnection) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for index in 0..<count {
                tasks.addTask {
                    try await RawConnection.run(port: port) { connection in try await body(index, &connection) }
                }
            }
            try await tasks.waitForAll()
        }
    }

    @Test func `a crowd is answered again and again, and each connection counts once`() async throws {
        try await Self.run { port, counts in
            try await Self.together(60, port: port) { _, connection in
                for round in 0..<5 {
                    try await connection.send(Request.get("/health"))
                    #expect(try await connection.answer()?.status == 200)
                    if round == 3 { #expect(counts.active <= 60) }
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }
    }

    @Test func `a head that comes in pieces is put together`() async throws {
        try await Self.run { port, _ in
            try await Self.together(30, port: port) { index, connection in
                let body = #"{"jsonrpc":"2.0","id":\#(index),"method":"pool_list"}"#
                let chunked =
                    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
                let first = index % 2 == 0 ? Request.call(body) : chunked
                var rest = Substring(first + Request.get("/health"))
                let length = rest.count / (1 + index % 30) + 1
                while !rest.isEmpty {
                    try await connection.send(String(rest.prefix(length)))
                    rest = rest.dropFirst(length)
                    try await Task.sleep(for: .milliseconds(15))
                }
                for _ in 0..<2 {
                    let answer = try await connection.answer()
                    #expect(answer?.status == 200, "\(index): \(answer?.text ?? "the end")")
                }
            }
        }
    }

    @Test func `a body that comes in pieces is put together, with one that grows and one that ends too early`()
        async throws
    {
        try await Self.run { port, _ in
            try await Self.together(30, port: port) { index, connection in
                let text = String(repeating: "x", count: index % 3 == 0 ? 30_000 : 20)
                let body = #"{"jsonrpc":"2.0","id":"\#(text)","method":"pool_list"}"#
                let request = Request.call(body)
                // A line's end is one character.
                let head = request.count - body.count
                // The head comes alone, with some of the body, or in two parts.
                let first = index % 2 == 0 ? head + index % 7 : head - 1 - index % 7
                try await connection.send(String(request.prefix(first)))
                try await Task.sleep(for: .milliseconds(60))
                try await connection.send(String(request.dropFirst(first).prefix(request.count - first - 10)))
                try await Task.sleep(for: .milliseconds(60))
                if index == 29 {
                    connection.halfClose()
                    let status = try await connection.answer()?.status
                    #expect(status == nil || status == 400)
                    return
                }
                try await connection.send(String(request.suffix(10)) + Request.get("/health"))
                for _ in 0..<2 {
                    let answer = try await connection.answer()
                    #expect(answer?.status == 200, "\(index): \(answer?.text ?? "the end")")
                }
            }
        }
    }

    @Test func `a body has the time of a request, and no more`() async throws {
        try await Self.run({
            $0.headerTimeout = .milliseconds(300)
            $0.requestTimeout = .milliseconds(1200)
        }) { port, counts in
            try await Self.together(20, port: port) { index, connection in
                let start = ContinuousClock.now
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n"
                try await connection.send(index % 2 == 0 ? head : String(head.prefix(20)))
                try await Task.sleep(for: .milliseconds(50))
                try await connection.send(index % 2 == 0 ? "{" : String(head.dropFirst(20)))
                #expect(await connection.countToEnd() == 0)
                let lasted = start.duration(to: .now)
                #expect(lasted > .milliseconds(1100) && lasted < .seconds(8), "\(lasted)")
            }
            try await counts.settles(active: 0)
        }
    }

    @Test func `what is no request is refused after it waited`() async throws {
        try await Self.run { port, _ in
            try await Self.together(20, port: port) { index, connection in
                try await Task.sleep(for: .milliseconds(50))
                try await connection.send(index % 2 == 0 ? "GET / HTTP/1.1\r\n" : "GET /\n\n")
                try await Task.sleep(for: .milliseconds(50))
                if index % 2 == 0 { try await connection.send("Host: a\r\nHost: b\r\n\r\n") }
                #expect(try await connection.answer()?.status == 400)
            }
        }
    }

    @Test func `a head without end is refused by its size`() async throws {
        try await Self.run({ $0.headerBytes = 4096 }) { port, _ in
            try await Self.together(6, port: port) { _, connection in
                try await Task.sleep(for: .milliseconds(50))
                try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n")
                for _ in 0..<20 {
                    try await connection.send("X: \(String(repeating: "x", count: 1000))\r\n")
                    try await Task.sleep(for: .milliseconds(2))
                }
                let status = try await connection.answer()?.status
                #expect(status == 431 || status == 400)
            }
        }
    }

    @Test func `deadlines hold for those that wait without a channel`() async throws {
        try await Self.run({
            $0.idleTimeout = .milliseconds(1500)
            $0.headerTimeout = .milliseconds(500)
        }) { port, counts in
            try await Self.together(20, port: port) { index, connection in
                let start = ContinuousClock.now
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.status == 200)
                // Half of them begin a request and never end it.
                if index % 2 == 0 { try await connection.send("GET / HT") }
                #expect(await connection.countToEnd() == 0)
                let lasted = start.duration(to: .now)
                #expect(lasted > .milliseconds(400) && lasted < .seconds(6), "\(lasted)")
            }
            try await counts.settles(active: 0)
        }
    }

    @Test func `clients that leave while they wait are forgotten at once`() async throws {
        try await Self.run { port, counts in
            try await Self.together(40, port: port) { index, connection in
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.status == 200)
                try await Task.sleep(for: .milliseconds(50))
                try await connection.close(reset: index % 2 == 0)
            }
            try await counts.settles(active: 0)
        }
    }

    @Test func `a stop ends those that wait`() async throws {
        let ended = Mutex(0)
        var limits = HTTPLimits()
        limits.waitingChannels = 1
        try await TestServer.run(limits: limits) { port, group in
            try await Self.together(20, port: port) { index, connection in
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.status == 200)
                try await Task.sleep(for: .milliseconds(100))
                if index == 0 { await group.triggerGracefulShutdown() }
                #expect(await connection.countToEnd() == 0)
                ended.withLock { $0 += 1 }
            }
        }
        #expect(ended.withLock { $0 } == 20)
    }

    @Test func `the oldest that waits is parked, and only it`() {
        let waiting = WaitingChannels(most: 3)
        let parked = Mutex<[Int]>([])
        let guards = (0..<5).map { index in
            let connection = ConnectionGuard(limits: HTTPLimits(), counts: ConnectionCounts(), isEncrypted: false)
            connection.onCrowd = { parked.withLock { $0.append(index) } }
            return connection
        }
        let tickets = guards.prefix(3).map { waiting.add($0) }
        #expect(parked.withLock { $0.isEmpty })
        waiting.remove(tickets[0])
        _ = waiting.add(guards[3])
        #expect(parked.withLock { $0.isEmpty })
        _ = waiting.add(guards[4])
        #expect(parked.withLock { $0 } == [1])
        for _ in 0..<1000 { waiting.remove(waiting.add(guards[0])) }
        #expect(parked.withLock { $0.count } <= 2)
    }
}
