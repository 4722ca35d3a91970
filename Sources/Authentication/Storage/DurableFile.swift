internal import Glibc

/// Files whose content must be there after the machine lost power: data and folder are synchronized before success.
enum DurableFile {
    /// Reads all of an open file.
    /// - Returns: The bytes; nil when there are more than `limit`.
    static func read(_ descriptor: Int32, path: String, limit: Int) throws(FileError) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        defer { SecretBytes.clear(&buffer) }
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(call: "read", path: path, number: errno)
            }
            bytes += buffer[..<count]
            if bytes.count > limit { return nil }
        }
    }

    /// Appends to a file, which is made when it is missing; it is as before when that fails.
    static func append(_ bytes: [UInt8], to path: String) throws(FileError) {
        let descriptor = try open(path, O_WRONLY | O_APPEND | O_CREAT)
        defer { close(descriptor) }
        let length = lseek(descriptor, 0, SEEK_END)
        do {
            try write(bytes, to: descriptor, path: path)
            try synchronize(descriptor, path: path)
            if length == 0 { try synchronizeFolder(of: path) }
        } catch {
            // Half a line would spoil the one that is appended next.
            guard ftruncate(descriptor, length) == 0 else {
                throw FileError(call: "ftruncate", path: path, number: errno)
            }
            throw error
        }
    }

    /// Puts a new file in the place of an old one; whoever opens it sees the whole old or the whole new content.
    static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let temporary = path + ".new"
        let descriptor = try open(temporary, O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        try write(bytes, to: descriptor, path: temporary)
        try synchronize(descriptor, path: temporary)
        guard unsafe rename(temporary, path) == 0 else { throw FileError(call: "rename", path: path, number: errno) }
        try synchronizeFolder(of: path)
    }

    /// Makes a file that must not be there yet; whoever opens it sees the whole content.
    /// - Parameter suffix: Makes the name of a temporary file beside it that nobody else uses.
    /// - Returns: Whether it was made; false when there is one already.
    static func create(_ path: String, suffix: String, with bytes: [UInt8]) throws(FileError) -> Bool {
        let temporary = "\(path).\(suffix)"
        let descriptor = try open(temporary, O_WRONLY | O_CREAT | O_EXCL)
        defer {
            close(descriptor)
            _ = unsafe unlink(temporary)
        }
        try write(bytes, to: descriptor, path: temporary)
        try synchronize(descriptor, path: temporary)
        // link(2) does not replace, and gives the name to a file that is already complete.
        guard unsafe link(temporary, path) == 0 else {
            if errno == EEXIST { return false }
            throw FileError(call: "link", path: path, number: errno)
        }
        try synchronizeFolder(of: path)
        return true
    }

    /// Opens a file for its owner alone.
    private static func open(_ path: String, _ flags: Int32) throws(FileError) -> Int32 {
        let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(call: "open", path: path, number: errno) }
        return descriptor
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw FileError(call: "write", path: path, number: errno)
            }
        }
    }

    private static func synchronize(_ descriptor: Int32, path: String) throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError(call: "fsync", path: path, number: errno) }
    }

    /// A name is safe only when its folder is, see fsync(2).
    private static func synchronizeFolder(of path: String) throws(FileError) {
        let folder =
            path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(call: "open", path: folder, number: errno) }
        defer { close(descriptor) }
        try synchronize(descriptor, path: folder)
    }
}
