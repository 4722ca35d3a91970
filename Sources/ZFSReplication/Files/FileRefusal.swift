/// Why a file is not written or read.
public enum FileRefusal: Error, Sendable, Hashable {
    /// No folder is open to streams.
    case disabled
    /// The path leads elsewhere, or to something that is no plain file; the sentence says which.
    case notAllowed(path: String, String)
    /// There is a file of that name; none is replaced.
    case exists(path: String)
    /// There is no such file or folder.
    case notFound(path: String)
    /// A program is needed that is not installed; its package has the same name.
    case programMissing(String)
    /// The program that compresses failed.
    case compressionFailed(program: String, message: String)
    /// The file is cut off, damaged, or has something after its end; nothing of it was made a snapshot as far as its last
    /// record goes.
    case damaged(path: String, message: String)
    /// A system call failed.
    case system(call: String, path: String, errno: Int32)
}
