import APIServer
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing
import ZFSRPC

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct TransferTLSTests {
    private static func run(
        _ replicator: StubReplicator,
        _ body: @Sendable (TransferServer, EncryptedTransferConnection) async throws -> Void
    ) async throws {
        let tls = try TLSCredentials(TLSFixture.options())
        try await TransferServer.run(replicator, on: .tcp(TCPListener(port: 0, tls: tls))) { server in
            guard case .tcp(let port) = server.place else { return }
            let context = try TLSFixture.client()
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                        try channel.pipeline.syncOperations.addHandler(handler)
                        return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                            wrappingChannelSynchronously: channel,
                            configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true))
                    }
                }
            try await channel.executeThenClose { inbound, outbound in
                let client = EncryptedTransferConnection(
                    channel: channel.channel, inbound: inbound, outbound: outbound)
                try await body(server, client)
            }
        }
    }

    private static var deadline: ContinuousClock.Instant { .now + .seconds(20) }

    private static func message(_ client: EncryptedTransferConnection) async throws -> JSONValue {
        let length = try await client.read(4, until: deadline).reduce(0) { $0 << 8 | Int($1) }
        return try JSONParser.parse(try await client.read(length, until: deadline))
    }

    @Test func `sends over TLS`() async throws {
        let bytes = StreamStub.bytes(1_000_001)
        try await Self.run(StreamStub.sender(bytes)) { server, client in
            let token = try await server.token(to: .send)
            try await client.write(TransferMessage.bytes(UInt32(64)) + Array(token.utf8), until: Self.deadline)
            #expect(try await Self.message(client)["status"] == "started")
            var received: [UInt8] = []
            while true {
                let length = try await client.read(8, until: Self.deadline).reduce(0) { $0 << 8 | Int($1) }
                if length == 0 { break }
                received += try await client.read(length, until: Self.deadline)
            }
            #expect(received == bytes)
        }
    }

    @Test func `receives over TLS to the client's close_notify, and answers behind it`() async throws {
        let bytes = StreamStub.bytes(1_000_001)
        let received = Box<[UInt8]>([])
        try await Self.run(StreamStub.receiver { received.value = $0 }) { server, client in
            let token = try await server.token(to: .receive)
            try await client.write(
                TransferMessage.bytes(UInt32(64)) + Array(token.utf8) + bytes, until: Self.deadline)
            client.endOutput()
            #expect(try await Self.message(client)["status"] == "started")
            #expect(try await Self.message(client)["status"] == "completed")
            #expect(received.value == bytes)
        }
    }

    @Test func `cuts plain text and silence`() async throws {
        let tls = try TLSCredentials(TLSFixture.options())
        let limits = TransferLimits(handshakeTimeout: .milliseconds(300))
        try await TransferServer.run(on: .tcp(TCPListener(port: 0, tls: tls)), limits: limits) { server in
            let plain = try TransferClient(server.place)
            try await plain.send([0, 0, 0, 1, 0, 0, 0, 0])
            _ = try await plain.rest()
            let silent = try TransferClient(server.place)
            #expect(try await silent.rest().bytes == [])
            try await server.settles()
        }
    }
}
