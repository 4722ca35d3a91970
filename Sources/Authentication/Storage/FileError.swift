internal import Glibc

/// A system call on a file that failed.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What could not be done, for example `open`.
    public let call: String
    /// The file or folder.
    public let path: String
    /// The error number, see errno(3).
    public let number: Int32

    /// One sentence.
    public var description: String {
        let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return "\(path): \(call) failed: \(reason)"
    }
}
