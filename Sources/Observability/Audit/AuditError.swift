internal import Glibc

/// Why the audit log cannot be written or read.
public struct AuditError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, without the name of the file.
    public let problem: String
    /// The file.
    public let path: String

    /// One sentence.
    public var description: String { "audit log \(path): \(problem)" }

    init(_ problem: String, path: String) {
        self.problem = problem
        self.path = path
    }

    /// What the system says of its last call.
    init(errno: Int32, path: String) {
        self.init(unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)", path: path)
    }
}
