import AsyncZFSExecutor
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import ZFSCommandBuilder
import ZFSRPC
import ZFSReplication

/// One transfer by HTTP, from its right to its answer.
///
/// What is sent on a plain connection goes past NIO, which writes the head before it and the last chunk behind it and sees
/// meanwhile whether the client is still there. For what is received such a connection leaves NIO for good. Under TLS, NIO has
/// the bytes.
struct HTTPStream: Sendable {
    /// The most bytes of one write under TLS (RFC 8446, section 5.1), so that a slow client is seen to read.
    private static let recordBytes = 16 << 10
    private static let continuation = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    /// How long a client may take nothing of an answer that fits into its connection.
    private static let patience = Duration.seconds(60)
    /// How long the rest of what a client sends is read and dropped.
    private static let drain = Duration.seconds(2)

    let handler: RequestHandler
    let exchange: Exchange
    let transfers: Transfers
    let grant: TransferGrant
    let route: TransferRoute
    let outbound: HTTPConnection.Outbound

    /// Answers with what is sent.
    /// - Throws: ``StreamCut`` when it broke off after its first byte; the connection ends with it.
    func send(_ request: SendRequest) async throws {
        let start = StartMark()
        let outcome: SendOutcome
        do throws(RPCError) {
            outcome = try await transfers.send(grant, by: route, to: await sink()) { [self] _ in
                do {
                    // It has gone to the kernel when this returns.
                    try await outbound.channel.writeAndFlush(HTTPServerResponsePart.head(head(of: request)))
                } catch {
                    throw StreamError.sinkFailed(errno: EPIPE)
                }
                start.hasStarted.store(true, ordering: .relaxed)
            }
        } catch {
            guard start.hasStarted.load(ordering: .relaxed) else {
                try await handler.send(handler.answer(to: error, exchange), for: exchange, outbound: outbound)
                return
            }
            handler.log(exchange, status: .ok, bytes: 0)
            await StreamCut.prepare(outbound.channel)
            throw StreamCut()
        }
        guard start.hasStarted.load(ordering: .relaxed) else {
            let error = RPCError(.sendFailed, "nothing_sent", "zfs send ended well, but without a byte")
            try await handler.send(handler.answer(to: error, exchange), for: exchange, outbound: outbound)
            return
        }
        try await outbound.write(.end(nil))
        handler.log(exchange, status: .ok, bytes: Int(clamping: outcome.bytes))
    }

    /// Takes the body of the request for the stream, and answers what came of it.
    ///
    /// When the transfer ends before the body does, the answer goes out at once; what still comes is read for a moment and
    /// dropped, so that it is not lost. A plain connection ends with the stream.
    func receive(_ request: ReceiveRequest, parts: inout HTTPConnection.Inbound.AsyncIterator) async throws {
        if let (connection, begun) = try await outbound.takeConnection() {
            await receive(request, over: connection, begun)
        } else {
            try await relay(request, parts: &parts)
        }
    }

    private func receive(_ request: ReceiveRequest, over connection: PlainTransferConnection, _ begun: [UInt8]) async {
        let length = exchange.head.headers.first(name: "content-length").flatMap { UInt64($0) }
        let body = MessageBody(socket: connection.socket, begun: begun, length: length)
        let result = await connection.endingWithClient {
            do throws(RPCError) {
                let outcome = try await transfers.receive(grant, by: route, from: .body(body)) { _ in
                    if isContinueExpected { try await connection.write(Self.continuation, until: .now + Self.patience) }
                }
                return Result<ReceiveOutcome, RPCError>.success(outcome)
            } catch {
                return .failure(error)
            }
        }
        let answer = self.answer(request, result)
        await connection.end(drain: Self.drain) {
            try await connection.write(handler.lastAnswer(answer, for: exchange), until: .now + Self.patience)
        }
        handler.log(exchange, status: answer.status, bytes: answer.body.count)
    }

