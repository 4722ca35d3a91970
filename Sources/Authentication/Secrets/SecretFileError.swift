/// Why a file is not used as a secret.
public enum SecretFileError: Error, Hashable, Sendable {
    /// It cannot be opened, read or made.
    case file(FileError)
    /// It is a folder, device, socket or pipe.
    case notRegular(path: String)
    /// Its mode lets group or others at it.
    case open(path: String, mode: UInt32)
    /// It has no bytes but the newline.
    case empty(path: String)
    /// It is longer than a secret can be.
    case tooLong(path: String, limit: Int)
    /// The secret for a new file could not be made.
    case cryptography(CryptographyError)
}

extension SecretFileError: CustomStringConvertible {
    /// One sentence for the administrator, which says what to do.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .notRegular(let path): "\(path) is no regular file; a secret must be in one"
        case .open(let path, let mode):
            "\(path) has mode 0\(String(mode, radix: 8)), so others than its owner can use it; run: chmod 600 \(path)"
        case .empty(let path): "\(path) is empty; write the secret into it, or remove it if it is made at first start"
        case .tooLong(let path, let limit): "\(path) has more than \(limit) bytes; is it the right file?"
        case .cryptography(let error): error.description
        }
    }
}
