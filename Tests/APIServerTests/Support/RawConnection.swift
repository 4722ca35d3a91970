import NIOCore
import NIOPosix

/// A client connection that sends exactly the bytes it is told to.
struct RawConnection {
    private var parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received: [UInt8] = []

    /// Connects to the port, runs the body and closes.
    static func run<Result: Sendable>(
        port: Int,
        _ body: @Sendable (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: NIOAsyncChannel.Configuration(isOutboundHalfClosureEnabled: true)
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(parts: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    private init(
        parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.parts = parts
        self.outbound = outbound
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Sends the end of our side; the other side may go on.
    func halfClose() {
        outbound.finish()
    }

    /// The next answer, or nil when the server ended the connection.
    mutating func answer(hasBody: Bool = true) async throws -> TestAnswer? {
        var head: [Substring] = []
        while true {
            if let end = received.firstRange(of: Array("\r\n\r\n".utf8)) {
                let text = String(decoding: received[..<end.lowerBound], as: UTF8.self)
                head = text.split(separator: "\r\n")
                received.removeSubrange(..<end.upperBound)
                break
            }
            guard try await readMore() else { return nil }
        }
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            headers[pair[0].lowercased()] = String(pair[1].drop { $0 == " " })
        }
        let length = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
        while received.count < length {
            guard try await readMore() else { return nil }
        }
        let body = Array(received[..<length])
        received.removeSubrange(..<length)
        let status = head[0].split(separator: " ")[1]
        return TestAnswer(status: Int(status) ?? 0, headers: headers, body: body)
    }

    /// Reads and drops until the server ends the connection, and counts the bytes; a reset is an end too.
    mutating func countToEnd() async -> Int {
        var count = received.count
        received = []
        while (try? await readMore()) == true {
            count += received.count
            received = []
        }
        return count
    }

    private mutating func readMore() async throws -> Bool {
        guard let buffer = try await parts.next(isolation: #isolation) else { return false }
        received.append(contentsOf: buffer.readableBytesView)
        return true
    }
}
