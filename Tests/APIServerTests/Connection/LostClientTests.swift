import APIServer
import TestSupport
import Testing

@testable import ZFSRPC

@Suite(.timeLimit(.minutes(1))) struct LostClientTests {
    /// Answers only when it is cancelled or released, and tells which.
    struct Patience: Sendable {
        let started: AsyncStream<Void>
        let outcome: AsyncStream<String>
        let release: @Sendable () -> Void
        let responder: StubResponder

        init() {
            let (started, startedContinuation) = AsyncStream.makeStream(of: Void.self)
            let (outcome, outcomeContinuation) = AsyncStream.makeStream(of: String.self)
            let (released, releasedContinuation) = AsyncStream.makeStream(of: Void.self)
            self.started = started
            self.outcome = outcome
            release = { releasedContinuation.finish() }
            let wait: @Sendable () async -> Void = {
                startedContinuation.finish()
                for await _ in released {}
                outcomeContinuation.yield(Task.isCancelled ? "cancelled" : "released")
            }
            responder = StubResponder(
                beforeReadiness: wait,
                respondTo: { body in
                    await wait()
                    return ResponseBody(body)
                }
            )
        }
    }

    @Test(arguments: [true, false])
    func `cancels the call of a client that goes away`(reset: Bool) async throws {
        let patience = Patience()
        try await TestServer.run(patience.responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[1]"))
                for await _ in patience.started {}
                try await connection.close(reset: reset)
            }
            for await outcome in patience.outcome {
                #expect(outcome == "cancelled")
                break
            }
        }
    }

    @Test func `cancels the call when the client had sent more that was not read`() async throws {
        let patience = Patience()
        try await TestServer.run(patience.responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(String(repeating: Request.call("[1]"), count: 10_000))
                for await _ in patience.started {}
                try await connection.close(reset: true)
            }
            for await outcome in patience.outcome {
                #expect(outcome == "cancelled")
                break
            }
        }
    }

    @Test func `cancels the call of a client of the Unix socket that goes away`() async throws {
        let patience = Patience()
        try await TemporaryFolder.run { folder in
            let path = folder + "/socket"
            try await TestServer.run(patience.responder, listener: .unix(UnixListener(path: path))) { _, _ in
                try await RawConnection.run(unix: path) { connection in
                    try await connection.send(Request.get("/ready"))
                    for await _ in patience.started {}
                    try await connection.close(reset: false)
                }
                for await outcome in patience.outcome {
                    #expect(outcome == "cancelled")
                    break
                }
            }
        }
    }

    @Test func `cancels the call of a client of TLS that goes away`() async throws {
        let patience = Patience()
        let client = try TLSFixture.client()
        let listener = TCPListener(port: 0, tls: try TLSCredentials(TLSFixture.options()))
        try await TestServer.run(patience.responder, listener: .tcp(listener)) { port, _ in
            try await RawConnection.run(port: port, tls: client) { connection in
                try await connection.send(Request.call("[1]"))
                for await _ in patience.started {}
                try await connection.close(reset: false)
            }
            for await outcome in patience.outcome {
                #expect(outcome == "cancelled")
                break
            }
        }
    }

    @Test func `lets the call of a client go on that only ended its side`() async throws {
        let patience = Patience()
        try await TestServer.run(patience.responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[1]"))
                connection.halfClose()
                // The question whether the client is still there is an interim answer that clients read over.
                #expect(try await connection.answer()?.status == 100)
                patience.release()
                var answer = try await connection.answer()
                while answer?.status == 100 { answer = try await connection.answer() }
                #expect(answer?.text == "[1]")
                #expect(await connection.countToEnd() == 0)
            }
            for await outcome in patience.outcome {
                #expect(outcome == "released")
                break
            }
        }
    }
}
