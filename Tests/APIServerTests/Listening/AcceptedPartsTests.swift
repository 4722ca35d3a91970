import NIOCore
import NIOPosix
import Testing

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct AcceptedPartsTests {
    @Test func `closes a connection that nobody serves`() async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    AcceptedParts<ByteBuffer, ByteBuffer>(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
                }
            }
        let port = try #require(server.channel.localAddress?.port)
        let client = Task { try await RawConnection.run(port: port) { connection in await connection.countToEnd() } }
        try await server.executeThenClose { accepted in
            for try await _ in accepted { break }
        }
        let received = try await client.value
        #expect(received == 0)
    }
}
