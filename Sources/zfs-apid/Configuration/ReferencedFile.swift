import Glibc

/// A file that the configuration names.
struct ReferencedFile {
    /// What is in it.
    enum Content {
        /// Anybody may read it.
        case open
        /// Only its owner may have rights to it, and its text has a form.
        case secret(isRight: (String) -> Bool, meaning: String)
    }

    let path: String
    var content = Content.open
    /// Whether the daemon makes it when it is missing.
    var isMade = false

    /// What is wrong with the file, following its key; nil when nothing is.
    var fault: String? {
        // Without O_NONBLOCK the open of a FIFO would wait for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            let error = errno
            if isMade, error == ENOENT { return nil }
            return unsafe "\(path) cannot be read: \(String(cString: strerror(error)))"
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return "\(path) is not a regular file"
        }
        guard case .secret(let isRight, let meaning) = content else { return nil }
        let mode = status.st_mode & 0o777
        guard mode & 0o077 == 0 else {
            let shown = "0" + String(mode, radix: 8)
            return "\(path) has mode \(shown), so others may use the secret; run: chmod 0600 \(path)"
        }
        return isRight(firstLine(of: descriptor)) ? nil : "\(path) must hold \(meaning)"
    }

    /// The text without one line end; empty when it is longer than any secret, or not text.
    private func firstLine(of descriptor: CInt) -> String {
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0, count < buffer.count else { return "" }
        var bytes = buffer[..<count]
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(validating: bytes, as: UTF8.self) ?? ""
    }
}
