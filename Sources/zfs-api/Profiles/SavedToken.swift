import Glibc
import ZFSAPIClient

/// The token of a login, in a file (mode 0600) that is named after the address, so that it is shown to nobody else.
struct SavedToken {
    private let folder: String?
    private let name: String

    init(_ address: ServiceAddress) {
        folder = ConfigurationFolder.path.map { $0 + "/tokens" }
        name = Self.name(of: address)
    }

    /// Where it is.
    var path: String? { folder.map { "\($0)/\(name)" } }

    /// The file, when there is one.
    var source: TokenSource {
        guard let path, unsafe access(path, F_OK) == 0 else { return .none }
        return .file(path)
    }

    /// No two addresses have the same.
    private static func name(of address: ServiceAddress) -> String {
        address.description.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || ".-".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// Keeps a token, at once and for the owner alone.
    static func write(_ token: String, to path: String) throws(CommandFailure) {
        makeFolders(of: path)
        let new = path + ".new"
        unsafe unlink(new)
        let descriptor = unsafe open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw CommandFailure(.configuration, "\(new) can not be written") }
        let isWritten = Descriptor.write(Array((token + "\n").utf8), to: descriptor)
        close(descriptor)
        guard isWritten, unsafe rename(new, path) == 0 else {
            unsafe unlink(new)
            throw CommandFailure(.configuration, "\(path) can not be written")
        }
    }

    /// Forgets it.
    static func remove(_ path: String) { unsafe unlink(path) }

    private static func makeFolders(of path: String) {
        for (index, character) in zip(path.indices, path) where character == "/" && index > path.startIndex {
            unsafe mkdir(String(path[..<index]), 0o700)
        }
    }
}
