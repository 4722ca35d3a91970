internal import CLinux
internal import Glibc

/// A connection to a transfer socket, whose calls wait and can be interrupted.
///
/// ## Concurrency
/// One thread uses it; what may end it from elsewhere is the interruption.
struct TransferSocket: ~Copyable {
    let descriptor: Int32
    private let place: TransferAddress
    private let interruption: Interruption

    /// Connects; each address of the host gets ten seconds.
    init(_ place: TransferAddress, _ interruption: Interruption) throws(ClientError) {
        self.place = place
        self.interruption = interruption
        switch place {
        case .unix(let path): descriptor = try SocketConnection.unix(path, place)
        case .tcp(let port): descriptor = try SocketConnection.tcp(port, place)
        }
        clinux_set_nonblocking(descriptor)
    }

    deinit { close(descriptor) }

    /// So many bytes.
    /// - Parameters:
    ///   - count: How many.
    ///   - seconds: How long all of them may take; nil for no limit.
    func readExactly(_ count: Int, within seconds: Int? = nil) throws(ClientError) -> [UInt8] {
        let end = seconds.map { ContinuousClock.now + .seconds($0) }
        var bytes = [UInt8](repeating: 0, count: count)
        var length = 0
        while length < count {
            let result = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + length }, count - length)
            }
            if result > 0 {
                length += result
            } else if result < 0, errno == EAGAIN || errno == EINTR {
                try wait(.read(descriptor), until: end)
            } else {
                throw ClientError.lost(place.description)
            }
        }
        return bytes
    }

    /// Writes all of it.
    func write(_ bytes: [UInt8]) throws(ClientError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let result = unsafe rest.withUnsafeBytes { unsafe clinux_send(descriptor, $0.baseAddress, $0.count, 0) }
            if result > 0 {
                rest = rest.dropFirst(result)
            } else if errno == EAGAIN || errno == EINTR {
                try wait(.write(descriptor))
            } else {
                throw ClientError.lost(place.description)
            }
        }
    }

    /// Ends this side; the other one can still be read.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Lets the end of the connection be no orderly one, so that nobody takes what was written for whole.
    func abort() { clinux_reset_on_close(descriptor) }

    /// Waits until one of the descriptors is ready.
    func wait(_ conditions: DescriptorCondition..., until end: ContinuousClock.Instant? = nil) throws(ClientError) {
        guard try DescriptorCondition.wait(conditions, interruption, until: end) else {
            throw ClientError(
                .connectionFailed, "\(place) did not answer in time; see the log of the daemon", reason: "no_answer")
        }
    }
}
