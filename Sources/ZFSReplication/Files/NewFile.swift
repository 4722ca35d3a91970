internal import AsyncZFSExecutor
internal import CLinux
internal import Glibc
internal import Synchronization

/// A file that is written under a temporary name, and gets its own when it is whole and on disk.
///
/// It is locked while it is written (`flock(2)`). So what a daemon left that was killed is known by its name and by the
/// missing lock, and goes when the next file is made in that folder.
///
/// ## Concurrency
/// One call at a time; all of them block.
final class NewFile: Sendable {
    private let place: FileRoots.Place
    private let folder: Descriptor
    private let file: Descriptor
    private let temporary: Mutex<String?>

    private init(_ place: FileRoots.Place, folder: Descriptor, file: Descriptor, temporary: String) {
        self.place = place
        self.folder = folder
        self.file = file
        self.temporary = Mutex(temporary)
    }

    deinit {
        discard()
    }

    /// Makes a file in a folder that is there.
    static func create(_ place: FileRoots.Place) throws(FileRefusal) -> NewFile {
        let folder = try unsafe place.open(place.folder) { unsafe clinux_open_folder_beneath($0, $1) }
        removeLeftovers(in: folder)
        var status = stat()
        if unsafe fstatat(folder.number, place.name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            throw .exists(path: place.path)
        }
        for _ in 0..<100 {
            let name = UnfinishedName.random()
            let number = unsafe openat(
                folder.number, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            if number < 0 {
                if errno == EEXIST || errno == EINTR { continue }
                throw place.refusal("openat")
            }
            let made = NewFile(place, folder: folder, file: Descriptor(owning: number), temporary: name)
            // Somebody who cleans up may have come between.
            guard flock(number, LOCK_EX | LOCK_NB) == 0, unsafe fstat(number, &status) == 0, status.st_nlink == 1 else {
                continue
            }
            return made
        }
        throw .system(call: "openat", path: place.path, errno: EEXIST)
    }

    /// Appends bytes.
    func write(_ bytes: ArraySlice<UInt8>) throws(FileRefusal) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file.number, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .system(call: "write", path: place.path, errno: errno)
            }
        }
    }

    /// Gives the file its name, once it is on disk.
    func commit() throws(FileRefusal) {
        guard let name = temporary.withLock({ $0 }) else { return }
        guard fsync(file.number) == 0 else { throw .system(call: "fsync", path: place.path, errno: errno) }
        guard unsafe clinux_rename_new(folder.number, name, place.name) == 0 else {
            throw errno == EEXIST
                ? .exists(path: place.path) : .system(call: "rename", path: place.path, errno: errno)
        }
        temporary.withLock { $0 = nil }
        guard fsync(folder.number) == 0 else {
            let error = errno
            // A name that the next crash may take away is none.
            _ = unsafe unlinkat(folder.number, place.name, 0)
            throw .system(call: "fsync", path: place.path, errno: error)
        }
    }

    /// Removes the file unless it has its name.
    func discard() {
        temporary.withLock { name in
            if let name { _ = unsafe unlinkat(folder.number, name, 0) }
            name = nil
        }
    }

    /// Removes unfinished files of this user that nobody writes any more.
    private static func removeLeftovers(in folder: Descriptor) {
        let number = unsafe openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { return }
        guard let list = unsafe fdopendir(number) else {
            close(number)
            return
        }
        defer { unsafe closedir(list) }
        while let entry = unsafe readdir(list) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if UnfinishedName.matches(name) { removeLeftover(name, in: folder) }
        }
    }

    private static func removeLeftover(_ name: String, in folder: Descriptor) {
        let number = unsafe openat(folder.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { return }
        defer { close(number) }
        var status = stat()
        guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            flock(number, LOCK_EX | LOCK_NB) == 0
        else { return }
        _ = unsafe unlinkat(folder.number, name, 0)
    }
}
