internal import AsyncZFSExecutor
internal import CLinux
internal import Glibc

/// What one call on a socket gave.
enum SocketResult: Sendable, Hashable {
    /// So many bytes were moved.
    case moved(Int)
    /// The call would have to wait.
    case wouldBlock
    /// The peer has ended its side.
    case end
    /// The connection has an error.
    case failed(errno: Int32)
}

extension Descriptor {
    /// A second descriptor of the same socket, from 3 on and close-on-exec; nil without room for one.
    func duplicate() -> Descriptor? {
        Self.duplicate(of: number)
    }

    /// A descriptor of the same socket as one that somebody else closes.
    static func duplicate(of number: Int32) -> Descriptor? {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        return copy >= 0 ? Descriptor(owning: copy) : nil
    }

    /// Reads at most `count` bytes that are there already and appends them.
    func receive(_ count: Int, into bytes: inout [UInt8]) -> SocketResult {
        var result = SocketResult.end
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            let received = repeatedly { unsafe recv(number, buffer.baseAddress, count, Int32(MSG_DONTWAIT)) }
            if received > 0 {
                initializedCount = received
                result = .moved(received)
            } else if received < 0 {
                result = errno == EAGAIN ? .wouldBlock : .failed(errno: errno)
            }
        }
        bytes += piece
        return result
    }

    /// Writes what there is room for now.
    func send(_ bytes: ArraySlice<UInt8>) -> SocketResult {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        let sent = unsafe bytes.withUnsafeBytes { buffer in
            repeatedly { unsafe Glibc.send(number, buffer.baseAddress, buffer.count, flags) }
        }
        if sent >= 0 { return .moved(sent) }
        return errno == EAGAIN ? .wouldBlock : .failed(errno: errno)
    }

    /// Tells the peer that nothing more comes.
    func endOutput() {
        shutdown(number, Int32(SHUT_WR))
    }

    /// Makes its close a reset of the connection, on TCP.
    func resetOnClose() {
        _ = clinux_reset_on_close(number)
    }

    private func repeatedly(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
