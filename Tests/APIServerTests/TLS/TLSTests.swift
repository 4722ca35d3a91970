import NIOCore
import NIOSSL
import Testing

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private func health(port: Int, _ context: NIOSSLContext) async throws -> Int? {
        try await RawConnection.run(port: port, tls: context) { connection in
            try await connection.send(Request.get("/health"))
            return try await connection.answer()?.status
        }
    }

    private func expectHealth(port: Int, _ context: NIOSSLContext) async throws {
        let status = try await health(port: port, context)
        #expect(status == 200)
    }

    /// The end of a connection that got nothing, by an error or without.
    private func isRefused(port: Int, _ context: NIOSSLContext) async -> Bool {
        do {
            return try await health(port: port, context) == nil
        } catch {
            return true
        }
    }

    private func run(
        _ credentials: TLSCredentials,
        limits: HTTPLimits = HTTPLimits(),
        _ body: @Sendable (_ port: Int, _ counts: ConnectionCounts) async throws -> Void
    ) async throws {
        let admission = ConnectionAdmission(total: 100, perPeer: 100)
        let listener = HTTPListener.tcp(TCPListener(port: 0, tls: credentials))
        try await TestServer.run(limits: limits, listener: listener, admission: admission) { port, _ in
            try await body(port, admission.counts)
        }
        try await admission.counts.settles(active: 0)
    }

    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func `answers over TLS`(version: TLSVersion) async throws {
        let client = try TLSFixture.client(version: version)
        try await run(try TLSCredentials(TLSFixture.options())) { port, counts in
            try await RawConnection.run(port: port, tls: client) { connection in
                try await connection.send(Request.call("[1]") + Request.call("[2]", "Connection: close"))
                #expect(try await connection.answer()?.text == "[1]")
                #expect(try await connection.answer()?.text == "[2]")
                #expect(await connection.countToEnd() == 0)
            }
            #expect(counts.refused(.tls) == 0)
        }
    }

    @Test func `sends a large answer whole over TLS`() async throws {
        let client = try TLSFixture.client()
        let body = "[" + String(repeating: " ", count: 1 << 19) + "]"
        try await run(try TLSCredentials(TLSFixture.options())) { port, _ in
            try await RawConnection.run(port: port, tls: client) { connection in
                try await connection.send(Request.call(body, "Connection: close"))
                #expect(try await connection.answer()?.text == body)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test(arguments: [TLSVersion.tlsv1, .tlsv11])
    func `refuses old versions`(version: TLSVersion) async throws {
        let client = try TLSFixture.client(version: version)
        try await run(try TLSCredentials(TLSFixture.options())) { port, counts in
            #expect(await isRefused(port: port, client))
            try await counts.settles(failedHandshakes: 1)
        }
    }

    @Test(arguments: [Request.get("/health"), "\u{0}", "GARBAGE"])
    func `closes without an answer when TLS is not spoken`(text: String) async throws {
        let limits = HTTPLimits(handshakeTimeout: .milliseconds(500))
        try await run(try TLSCredentials(TLSFixture.options()), limits: limits) { port, counts in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(text)
                // At most an alert of TLS, which is 7 bytes.
                #expect(await connection.countToEnd() <= 7)
            }
            try await counts.settles(failedHandshakes: 1)
        }
    }

    @Test func `ends a handshake that does not go on`() async throws {
        let limits = HTTPLimits(handshakeTimeout: .milliseconds(300), headerTimeout: .seconds(60))
        try await run(try TLSCredentials(TLSFixture.options()), limits: limits) { port, counts in
            try await RawConnection.run(port: port) { connection in
                #expect(await connection.countToEnd() == 0)
            }
            try await counts.settles(failedHandshakes: 1)
        }
    }

    @Test func `asks for no certificate by default`() async throws {
        let client = try TLSFixture.client(certificate: "stranger")
        try await run(try TLSCredentials(TLSFixture.options())) { port, _ in
            try await expectHealth(port: port, client)
        }
    }

    @Test(
        arguments: [
            (TLSOptions.ClientCertificates.optional, nil, true), (.optional, "client", true),
            (.optional, "stranger", false),
            (.required, nil, false), (.required, "client", true), (.required, "stranger", false),
        ] as [(TLSOptions.ClientCertificates, String?, Bool)])
    func `checks the certificates of clients`(
        mode: TLSOptions.ClientCertificates,
        certificate: String?,
        isServed: Bool
    ) async throws {
        let client = try TLSFixture.client(certificate: certificate)
        try await run(try TLSCredentials(TLSFixture.options(clients: mode))) { port, counts in
            if isServed {
                try await expectHealth(port: port, client)
            } else {
                #expect(await isRefused(port: port, client))
            }
            try await counts.settles(failedHandshakes: isServed ? 0 : 1)
        }
    }

    @Test func `reads the names of a client's certificate`() throws {
        let client = try #require(try NIOSSLCertificate.fromPEMFile(TLSFixture.path("client.pem")).first)
        let names = try PeerCertificate(client)
        #expect(names.commonName == "client")
        #expect(names.alternativeNames == ["backup.example", "ops@example.org"])
        let plain = try #require(try NIOSSLCertificate.fromPEMFile(TLSFixture.path("stranger.pem")).first)
        #expect(try PeerCertificate(plain).alternativeNames.isEmpty)
    }

    @Test func `finds no name in bytes that are no certificate`() throws {
        let client = try #require(try NIOSSLCertificate.fromPEMFile(TLSFixture.path("client.pem")).first)
        let bytes = try client.toDERBytes()
        #expect(CertificateSubject.commonName(ofCertificate: bytes) == "client")
        for count in 0..<bytes.count {
            #expect(CertificateSubject.commonName(ofCertificate: Array(bytes[..<count])) == nil)
        }
        for huge in [[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0x80], [0x30, 0x83, 0xFF]] as [[UInt8]] {
            #expect(CertificateSubject.commonName(ofCertificate: huge) == nil)
        }
    }

    @Test func `new connections use new files, and broken ones change nothing`() async throws {
        let credentials = try TLSCredentials(TLSFixture.options())
        let client = try TLSFixture.client()
        try await run(credentials) { port, _ in
            #expect(try await serial(port: port, client) == serial(of: "server"))
            for broken in [
                TLSFixture.options("server2", key: "server"), TLSFixture.options("nothing", key: "server2"),
                TLSFixture.options("server2", key: "nothing"),
                TLSOptions(certificateFile: TLSFixture.path("server2.key"), keyFile: TLSFixture.path("server2.key")),
                TLSOptions(certificateFile: TLSFixture.path("server2.pem"), keyFile: TLSFixture.path("server2.pem")),
            ] {
                let error = #expect(throws: TLSError.self) { try credentials.reload(broken) }
                #expect(error?.description.contains("Fixtures/tls/") == true)
                #expect(try await serial(port: port, client) == serial(of: "server"))
            }
            try credentials.reload(TLSFixture.options("server2"))
            #expect(try await serial(port: port, client) == serial(of: "server2"))
            try credentials.reload()
            #expect(try await serial(port: port, client) == serial(of: "server2"))
            #expect(credentials.expiry > 4_000_000_000)
        }
    }

    private func serial(of name: String) throws -> [UInt8]? {
        try NIOSSLCertificate.fromPEMFile(TLSFixture.path(name + ".pem")).first?.serialNumber
    }

    private func serial(port: Int, _ context: NIOSSLContext) async throws -> [UInt8]? {
        try await RawConnection.run(port: port, tls: context) { connection in
            try await connection.send(Request.get("/health"))
            #expect(try await connection.answer()?.status == 200)
            return try await connection.serverCertificate()?.serialNumber
        }
    }
}
