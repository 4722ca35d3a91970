import APIServer
import AsyncZFSExecutor
import NIOCore
import NIOSSL
import TestSupport
import Testing
import ZFSRPC

@Suite(.timeLimit(.minutes(2)), .serialized) struct StreamReceiveTests {
    private func head(_ id: String, _ lines: String) -> String {
        "POST /stream/\(id) HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n"
    }

    /// Succeeds for so many bytes alone.
    private func counting(_ size: Int) -> String { "[ $(wc -c) = \(size) ]" }

    private func expectSuccess(_ answer: TestAnswer?, _ size: Int) throws {
        let answer = try #require(answer)
        #expect(answer.status == 200, "\(answer.text)")
        let value = try JSONParser.parse(answer.body)
        #expect(value["success"] == true && value["bytes_received"] == .number(String(size)))
        #expect(value["dataset"] == "tank/b" && value["snapshots"] == ["tank/b@stub"])
        #expect(value["duration"] != nil && value["rate_mbps"] != nil)
    }

    @Test(arguments: [false, true], [0, 10, 8 << 20])
    func `a body with a length comes whole`(isEncrypted: Bool, size: Int) async throws {
        let service = try StreamService.receiving(counting(size))
        let id = try await service.session(.receive)
        try await service.run(tls: isEncrypted ? TLSCredentials(TLSFixture.options()) : nil) { port in
            let client = isEncrypted ? try TLSFixture.client() : nil
            try await RawConnection.run(port: port, tls: client) { connection in
                // A request before it takes nothing of it.
                try await connection.send(Request.get("/health") + head(id, "Content-Length: \(size)\r\n"))
                try await connection.send(String(repeating: "x", count: size))
                #expect(try await connection.answer()?.status == 200)
                let answer = try await connection.answer()
                try expectSuccess(answer, size)
                #expect(try await service.state(of: id) == .completed)
                // Only an encrypted connection, and one without a body, goes on.
                let goesOn = isEncrypted || size == 0
                #expect(answer?.headers["connection"] == (goesOn ? nil : "close"))
                if goesOn {
                    try await connection.send(Request.get("/health"))
                    #expect(try await connection.answer()?.status == 200)
                } else {
                    #expect(await connection.countToEnd() == 0)
                }
            }
        }
    }

    @Test func `a body in chunks comes whole, also after 100-continue`() async throws {
        let service = try StreamService.receiving(counting(10 * 70_000))
        let id = try await service.session(.receive)
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(head(id, "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"))
                #expect(try await connection.answer()?.status == 100)
                for _ in 0..<10 {
                    let piece = String(repeating: "\r\n", count: 35_000)
                    try await connection.send("\(String(70_000, radix: 16))\r\n\(piece)\r\n")
                }
                try await connection.send("0\r\n\r\n")
                try expectSuccess(try await connection.answer(), 700_000)
            }
        }
    }

    @Test func `nothing is asked for when the session cannot be had`() async throws {
        let service = try StreamService.receiving("cat >/dev/null")
        let id = try await service.session(.send)
        try await service.run { port in
            for (id, status) in [(id, 405), (String(repeating: "0", count: 32), 404)] {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(head(id, "Content-Length: 1000000\r\nExpect: 100-continue\r\n"))
                    let answer = try await connection.answer()
                    #expect(answer?.status == status && answer?.headers["connection"] == "close")
                }
            }
        }
        #expect(service.replicator.started == 0)
    }

    @Test(arguments: [true, false], ["Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n"])
    func `a body that breaks off is never taken for whole`(reset: Bool, framing: String) async throws {
        // Were its input to end, the shell would end well.
        let service = try StreamService.receiving("cat >/dev/null; exit 0")
        let id = try await service.session(.receive)
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(head(id, framing) + "5\r\nhello\r\n")
                try await service.hasStarted()
                try await Task.sleep(for: .milliseconds(100))
                try await connection.close(reset: reset)
            }
            let isSoon = try await service.endsSoon()
            #expect(isSoon)
            #expect(try await service.state(of: id) == .failed)
        }
    }

    @Test func `a body that is half closed, or no chunk, is refused too`() async throws {
        let service = try StreamService.receiving("cat >/dev/null; exit 0")
        let id = try await service.session(.receive)
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(head(id, "Content-Length: 1000000\r\n") + "hello")
                try await service.hasStarted()
                connection.halfClose()
                let answer = try await connection.answer()
                #expect(answer?.status == 500 && answer?.text.contains(#""reason":"stream_incomplete""#) == true)
            }
            #expect(try await service.state(of: id) == .failed)
            try await RawConnection.run(port: port) { connection in
                try await connection.send(head(id, "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\nno size\r\n")
                let answer = try await connection.finalAnswer()
                #expect(answer?.status == 400 && answer?.text.contains(#""reason":"invalid_body""#) == true)
            }
            #expect(try await service.state(of: id) == .failed)
        }
    }

    @Test(arguments: [false, true])
    func `a receive that fails early is answered while the client still sends`(isEncrypted: Bool) async throws {
        let service = try StreamService.receiving("head -c 1000000 >/dev/null; exit 1")
        let id = try await service.session(.receive)
        try await service.run(tls: isEncrypted ? TLSCredentials(TLSFixture.options()) : nil) { port in
            let client = isEncrypted ? try TLSFixture.client() : nil
            try await RawConnection.run(port: port, tls: client) { connection in
                try await connection.send(head(id, "Content-Length: 100000000\r\n"))
                let sender = connection.sender
                async let sent: Void = {
                    let piece = ByteBuffer(repeating: 0x78, count: 100_000)
                    for _ in 0..<1000 { try await sender.write(piece) }
                }()
                let answer = try #require(try await connection.finalAnswer())
                #expect(answer.status == 500 && answer.text.contains(#""code":-32020"#))
                #expect(answer.text.contains(#""resume_token":"1-a-b-cc""#))
                _ = await connection.countToEnd()
                _ = try? await sent
            }
        }
        #expect(try await service.state(of: id) == .failed)
    }

    @Test func `a receive that reads nothing makes the client wait`() async throws {
        let service = try StreamService.receiving("sleep 60")
        let id = try await service.session(.receive)
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(head(id, "Content-Length: 1000000000\r\n"))
                let sender = connection.sender
                let sent = Task {
                    let piece = ByteBuffer(repeating: 0x78, count: 1_000_000)
                    for _ in 0..<1000 { try await sender.write(piece) }
                }
                try await service.hasStarted()
                try await Task.sleep(for: .seconds(1))
                // A pipe of 1 MiB has 256 places, and one holds up to 32 KiB that come from a socket.
                #expect((service.transfers.active.first?.control.bytes ?? 0) <= 9 << 20)
                try await connection.close(reset: true)
                sent.cancel()
            }
            let isSoon = try await service.endsSoon()
            #expect(isSoon)
        }
    }

    @Test func `no deadline of requests cuts a client of 1000 bytes a second`() async throws {
        let service = try StreamService.receiving(counting(1500))
        let id = try await service.session(.receive)
        var limits = HTTPLimits()
        limits.idleTimeout = .milliseconds(300)
        limits.headerTimeout = .milliseconds(300)
        limits.requestTimeout = .milliseconds(300)
        try await service.run(limits: limits) { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(head(id, "Content-Length: 1500\r\n"))
                for _ in 0..<3 {
                    try await Task.sleep(for: .milliseconds(500))
                    try await connection.send(String(repeating: "x", count: 500))
                }
                try expectSuccess(try await connection.answer(), 1500)
            }
        }
    }

    @Test func `a client that ends its side behind the body is answered, and loses nothing`() async throws {
        let service = try StreamService.receiving(counting(5 << 20))
        let id = try await service.session(.receive)
        try await service.run { port in
            for _ in 0..<5 {
                try await RawConnection.run(port: port) { connection in
                    let sender = connection.sender
                    async let sent: Void = sender.write(
                        ByteBuffer(
                            string: head(id, "Content-Length: \(5 << 20)\r\n") + String(repeating: "x", count: 5 << 20))
                    )
                    try await sent
                    connection.halfClose()
                    try expectSuccess(try await connection.answer(), 5 << 20)
                }
            }
        }
    }

    @Test func `a peer has no more places while its stream runs, and all of them afterwards`() async throws {
        let service = try StreamService.receiving("cat >/dev/null")
        let id = try await service.session(.receive)
        try await service.run { port in
            for _ in 0..<3 {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(head(id, "Content-Length: 5\r\n") + "hel")
                    try await service.hasStarted()
                    // The connection before may not have ended yet.
                    try await service.admission.counts.settles(active: 1)
                    try await connection.send("lo")
                    try expectSuccess(try await connection.answer(), 5)
                }
            }
        }
        #expect(service.admission.counts.active == 0)
    }

    @Test func `an encoded body is refused`() async throws {
        let service = try StreamService.receiving("cat >/dev/null")
        let id = try await service.session(.receive)
        try await service.run { port in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(head(id, "Content-Length: 5\r\nContent-Encoding: gzip\r\n") + "hello")
                #expect(try await connection.answer()?.status == 415)
            }
        }
        #expect(service.replicator.started == 0)
    }
}
