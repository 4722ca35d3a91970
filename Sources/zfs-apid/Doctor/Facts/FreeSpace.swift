import Glibc

/// What is left of a file system for this process (statvfs(3)).
struct FreeSpace: Sendable, Hashable {
    let bytes: UInt64
    /// Files that can be made; nil where the file system has no such limit.
    let files: UInt64?

    init(bytes: UInt64, files: UInt64? = nil) {
        self.bytes = bytes
        self.files = files
    }

    /// Asks the file system of a path; nil when it does not tell.
    init?(at path: String) {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        let isRoot = geteuid() == 0
        bytes = UInt64(isRoot ? status.f_bfree : status.f_bavail) * UInt64(status.f_frsize)
        files = status.f_files == 0 ? nil : UInt64(isRoot ? status.f_ffree : status.f_favail)
    }
}
