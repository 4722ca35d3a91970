internal import Glibc

/// A file that holds one secret, such as the key that signs tokens.
public enum SecretFile {
    /// The most bytes that a secret has.
    public static let limit = 65_536

    /// Reads a secret; one newline at the end does not belong to it.
    /// - Throws: `SecretFileError` when the file is missing, not a regular one, open to group or others, empty, or longer
    ///   than 64 KiB.
    public static func read(_ path: String) throws(SecretFileError) -> SecretBytes {
        // O_NONBLOCK so that a pipe without a writer is refused, not waited for.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .file(FileError(call: "open", path: path, number: errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .file(FileError(call: "fstat", path: path, number: errno))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
        let mode = status.st_mode & 0o7777
        guard mode & 0o077 == 0 else { throw .open(path: path, mode: mode) }
        var bytes = try content(of: descriptor, path: path)
        defer { SecretBytes.clear(&bytes) }
        let secret = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
        guard !secret.isEmpty else { throw .empty(path: path) }
        return SecretBytes(secret)
    }

    /// Reads a secret; makes it when the file is missing: 32 random bytes as hexadecimal digits, mode 0600.
    ///
    /// Of two processes that start at once one makes it, and both read the same.
    /// - Throws: `SecretFileError` as `read` does, and when the file cannot be made.
    public static func readOrCreate(_ path: String) throws(SecretFileError) -> SecretBytes {
        do {
            return try read(path)
        } catch .file(let error) where error.call == "open" && error.number == ENOENT {
            try create(path)
            return try read(path)
        }
    }

    private static func create(_ path: String) throws(SecretFileError) {
        var text: [UInt8]
        let suffix: String
        do {
            var random = try RandomBytes.make(32)
            defer { SecretBytes.clear(&random) }
            text = Array((Hexadecimal.text(random) + "\n").utf8)
            suffix = Hexadecimal.text(try RandomBytes.make(8))
        } catch {
            throw .cryptography(error)
        }
        defer { SecretBytes.clear(&text) }
        do {
            _ = try DurableFile.create(path, suffix: suffix, with: text)
        } catch {
            throw .file(error)
        }
    }

    private static func content(of descriptor: Int32, path: String) throws(SecretFileError) -> [UInt8] {
        let bytes: [UInt8]?
        do {
            bytes = try DurableFile.read(descriptor, path: path, limit: limit)
        } catch {
            throw .file(error)
        }
        guard let bytes else { throw .tooLong(path: path, limit: limit) }
        return bytes
    }
}
