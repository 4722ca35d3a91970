internal import Glibc

/// Moves the content of an HTTP message into the first process.
struct BodyPump {
    /// The most that is looked at of what stands between two chunks.
    private static let markBytes = 256

    private let socket: Descriptor
    private let feed: Feed
    /// What was read of the body already.
    private var begun: ArraySlice<UInt8>
    private var framing: BodyFraming
    private var pump: SourcePump

    init(_ body: MessageBody, to feed: Feed, _ wait: PumpWait, _ allowance: Allowance) {
        socket = body.socket
        self.feed = feed
        begun = body.begun[...]
        framing = BodyFraming(length: body.length)
        pump = SourcePump(from: body.socket, to: feed, wait, allowance)
    }

    /// Moves bytes until the body is whole, then lets the process see that.
    mutating func run() throws -> PumpThread.Outcome {
        let mode = SocketMode(socket)
        defer { mode.restore() }
        while true {
            try pump.wait.check()
            switch framing.next {
            case .end:
                feed.close()
                return .ended
            case .marks: try takeMarks()
            case .content(let left):
                let most = min(left, try pump.allowance.next(&pump.wait))
                if most == 0 { throw StreamError.tooLong(limit: pump.wait.control.byteLimit ?? 0) }
                switch begun.isEmpty ? try pump.move(most) : try moveBegun(most) {
                case .bytes(let count): framing.takeContent(count)
                case .nothing: break
                case .receiverGone: return .receiverGone
                case .end: throw StreamError.sourceEnded
                }
            }
        }
    }

    private mutating func moveBegun(_ most: Int) throws -> SourcePump.Moved {
        let piece = begun.prefix(most)
        guard try feed.write(piece, &pump.wait) else { return .receiverGone }
        pump.allowance.take(piece.count)
        begun = begun.dropFirst(piece.count)
        return .bytes(piece.count)
    }

    private mutating func takeMarks() throws {
        if !begun.isEmpty {
            begun = begun.dropFirst(try framing.takeMarks(begun))
            return
        }
        // What is content must stay in the socket, so that the kernel can move it.
        var bytes = [UInt8](repeating: 0, count: Self.markBytes)
        let seen = receive(&bytes, flags: Int32(MSG_PEEK))
        guard seen > 0 else {
            if seen == 0 { throw StreamError.sourceEnded }
            if errno != EAGAIN, errno != EINTR { throw StreamError.sourceFailed(errno: errno) }
            _ = try pump.wait.wait(for: socket.number, as: .network)
            return
        }
        let marks = try framing.takeMarks(bytes[..<seen])
        bytes.removeLast(bytes.count - marks)
        guard receive(&bytes, flags: 0) == marks else { throw StreamError.sourceFailed(errno: errno) }
        pump.wait.noteProgress()
    }

    private func receive(_ bytes: inout [UInt8], flags: Int32) -> Int {
        let number = socket.number
        return unsafe bytes.withUnsafeMutableBytes { unsafe recv(number, $0.baseAddress, $0.count, flags) }
    }
}
