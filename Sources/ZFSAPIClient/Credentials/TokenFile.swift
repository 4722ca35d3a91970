internal import Glibc

/// A token in a file.
enum TokenFile {
    /// The only line of a file that nobody but its owner can read.
    static func read(_ path: String) throws(ClientError) -> String {
        // A pipe would block until somebody writes.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw BearerToken.unusable("\(path) is not a regular file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw BearerToken.unusable(
                "others may read \(path) and know the token: run chmod 600 on it, and replace the token if others had "
                    + "access")
        }
        var bytes = [UInt8](repeating: 0, count: BearerToken.longest + 1)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else { throw failure(path) }
        return try BearerToken.checked(bytes[..<count], from: path)
    }

    private static func failure(_ path: String) -> ClientError {
        BearerToken.unusable("\(path) can not be read: \(SystemMessage.last)")
    }
}
