internal import Glibc

/// The file of the audit log, to which lines are only ever appended.
///
/// After a failure it is closed, and found again by its path when the next line comes: what the kernel could not write
/// is then known from the file and not guessed.
struct AuditFile: ~Copyable {
    /// More than a line and the end of another have.
    private static let tailBytes = 4 * AuditEntry.longest

    let path: String
    private var descriptor: Int32 = -1
    private var chain: AuditChain

    init(path: String, hash: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.path = path
        chain = AuditChain(hash: hash)
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Opens the file unless it is open, makes it when there is none, and closes off a line that is not whole.
    /// - Returns: Whether there was such a line.
    mutating func open() throws(AuditError) -> Bool {
        if descriptor >= 0 { return false }
        // Read too: the end of the file is what the next line follows.
        let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY
        descriptor = unsafe Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else { throw systemError() }
        do throws(AuditError) {
            return try findEnd()
        } catch {
            close()
            throw error
        }
    }

    /// Closes the file; `open` finds the one that then has its name.
    mutating func close() {
        if descriptor >= 0 { Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Appends lines, and closes the file when that fails.
    /// - Parameter objects: The lines, each without its last member.
    /// - Returns: How many are in the file, and why the others are not.
    mutating func append(_ objects: [[UInt8]]) -> (count: Int, error: AuditError?) {
        var next = chain
        var text: [UInt8] = []
        var ends: [(offset: Int, chain: AuditChain)] = []
        for object in objects {
            text += next.line(object)
            text.append(UInt8(ascii: "\n"))
            ends.append((offset: text.count, chain: next))
        }
        let (written, error) = write(text)
        let count = ends.prefix { $0.offset <= written }.count
        if count > 0 { chain = ends[count - 1].chain }
        return (count, error)
    }

    /// Waits until what was appended is on disk; closes the file when that fails.
    mutating func sync() -> AuditError? {
        guard fdatasync(descriptor) != 0 else { return nil }
        let error = systemError()
        // After an error the kernel takes the lost pages for clean, so another try would seem to succeed.
        close()
        return error
    }

    private mutating func findEnd() throws(AuditError) -> Bool {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw systemError() }
        guard status.st_mode & S_IFMT == S_IFREG else { throw AuditError("it is not a regular file", path: path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK ? AuditError("another process writes it", path: path) : systemError()
        }
        if status.st_size == 0 {
            try syncFolder()
            return false
        }
        let size = Int(status.st_size)
        let beginning = try read(min(size, AuditEntry.beginning.count), at: 0)
        guard AuditEntry.beginning.starts(with: beginning) else {
            throw AuditError("it has something else in it; name a file of its own", path: path)
        }
        let tail = try read(min(size, Self.tailBytes), at: max(0, size - Self.tailBytes))
        let isTorn = tail.last != UInt8(ascii: "\n")
        let text = isTorn ? tail[...] : tail.dropLast()
        let newline = text.lastIndex(of: UInt8(ascii: "\n"))
        guard newline != nil || tail.count == size else {
            throw AuditError("its last line is too long to be one of an audit log", path: path)
        }
        chain.follow(newline.map { text[($0 + 1)...] } ?? text)
        guard isTorn else { return false }
        if let error = write([UInt8(ascii: "\n")]).error { throw error }
        if let error = append([AuditEntry.note(AuditEntry.tornLineEvent).object]).error { throw error }
        return true
    }

    /// Makes a new file's name survive a crash, as its lines do.
    private func syncFolder() throws(AuditError) {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw systemError() }
        defer { Glibc.close(descriptor) }
        // Some file systems have nothing to sync in a folder and say so.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw systemError() }
    }

    private func read(_ count: Int, at offset: Int) throws(AuditError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, count, offset) }
        guard result == count else {
            throw result < 0 ? systemError() : AuditError("it became shorter while it was read", path: path)
        }
        return bytes
    }

    private mutating func write(_ bytes: [UInt8]) -> (count: Int, error: AuditError?) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let error = systemError()
                close()
                return (bytes.count - rest.count, error)
            }
            rest = rest.dropFirst(count)
        }
        return (bytes.count, nil)
    }

    private func systemError() -> AuditError {
        AuditError(errno: errno, path: path)
    }
}
