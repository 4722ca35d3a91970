import Glibc

/// What is at a path, and what this process may do with it.
struct FileFacts: Sendable, Hashable {
    enum Kind: Sendable { case file, folder, socket, characterDevice, other }

    let path: String
    let kind: Kind
    let owner: uid_t
    /// The permission bits.
    let mode: mode_t
    let size: UInt64
    /// Whether the process may read it, and for a folder enter it.
    let isReadable: Bool
    let isWritable: Bool

    /// Looks at a path; symbolic links are followed.
    /// - Throws: The error number of stat(2) in `FileAbsence`.
    init(_ path: String) throws(FileAbsence) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw FileAbsence(number: errno) }
        self.path = path
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFSOCK: kind = .socket
        case S_IFCHR: kind = .characterDevice
        default: kind = .other
        }
        owner = status.st_uid
        mode = status.st_mode & 0o7777
        size = UInt64(max(0, status.st_size))
        // By the effective user, and with the reason of the file system: a read-only one is not writable for root either.
        let reading = kind == .folder ? R_OK | X_OK : R_OK
        isReadable = unsafe faccessat(AT_FDCWD, path, reading, AT_EACCESS) == 0
        isWritable = unsafe faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0
    }

    /// Whether anybody but the owner has a right to it.
    var isOpenToOthers: Bool { mode & 0o077 != 0 }
    /// The mode as chmod(1) takes it.
    var modeText: String { "0" + String(mode & 0o777, radix: 8) }

    /// The folder that a path is in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Why nothing can be seen at a path.
struct FileAbsence: Error, Hashable {
    let number: Int32

    /// Whether nothing is there, as far as can be seen.
    var isMissing: Bool { number == ENOENT || number == ENOTDIR }
}
