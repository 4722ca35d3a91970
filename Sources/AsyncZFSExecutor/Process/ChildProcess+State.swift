internal import Glibc

extension ChildProcess {
    /// Whether it is in an uninterruptible sleep (state D of proc_pid_stat(5)), as all are whose pool is suspended.
    var isInKernel: Bool {
        let file = unsafe open("/proc/\(identifier)/stat", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        let descriptor = Descriptor(owning: file)
        var buffer = [UInt8](repeating: 0, count: 512)
        guard case .bytes(let count) = descriptor.read(into: &buffer) else { return false }
        // "PID (NAME) STATE ...", and the name may have parentheses and blanks in it.
        guard let end = buffer[..<count].lastIndex(of: UInt8(ascii: ")")), end + 2 < count else { return false }
        return buffer[end + 2] == UInt8(ascii: "D")
    }
}
