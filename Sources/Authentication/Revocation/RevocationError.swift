/// Why it cannot be said or recorded that a token is revoked.
public enum RevocationError: Error, Hashable, Sendable {
    /// The file cannot be read or written.
    case file(FileError)
    /// A line of the file is not an identifier.
    case damaged(path: String, line: Int)
    /// The file is longer than a list can be.
    case tooLong(path: String)
    /// As many tokens are revoked and not yet expired as the list takes.
    case full(limit: Int)
    /// Too much waits for the disk.
    case busy
}

extension RevocationError: CustomStringConvertible {
    /// One sentence for a person, which says what to do.
    public var description: String {
        switch self {
        case .file(let error): "the list of revoked tokens cannot be used: \(error)"
        case .damaged(let path, let line):
            "the list of revoked tokens is damaged: line \(line) of \(path) is no token; "
                + "restore it, or change the signing secret and remove it"
        case .tooLong(let path): "the list of revoked tokens, \(path), is too long; is it the right file?"
        case .full(let limit):
            "\(limit) revoked tokens have not expired yet, and the list takes no more; "
                + "change the signing secret to end all tokens"
        case .busy: "too many tokens are being revoked at once; try again in a moment"
        }
    }
}
