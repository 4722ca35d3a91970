internal import CLinux
internal import Glibc

/// Moves the bytes of a stream between a transfer socket and a descriptor of the caller: by splice(2) where that is a pipe,
/// so that they are not copied, and else with a large buffer.
struct StreamMover: ~Copyable {
    /// How much is moved at once, and how large a pipe is made.
    private static let piece = 1 << 20

    private let descriptor: Int32
    private let counter: ByteCounter
    private var canSplice: Bool
    private var buffer: [UInt8] = []

    init(_ descriptor: Int32, counting counter: ByteCounter) {
        self.descriptor = descriptor
        self.counter = counter
        var status = stat()
        canSplice = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
        // Fewer wakeups; a pipe that may not grow is used as it is.
        if canSplice { clinux_set_pipe_size(descriptor, Int32(Self.piece)) }
    }

    /// Moves so many bytes from the socket to the descriptor.
    mutating func take(_ count: Int, from socket: borrowing TransferSocket) throws(ClientError) {
        var left = count
        while left > 0 {
            let moved = canSplice ? try splice(left, from: socket) : try copy(left, from: socket)
            left -= moved
            counter.add(moved)
        }
    }

    /// Moves all bytes of the descriptor to the socket.
    /// - Returns: Whether its end was reached; else the daemon wants no more, and its answer says why.
    mutating func giveAll(to socket: borrowing TransferSocket) throws(ClientError) -> Bool {
        while true {
            if Self.hasEnded(socket) { return false }
            guard let moved = canSplice ? try splice(to: socket) : try copy(to: socket) else { return false }
            if moved == 0 { return true }
            counter.add(moved)
        }
    }

    private mutating func splice(_ count: Int, from socket: borrowing TransferSocket) throws(ClientError) -> Int {
        let moved = clinux_splice(socket.descriptor, descriptor, count, 0)
        if moved > 0 { return moved }
        guard moved < 0 else { throw Self.cut }
        switch errno {
        case EAGAIN, EINTR:
            let isReadable = DescriptorCondition.read(socket.descriptor).holds
            try socket.wait(isReadable ? .write(descriptor) : .read(socket.descriptor))
        case EINVAL: canSplice = false
        case EPIPE: throw Self.unwritable
        default: throw Self.cut
        }
        return 0
    }

    private mutating func copy(_ count: Int, from socket: borrowing TransferSocket) throws(ClientError) -> Int {
        if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: Self.piece) }
        let wanted = min(count, Self.piece)
        let length = unsafe buffer.withUnsafeMutableBytes { unsafe read(socket.descriptor, $0.baseAddress, wanted) }
        guard length > 0 else {
            guard length < 0, errno == EAGAIN || errno == EINTR else { throw Self.cut }
            try socket.wait(.read(socket.descriptor))
            return 0
        }
        var written = 0
        while written < length {
            let result = unsafe buffer.withUnsafeBytes { bytes in
                unsafe write(descriptor, bytes.baseAddress.map { unsafe $0 + written }, length - written)
            }
            if result > 0 {
                written += result
            } else if errno == EAGAIN || errno == EINTR {
                try socket.wait(.write(descriptor))
            } else {
                throw Self.unwritable
            }
        }
        return length
    }

    /// Whether the daemon takes no more: nothing is said before the end unless the receive has failed, and a connection that
    /// has ended can be read as well.
    private static func hasEnded(_ socket: borrowing TransferSocket) -> Bool {
        DescriptorCondition.read(socket.descriptor).holds
    }

    private mutating func splice(to socket: borrowing TransferSocket) throws(ClientError) -> Int? {
        while true {
            let moved = clinux_splice(descriptor, socket.descriptor, Self.piece, 0)
            if moved >= 0 { return moved }
            switch errno {
            case EAGAIN, EINTR:
                if DescriptorCondition.read(descriptor).holds {
                    try socket.wait(.write(socket.descriptor), .read(socket.descriptor))
                } else {
                    try socket.wait(.read(descriptor), .read(socket.descriptor))
                }
                if Self.hasEnded(socket) { return nil }
            case EINVAL:
                canSplice = false
                return try copy(to: socket)
            default: return nil
            }
        }
    }

    private mutating func copy(to socket: borrowing TransferSocket) throws(ClientError) -> Int? {
        if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: Self.piece) }
        var length = -1
        while length < 0 {
            try socket.wait(.read(descriptor), .read(socket.descriptor))
            if Self.hasEnded(socket) { return nil }
            guard DescriptorCondition.read(descriptor).holds else { continue }
            length = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if length < 0, errno != EAGAIN, errno != EINTR { throw Self.unreadable }
        }
        var written = 0
        while written < length {
            let result = unsafe buffer.withUnsafeBytes { bytes in
                unsafe clinux_send(
                    socket.descriptor, bytes.baseAddress.map { unsafe $0 + written }, length - written, 0)
            }
            if result > 0 {
                written += result
            } else if errno == EAGAIN || errno == EINTR {
                try socket.wait(.write(socket.descriptor), .read(socket.descriptor))
                if Self.hasEnded(socket) { return nil }
            } else {
                return nil
            }
        }
        return length
    }

    static var cut: ClientError {
        ClientError(.streamCut, "the stream broke off; take nothing of it for whole", reason: "stream_cut")
    }

    static var unwritable: ClientError {
        ClientError(
            .streamCut, "the stream can not be written: \(SystemMessage.last); take nothing of it for whole",
            reason: "output_failed")
    }

    static var unreadable: ClientError {
        ClientError(.streamCut, "the stream can not be read: \(SystemMessage.last)", reason: "input_failed")
    }
}
