internal import Glibc
internal import NIOCore
internal import NIOPosix

/// The bytes of a descriptor, in pieces, and the way back.
///
/// Threads that may block do the work.
struct DescriptorPieces: AsyncSequence, Sendable {
    private static let piece = 256 << 10

    let descriptor: Int32
    let counter: ByteCounter

    func makeAsyncIterator() -> Iterator { Iterator(source: self) }

    struct Iterator: AsyncIteratorProtocol {
        let source: DescriptorPieces

        mutating func next() async throws -> [UInt8]? {
            let descriptor = source.descriptor
            let bytes = try await NIOThreadPool.singleton.runIfActive {
                var bytes = [UInt8](repeating: 0, count: piece)
                let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                    var count = -1
                    repeat {
                        count = unsafe read(descriptor, buffer.baseAddress, buffer.count)
                    } while count < 0 && errno == EINTR
                    return count
                }
                guard count >= 0 else { throw StreamMover.unreadable }
                bytes.removeLast(bytes.count - count)
                return bytes
            }
            source.counter.add(bytes.count)
            return bytes.isEmpty ? nil : bytes
        }
    }

    /// Writes and empties a buffer.
    static func write(
        _ buffer: inout ByteBuffer, to descriptor: Int32, counting counter: ByteCounter
    ) async throws(ClientError) {
        let whole = buffer
        buffer = ByteBuffer()
        do {
            try await NIOThreadPool.singleton.runIfActive {
                var rest = whole
                while rest.readableBytes > 0 {
                    let count = unsafe rest.withUnsafeReadableBytes { bytes in
                        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                    }
                    if count >= 0 {
                        rest.moveReaderIndex(forwardBy: count)
                    } else if errno != EINTR {
                        throw StreamMover.unwritable
                    }
                }
            }
        } catch let error as ClientError {
            throw error
        } catch {
            throw ClientError(.cancelled, "the transfer was cancelled", reason: "cancelled")
        }
        counter.add(whole.readableBytes)
    }
}
