internal import CLinux
internal import Glibc

/// Moves what the last process writes into a descriptor.
struct SinkPump {
    /// The most that one call moves: a whole pipe.
    private static let pieceBytes = 1 << 20
    /// The longest chunk of a framing.
    private static let chunkBytes = 16 << 20
    /// A chunk with fewer bytes than this is worth a moment's wait for more: each costs a mark and wakes the peer.
    private static let fairChunkBytes = 256 << 10
    /// That moment, in microseconds.
    private static let gathering: UInt32 = 100
    /// The buffer for a descriptor that splice(2) does not take, such as a file that is open for appending.
    private static let bufferBytes = 256 << 10

    let input: Descriptor
    let output: Descriptor
    let framing: StreamFraming
    var wait: PumpWait
    var allowance: Allowance

    private var isSocket = false
    private var pace: Pace?
    private var buffer: [UInt8] = []
    /// What is left to move once nobody who counts writes any more.
    private var drainLeft: Int?

    init(
        from input: Descriptor, to output: Descriptor, _ framing: StreamFraming, _ wait: PumpWait,
        _ allowance: Allowance
    ) {
        self.input = input
        self.output = output
        self.framing = framing
        self.wait = wait
        self.allowance = allowance
    }

    /// Moves bytes until the input ends.
    mutating func run() throws {
        let mode = SocketMode(output)
        defer { mode.restore() }
        isSocket = mode.isSocket
        // A reader may pause for as long as streams may stall; `PumpWait` looks for one that is gone.
        if isSocket { _ = clinux_limit_unanswered(output.number, 0) }
        defer { if isSocket { _ = clinux_limit_unanswered(output.number, 1) } }
        if framing == .none { pace = Pace(from: input, to: output) }
        while !isDrained() {
            try wait.check()
            let most = try allowance.next(&wait)
            if most == 0 {
                if try input.hasEndedAtLimit(&wait, as: .sender) { return }
                continue
            }
            let isOver = framing == .none ? try movePiece(most) : try moveChunk(most)
            if isOver { return }
        }
    }

    /// Whether the pump was told to drain, and has: a process that left its group may hold the pipe open for ever.
    private mutating func isDrained() -> Bool {
        guard wait.signal.isDraining else { return false }
        if drainLeft == nil { drainLeft = input.available }
        return drainLeft ?? 0 <= 0
    }

    private mutating func note(_ bytes: Int) {
        wait.noteProgress()
        allowance.take(bytes)
        pace?.take(bytes)
        if let left = drainLeft { drainLeft = left - bytes }
    }

    /// Moves once, or waits; whether the input has ended.
    private mutating func movePiece(_ most: Int) throws -> Bool {
        if !buffer.isEmpty { return try copyPiece(most) }
        guard let moved = try splice(most, more: false) else { return false }
        return moved == 0
    }

    /// The bytes that were moved; nil after a wait.
    private mutating func splice(_ most: Int, more: Bool) throws -> Int? {
        let moved = clinux_splice(input.number, output.number, min(most, Self.pieceBytes), more ? 1 : 0)
        if moved >= 0 {
            note(moved)
            return moved
        }
        switch errno {
        case EAGAIN:
            try waitForBoth()
        case EINVAL where buffer.isEmpty:
            buffer = [UInt8](repeating: 0, count: Self.bufferBytes)
        case let number:
            throw StreamError.sinkFailed(errno: number)
        }
        return nil
    }

    private mutating func waitForBoth() throws {
        if let time = pace?.pause(at: .now) {
            return try wait.sleep(time, as: input.available == 0 ? .sender : .network)
        }
        let result = try wait.wait(reading: input.number, as: .sender, writing: output.number, as: .network)
        if result == .broken { throw StreamError.sinkFailed(errno: EPIPE) }
    }

    private mutating func read(_ most: Int) -> Int {
        let number = input.number
        return unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, most) }
    }

    /// As `movePiece`, through user space.
    private mutating func copyPiece(_ most: Int) throws -> Bool {
        let count = read(min(most, Self.bufferBytes))
        if count == 0 { return true }
        guard count > 0 else {
            if errno != EAGAIN { throw StreamError.sinkFailed(errno: errno) }
            try waitForBoth()
            return false
        }
        let piece = buffer[..<count]
        try write(piece, more: false)
        note(count)
        return false
    }

    /// Moves one chunk with its marks, or waits; whether the input has ended.
    private mutating func moveChunk(_ most: Int) throws -> Bool {
        var available = input.available
        if available == 0 {
            let result = try wait.wait(for: input.number, watching: output.number, as: .sender)
            if result == .broken { throw StreamError.sinkFailed(errno: EPIPE) }
            if result == .woken { return false }
            available = input.available
            // Ready without bytes is the end.
            if available == 0 { return true }
        }
        var left = min(gather(available, upTo: most), Self.chunkBytes)
        wait.isWithinChunk = true
        try write(header(left), more: true)
        while left > 0 {
            if buffer.isEmpty {
                left -= try splice(left, more: framing == .chunked) ?? 0
            } else {
                let count = read(min(left, Self.bufferBytes))
                guard count > 0 else { throw StreamError.sinkFailed(errno: EIO) }
                try write(buffer[..<count], more: true)
                note(count)
                left -= count
            }
        }
        if framing == .chunked { try write([0x0D, 0x0A], more: false) }
        wait.isWithinChunk = false
        return false
    }

    /// Waits for a fair chunk as long as the sender writes, 1 ms at most; gives what is there then.
    private func gather(_ available: Int, upTo most: Int) -> Int {
        var available = available
        var turns = 0
        while available < min(most, Self.fairChunkBytes), turns < 10 {
            turns += 1
            usleep(Self.gathering)
            let more = input.available
            if more == available { break }
            available = more
        }
        return min(available, most)
    }

    private func header(_ count: Int) -> ArraySlice<UInt8> {
        switch framing {
        case .none: []
        case .lengthPrefixed: (0..<8).map { UInt8(truncatingIfNeeded: count >> (56 - 8 * $0)) }[...]
        case .chunked: Array((String(count, radix: 16) + "\r\n").utf8)[...]
        }
    }

    /// Writes all of it.
    private mutating func write(_ bytes: ArraySlice<UInt8>, more: Bool) throws {
        var rest = bytes
        while !rest.isEmpty {
            // What is no socket may block when it has no room; a pipe that is ready has room for a mark.
            if !isSocket { _ = try wait.wait(for: output.number, writing: true, as: .network) }
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe clinux_send(output.number, bytes.baseAddress, bytes.count, more ? 1 : 0)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
                wait.noteProgress()
            } else if errno == EAGAIN {
                _ = try wait.wait(for: output.number, writing: true, as: .network)
            } else {
                throw StreamError.sinkFailed(errno: errno)
            }
        }
    }
}
