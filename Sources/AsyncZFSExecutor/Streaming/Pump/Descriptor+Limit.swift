internal import CLinux
internal import Glibc

extension Descriptor {
    /// The bytes that can be read now.
    var available: Int { Int(clinux_available(number)) }

    /// After the last byte that a stream may have: waits until it is known whether there is one more.
    /// - Returns: Whether there is none; false also when the pump was woken before that was known.
    /// - Throws: `StreamError.tooLong` when there is one.
    func hasEndedAtLimit(_ wait: inout PumpWait, as reason: StreamWait) throws -> Bool {
        guard try wait.wait(for: number, as: reason) == .ready else { return false }
        var byte: UInt8 = 0
        let count = unsafe Glibc.read(number, &byte, 1)
        if count > 0 { throw StreamError.tooLong(limit: wait.control.byteLimit ?? 0) }
        if count == 0 { return true }
        if errno != EAGAIN, errno != EINTR { throw StreamError.sourceFailed(errno: errno) }
        return false
    }
}
