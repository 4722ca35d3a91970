internal import CLinux
internal import Glibc

/// A file descriptor that closes itself when nobody uses it any more.
public final class Descriptor: Sendable {
    /// Its number in this process.
    public let number: Int32

    /// Takes a descriptor over; nobody else may close it.
    public init(owning number: Int32) {
        self.number = number
    }

    deinit {
        Glibc.close(number)
    }

    /// Makes reads from this end answer at once; the other end of a pipe is a description of its own and still blocks.
    func makeNonblocking() throws(ExecutionError) {
        guard clinux_set_nonblocking(number) == 0 else { throw .system(call: "fcntl", errno: errno) }
    }

    /// What one read gave.
    enum Reading {
        case bytes(Int)
        case wouldBlock
        case end
    }

    /// Reads once into `buffer`, from its start.
    func read(into buffer: inout [UInt8]) -> Reading {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(number, bytes.baseAddress, bytes.count)
            }
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .end }
        }
    }

    /// Writes all of `bytes`; only for pipes that have room for them.
    func write(_ bytes: [UInt8]) throws(ExecutionError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .system(call: "write", errno: errno)
            }
        }
    }
}
