internal import CLinux
internal import Glibc

/// Moves what a descriptor gives into the first process.
struct SourcePump {
    /// The most that one call moves: a whole pipe.
    private static let pieceBytes = 1 << 20
    /// The buffer for a descriptor that splice(2) does not take.
    private static let bufferBytes = 256 << 10

    let input: Descriptor
    let feed: Feed
    var wait: PumpWait
    var allowance: Allowance

    private var buffer: [UInt8] = []

    init(from input: Descriptor, to feed: Feed, _ wait: PumpWait, _ allowance: Allowance) {
        self.input = input
        self.feed = feed
        self.wait = wait
        self.allowance = allowance
    }

    /// Moves bytes until the source ends, then lets the process see that.
    mutating func run() throws -> PumpThread.Outcome {
        let mode = SocketMode(input)
        defer { mode.restore() }
        while true {
            try wait.check()
            let most = try allowance.next(&wait)
            if most == 0 {
                guard try input.hasEndedAtLimit(&wait, as: .network) else { continue }
                feed.close()
                return .ended
            }
            switch try move(most) {
            case .bytes, .nothing: continue
            case .receiverGone: return .receiverGone
            case .end:
                feed.close()
                return .ended
            }
        }
    }

    /// What came of one move.
    enum Moved {
        case bytes(Int)
        /// It had to wait.
        case nothing
        /// The source has no more.
        case end
        /// The process that reads is gone.
        case receiverGone
    }

    /// Moves once, or waits.
    mutating func move(_ most: Int) throws -> Moved {
        buffer.isEmpty ? try splice(most) : try copy(most)
    }

    private mutating func splice(_ most: Int) throws -> Moved {
        let moved = clinux_splice(input.number, feed.number, min(most, Self.pieceBytes), 0)
        if moved > 0 {
            wait.noteProgress()
            allowance.take(moved)
            return .bytes(moved)
        }
        if moved == 0 { return .end }
        switch errno {
        case EAGAIN:
            let result = try wait.wait(reading: input.number, as: .network, writing: feed.number, as: .receiver)
            return result == .broken ? .receiverGone : .nothing
        case EPIPE:
            return .receiverGone
        case EINVAL:
            buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
            return .nothing
        case let number:
            throw StreamError.sourceFailed(errno: number)
        }
    }

    private mutating func copy(_ most: Int) throws -> Moved {
        if try wait.wait(for: input.number, watching: feed.number, as: .network) == .broken { return .receiverGone }
        let number = input.number
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe Glibc.read(number, bytes.baseAddress, min(most, bytes.count))
        }
        if count == 0 { return .end }
        guard count > 0 else {
            if errno == EAGAIN || errno == EINTR { return .nothing }
            throw StreamError.sourceFailed(errno: errno)
        }
        guard try feed.write(buffer[..<count], &wait) else { return .receiverGone }
        allowance.take(count)
        return .bytes(count)
    }
}

extension Feed {
    /// Writes all of it; whether there is still somebody to read it.
    func write(_ bytes: ArraySlice<UInt8>, _ wait: inout PumpWait) throws -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            try wait.check()
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
                wait.noteProgress()
            } else if errno == EAGAIN {
                _ = try wait.wait(for: number, writing: true, as: .receiver)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
