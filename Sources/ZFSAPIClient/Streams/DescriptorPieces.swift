internal import Glibc
internal import NIOCore

/// The bytes of a descriptor, in pieces, and the way back.
///
/// Threads that wait and can be interrupted do the work.
struct DescriptorPieces: AsyncSequence, Sendable {
    private static let piece = 256 << 10

    let descriptor: Int32
    let counter: ByteCounter
    /// Ends a read that waits.
    let interruption: Interruption

    func makeAsyncIterator() -> Iterator { Iterator(source: self) }

    struct Iterator: AsyncIteratorProtocol {
        let source: DescriptorPieces

        mutating func next() async throws -> [UInt8]? {
            let source = source
            let bytes = try await TransferThread.run(source.interruption) { () throws(ClientError) in
                try source.read()
            }
            source.counter.add(bytes.count)
            return bytes.isEmpty ? nil : bytes
        }
    }

    /// What there is; nothing at the end.
    private func read() throws(ClientError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.piece)
        while true {
            _ = try DescriptorCondition.wait([.read(descriptor)], interruption)
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                bytes.removeLast(bytes.count - count)
                return bytes
            }
            guard errno == EINTR || errno == EAGAIN else { throw StreamMover.unreadable }
        }
    }

    /// Writes and empties a buffer.
    static func write(
        _ buffer: inout ByteBuffer, to descriptor: Int32, counting counter: ByteCounter
    ) async throws(ClientError) {
        guard buffer.readableBytes > 0 else { return }
        let whole = buffer
        buffer = ByteBuffer()
        let interruption = try Interruption()
        try await TransferThread.run(interruption) { () throws(ClientError) in
            var status = stat()
            let isPipe = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
            // A pipe that can be written takes so much without blocking.
            let longest = isPipe ? 4096 : 64 << 10
            var rest = whole
            while rest.readableBytes > 0 {
                _ = try DescriptorCondition.wait([.write(descriptor)], interruption)
                let count = unsafe rest.withUnsafeReadableBytes { bytes in
                    unsafe Glibc.write(descriptor, bytes.baseAddress, Swift.min(bytes.count, longest))
                }
                if count >= 0 {
                    rest.moveReaderIndex(forwardBy: count)
                } else if errno != EINTR && errno != EAGAIN {
                    throw StreamMover.unwritable
                }
            }
        }
        counter.add(whole.readableBytes)
    }
}
