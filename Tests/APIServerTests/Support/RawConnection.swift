import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// A client connection that sends exactly the bytes it is told to.
struct RawConnection {
    private let channel: any Channel
    private var parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var received: [UInt8] = []

    /// Connects to the port, runs the body and closes.
    static func run<Result: Sendable>(
        port: Int,
        host: String = "127.0.0.1",
        tls: NIOSSLContext? = nil,
        _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await bootstrap.connect(host: host, port: port) { setUp($0, tls: tls) }
        return try await run(channel, body)
    }

    /// Connects to a Unix socket, runs the body and closes.
    static func run<Result: Sendable>(
        unix path: String,
        _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        try await run(try await bootstrap.connect(unixDomainSocketPath: path) { setUp($0, tls: nil) }, body)
    }

    private static var bootstrap: ClientBootstrap {
        ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
    }

    private static func setUp(
        _ channel: any Channel,
        tls: NIOSSLContext?
    ) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> {
        channel.eventLoop.makeCompletedFuture {
            if let tls {
                let handler = try NIOSSLClientHandler(context: tls, serverHostname: "localhost")
                try channel.pipeline.syncOperations.addHandler(handler)
            }
            return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                wrappingChannelSynchronously: channel,
                configuration: NIOAsyncChannel.Configuration(
                    // Two reads may wait, so that a test that does not read makes the server wait.
                    backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2),
                    isOutboundHalfClosureEnabled: true
                )
            )
        }
    }

    private static func run<Result: Sendable>(
        _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
        _ body: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(
                channel: channel.channel,
                parts: inbound.makeAsyncIterator(),
                outbound: outbound
            )
            return try await body(&connection)
        }
    }

    private init(
        channel: any Channel,
        parts: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.channel = channel
        self.parts = parts
        self.outbound = outbound
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Sends from another task.
    var sender: NIOAsyncChannelOutboundWriter<ByteBuffer> { outbound }

    func serverCertificate() async throws -> NIOSSLCertificate? {
        try await channel.nioSSL_peerCertificate().get()
    }

    /// Sends the end of our side; the other side may go on.
    func halfClose() {
        outbound.finish()
    }

    /// Ends the connection at once, with a reset if told.
    func close(reset: Bool) async throws {
        if reset {
            let options = channel as? any SocketOptionProvider
            try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.close()
    }

    /// The next answer that is no interim one (RFC 9110, section 15.2), or nil when the server ended the connection.
    mutating func finalAnswer() async throws -> TestAnswer? {
        while let answer = try await answer(hasBody: true) {
            if answer.status >= 200 { return answer }
        }
        return nil
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

    /// The size of a body in chunks (RFC 9112, section 7.1), the sum of its bytes, and whether it has its last chunk.
    ///
    /// - Parameter pause: Waits so long before each read.
    mutating func chunkedBody(pause: Duration = .zero) async -> (count: Int, sum: Int, isWhole: Bool) {
        var (count, sum) = (0, 0)
        while let end = await index(ofLineEndFrom: 0, pause) {
            guard let size = Int(String(decoding: received[..<end], as: UTF8.self), radix: 16) else { break }
            while received.count < end + 2 + size + 2 {
                guard (try? await readMore(pause)) == true else {
                    return (count + max(0, min(size, received.count - end - 2)), sum, false)
                }
            }
            for byte in received[(end + 2)..<(end + 2 + size)] { sum += Int(byte) }
            count += size
            received.removeSubrange(..<(end + 2 + size + 2))
            if size == 0 { return (count, sum, true) }
        }
        return (count, sum, false)
    }

    private mutating func index(ofLineEndFrom start: Int, _ pause: Duration) async -> Int? {
        while true {
            if let end = received[start...].firstRange(of: [0x0D, 0x0A]) { return end.lowerBound }
            guard (try? await readMore(pause)) == true else { return nil }
        }
    }

    private mutating func readMore(_ pause: Duration) async throws -> Bool {
        if pause > .zero { try await Task.sleep(for: pause) }
        return try await readMore()
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
