import APIServer
import AsyncZFSExecutor
import NIOCore
import NIOSSL
import TestSupport
import Testing
import ZFSRPC

@Suite(.timeLimit(.minutes(2)), .serialized) struct StreamSendTests {
    private static let pattern = "yes 0123456789abcde | head -c"
    /// The sum of one line of the pattern.
    private static let lineSum = "0123456789abcde\n".utf8.reduce(0) { $0 + Int($1) }

    private func get(_ id: String, method: String = "GET", version: String = "1.1", _ lines: String = "") -> String {
        "\(method) /stream/\(id) HTTP/\(version)\r\nHost: localhost\r\n\(lines)\r\n"
    }

    @Test(arguments: [false, true], [16, 1 << 20, 8 << 20])
    func `a stream comes whole, and the connection goes on`(isEncrypted: Bool, size: Int) async throws {
        let service = try StreamService.sending("\(Self.pattern) \(size)")
        let id = try await service.session()
        try await service.run(tls: isEncrypted ? TLSCredentials(TLSFixture.options()) : nil) { port in
            let client = isEncrypted ? try TLSFixture.client() : nil
            try await RawConnection.run(port: port, tls: client) { connection in
                for _ in 0..<2 {
                    try await connection.send(get(id))
                    let answer = try #require(try await connection.answer(hasBody: false))
                    #expect(answer.status == 200)
                    #expect(answer.headers["content-type"] == "application/octet-stream")
                    #expect(answer.headers["content-disposition"] == "attachment; filename=\"tank_a b@s.zfs\"")
                    #expect(answer.headers["x-zfs-dataset"] == "tank/a b" && answer.headers["x-zfs-snapshot"] == "s")
                    #expect(answer.headers["transfer-encoding"] == "chunked")
                    #expect(answer.headers["content-length"] == nil)
                    let body = await connection.chunkedBody()
                    #expect(body.count == size && body.isWhole && body.sum == size / 16 * Self.lineSum)
                    #expect(try await service.state(of: id) == .completed)
                }
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.status == 200)
            }
        }
        let bytes = service.transfers.counters.bytes[TransferCounters.Key(.send, .http)]
        #expect(bytes == UInt64(2 * size))
    }

    @Test(arguments: [false, true], [1, 1 << 20])
    func `a send that fails cuts the connection without the last chunk`(isEncrypted: Bool, size: Int) async throws {
        let service = try StreamService.sending("\(Self.pattern) \(size); exit 1")
        let id = try await service.session()
        try await service.run(tls: isEncrypted ? TLSCredentials(TLSFixture.options()) : nil) { port in
            let client = isEncrypted ? try TLSFixture.client() : nil
            try await RawConnection.run(port: port, tls: client) { connection in
                try await connection.send(get(id))
                // The reset can overtake the head.
                let answer = try? await connection.answer(hasBody: false)
                if let answer { #expect(answer.status == 200) }
                let body = await connection.chunkedBody()
                #expect(body.count <= size && !body.isWhole)
            }
        }
        #expect(try await service.state(of: id) == .failed)
    }

    @Test func `a send that fails before its first byte is answered`() async throws {
        let service = try StreamService.sending("exit 1")
        let id = try await service.session()
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                for _ in 0..<2 {
                    try await connection.send(get(id))
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == 500)
                    #expect(answer.text.contains(#""id":null"#) && answer.text.contains(#""code":-32010"#))
                }
            }
        }
    }

    @Test(arguments: [true, false], ["sleep 60", "printf x; sleep 60", "\(StreamSendTests.pattern) 100000000000"])
    func `a client that goes away ends the process within a second`(reset: Bool, script: String) async throws {
        let service = try StreamService.sending(script)
        let id = try await service.session()
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(get(id))
                try await service.hasStarted()
                try await Task.sleep(for: .milliseconds(100))
                try await connection.close(reset: reset)
            }
            let isSoon = try await service.endsSoon()
            #expect(isSoon)
            #expect(try await service.state(of: id) == .failed)
        }
    }

    @Test func `a client that reads nothing makes the process wait`() async throws {
        let service = try StreamService.sending("\(Self.pattern) 100000000000")
        let id = try await service.session()
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(get(id))
                try await service.hasStarted()
                try await Task.sleep(for: .milliseconds(500))
                let first = service.transfers.active.first?.control.bytes ?? 0
                try await Task.sleep(for: .milliseconds(500))
                let second = service.transfers.active.first?.control.bytes ?? 0
                #expect(first > 0 && first == second && second < 64 << 20)
                // The others do not notice.
                let status = try await RawConnection.run(port: port) { other in
                    try await other.send(Request.get("/health"))
                    return try await other.answer()?.status
                }
                #expect(status == 200)
            }
            _ = try await service.endsSoon()
        }
    }

    @Test func `no deadline of requests cuts a slow stream`() async throws {
        let service = try StreamService.sending("for i in 1 2 3 4 5 6; do printf 0123456789; sleep 0.2; done")
        let id = try await service.session()
        var limits = HTTPLimits()
        limits.idleTimeout = .milliseconds(300)
        limits.headerTimeout = .milliseconds(300)
        limits.requestTimeout = .milliseconds(300)
        try await service.run(limits: limits) { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(get(id))
                #expect(try await connection.answer(hasBody: false)?.status == 200)
                let body = await connection.chunkedBody()
                #expect(body.count == 60 && body.isWhole)
            }
        }
    }

    @Test func `what cannot be had is refused, and uses nothing`() async throws {
        let service = try StreamService.sending("printf x; sleep 60")
        let id = try await service.session()
        let foreign = try await service.session(by: Principal(name: "anna", role: .operator, kind: .token))
        let expired = try await service.session(lifetime: 0)
        let receive = try await service.session(.receive)
        try await service.run { port in
            func status(_ request: String) async throws -> TestAnswer? {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(request)
                    return try await connection.answer(hasBody: !request.hasPrefix("HEAD"))
                }
            }
            for unknown in [
                expired, "", "x", String(repeating: "0", count: 32), id + "/", "%2e%2e", id.uppercased() + "0",
            ] {
                let answer = try await status(get(unknown))
                #expect(answer?.status == 404, "\(unknown)")
                #expect(answer?.text.contains(#""reason":"stream_not_found""#) == true)
            }
            let post = try await status(get(id, method: "POST", "Content-Length: 0\r\n"))
            #expect(post?.status == 405 && post?.headers["allow"] == "GET")
            let wrong = try await status(get(receive))
            #expect(wrong?.status == 405 && wrong?.headers["allow"] == "POST")
            #expect(try await status(get(id, method: "HEAD"))?.status == 405)
            #expect(try await status(get(id, method: "DELETE"))?.status == 405)
            #expect(try await status(get(id, version: "1.0"))?.status == 505)
            #expect(try await status(get(id, "Content-Length: 1\r\n"))?.status == 400)
            let nobody = try await status(get(id, "Origin: http://evil.example\r\n"))
            #expect(nobody?.status == 401 && nobody?.headers["www-authenticate"] == "Bearer")
            #expect(service.replicator.started == 0)
            // localhost may do everything, so it may also run what is another's.
            try await RawConnection.run(port: port) { connection in
                try await connection.send(get(foreign))
                #expect(try await connection.answer(hasBody: false)?.status == 200)
                let second = try await status(get(foreign))
                #expect(second?.status == 409 && second?.text.contains(#""reason":"stream_in_use""#) == true)
            }
        }
    }

    @Test func `what stands behind the request does not disturb the stream`() async throws {
        let service = try StreamService.sending("\(Self.pattern) 1600000; sleep 0.3")
        let id = try await service.session()
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(get(id) + "\u{1}\u{2} garbage\r\n\r\n")
                #expect(try await connection.answer(hasBody: false)?.status == 200)
                let body = await connection.chunkedBody()
                #expect(body.count == 1_600_000 && body.isWhole)
                #expect(try await connection.answer()?.status == 400)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test func `a cancelled stream is cut`() async throws {
        let service = try StreamService.sending("printf x; sleep 60")
        let id = try await service.session()
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(get(id))
                #expect(try await connection.answer(hasBody: false)?.status == 200)
                try await service.transfers.cancel(id, by: .localhost)
                let body = await connection.chunkedBody()
                #expect(!body.isWhole)
                #expect(try await service.state(of: id) == .cancelled)
            }
        }
    }
}