    /// Takes the body from the channel, for it is encrypted.
    private func relay(_ request: ReceiveRequest, parts: inout HTTPConnection.Inbound.AsyncIterator) async throws {
        let relay = BodyRelay()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                let result: Result<ReceiveOutcome, RPCError>
                do throws(RPCError) {
                    result = .success(
                        try await transfers.receive(
                            grant, by: route, from: .reader { try await relay.next() }
                        ) { _ in
                            guard isContinueExpected else { return }
                            try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
                        })
                } catch {
                    result = .failure(error)
                }
                relay.close()
                // Who broke off has nothing to read any more, or is told what was wrong with the request.
                if !relay.isCut {
                    try await handler.send(answer(request, result), for: exchange, outbound: outbound)
                }
            }
            do {
                try await feed(relay, parts: &parts)
            } catch {
                relay.cut()
                throw error
            }
            try await tasks.waitForAll()
        }
    }

    private var isContinueExpected: Bool {
        exchange.head.headers.contains(name: "Expect") && exchange.head.version.minor == 1
    }

    private func answer(_ request: ReceiveRequest, _ result: Result<ReceiveOutcome, RPCError>) -> Answer {
        switch result {
        case .success(let outcome): Answer(.ok, body: Self.document(request, outcome))
        case .failure(let error): handler.answer(to: error, exchange)
        }
    }

    private func feed(_ relay: BodyRelay, parts: inout HTTPConnection.Inbound.AsyncIterator) async throws {
        while let part = try await parts.next(isolation: #isolation) {
            switch part {
            case .body(let buffer): await relay.give(Array(buffer.readableBytesView)[...])
            case .end:
                relay.end()
                return
            case .head:
                relay.cut()
                return
            }
        }
        relay.cut()
    }

    /// Where the bytes go: the socket itself, or NIO under TLS.
    private func sink() async -> StreamSink {
        let channel = outbound.channel
        if !exchange.peer.isEncrypted, let socket = await Self.duplicateSocket(of: channel) {
            return .descriptor(socket, framing: .chunked)
        }
        return .writer { [outbound] bytes in
            var rest = bytes
            while !rest.isEmpty {
                do {
                    try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: rest.prefix(Self.recordBytes)))))
                } catch {
                    throw StreamError.sinkFailed(errno: EPIPE)
                }
                rest = rest.dropFirst(Self.recordBytes)
            }
        }
    }

    /// A second descriptor of the connection's socket; nil when the connection is gone or there are no more descriptors.
    private static func duplicateSocket(of channel: any Channel) async -> Descriptor? {
        (try? await channel.eventLoop.submit { Descriptor.duplicate(of: channel) }.get()).flatMap { $0 }
    }

    /// Every text in it was checked against the rules of names, which allow no quote, line break or control character.
    private func head(of request: SendRequest) -> HTTPResponseHead {
        var head = handler.head(.ok, contentType: "application/octet-stream", length: nil, for: exchange)
        let file = request.snapshot.text.split(separator: "/").joined(separator: "_")
        head.headers.add(name: "Content-Disposition", value: "attachment; filename=\"\(file).zfs\"")
        head.headers.add(name: "X-ZFS-Dataset", value: request.snapshot.dataset.text)
        head.headers.add(name: "X-ZFS-Snapshot", value: request.snapshot.component.text)
        head.headers.add(name: "Transfer-Encoding", value: "chunked")
        return head
    }

    private static func document(_ request: ReceiveRequest, _ outcome: ReceiveOutcome) -> [UInt8] {
        let seconds = outcome.duration / .seconds(1)
        let rate = seconds > 0 ? Double(outcome.bytes) / 1_000_000 / seconds : 0
        return JSONValue.object([
            JSONMember("success", true),
            JSONMember("bytes_received", .number(String(outcome.bytes))),
            JSONMember("dataset", .string(request.dataset.text)),
            JSONMember("duration", .number(rounded(seconds))),
            JSONMember("rate_mbps", .number(rounded(rate))),
            JSONMember("snapshots", .array(outcome.snapshots.map { .string($0.text) })),
        ]).encoded
    }

    /// Whether the head has gone out.
    private final class StartMark: Sendable {
        let hasStarted = Atomic<Bool>(false)
    }

    private static func rounded(_ number: Double) -> String {
        String((number * 1000).rounded() / 1000)
    }
}
