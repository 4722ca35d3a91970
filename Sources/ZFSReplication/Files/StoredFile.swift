internal import AsyncZFSExecutor
internal import CLinux
internal import Glibc

/// A file with a stream, open for reading.
struct StoredFile: Sendable {
    let descriptor: Descriptor
    let bytes: UInt64
    let compression: FileCompression

    /// Opens a plain file that has no other name: what else it is called may be nobody's business.
    static func open(_ place: FileRoots.Place) throws(FileRefusal) -> StoredFile {
        // Looked at first, because opening a device can do things.
        let seen = try status(of: unsafe place.open(place.relative) { unsafe clinux_look_beneath($0, $1) }, place)
        let descriptor = try unsafe place.open(place.relative) { unsafe clinux_open_file_beneath($0, $1) }
        let opened = try status(of: descriptor, place)
        guard opened.st_dev == seen.st_dev, opened.st_ino == seen.st_ino else {
            throw .notAllowed(path: place.path, "it was replaced just now")
        }
        guard clinux_set_blocking(descriptor.number) == 0 else { throw place.refusal("fcntl") }
        var head = [UInt8](repeating: 0, count: 8)
        let count = unsafe head.withUnsafeMutableBytes { unsafe pread(descriptor.number, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw place.refusal("pread") }
        return StoredFile(
            descriptor: descriptor, bytes: UInt64(max(0, opened.st_size)),
            compression: FileCompression(head: Array(head.prefix(count))))
    }

    private static func status(of descriptor: Descriptor, _ place: FileRoots.Place) throws(FileRefusal) -> stat {
        var status = stat()
        guard unsafe fstat(descriptor.number, &status) == 0 else { throw place.refusal("fstat") }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFLNK: throw .notAllowed(path: place.path, "a symbolic link is on the way")
        case S_IFDIR: throw .notAllowed(path: place.path, "it is a folder")
        default: throw .notAllowed(path: place.path, "it is no plain file")
        }
        guard status.st_nlink == 1 else { throw .notAllowed(path: place.path, "it has a second name (a hard link)") }
        return status
    }
}
