internal import Glibc
internal import Synchronization

/// The file of a listening Unix socket, from the lock that guards its path to its removal.
///
/// A socket gets its mode from the umask, which belongs to the whole process, so binding at the final path would leave
/// a moment with other rights. The socket is bound in a folder that only we can enter, gets its owner and mode there,
/// and is renamed over the path. A lock on a file beside it keeps a second daemon from taking the path.
final class UnixSocketFile: Sendable {
    private let listener: UnixListener
    private let lock: Int32
    /// Open as long as the listener is, so that its number in ``bindPath`` means this folder and nothing else.
    private let folder: Int32
    private let group: gid_t?
    /// Device and inode of the socket that was put in place.
    private let published = Mutex<(dev_t, ino_t)?>(nil)

    /// Locks the path and prepares the folder.
    ///
    /// - Throws: ``HTTPServiceError`` when the path is too long, is something else than a socket of ours, or belongs to a
    ///   server that runs.
    init(_ listener: UnixListener) throws(HTTPServiceError) {
        let path = listener.path
        guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0), path.utf8.last != UInt8(ascii: "/") else {
            throw HTTPServiceError(description: "cannot listen on \(path): a socket needs an absolute path")
        }
        guard path.utf8.count <= UnixListener.longestPath else {
            throw HTTPServiceError(
                description: "cannot listen on \(path): the path of a socket may have at most "
                    + "\(UnixListener.longestPath) bytes, this one has \(path.utf8.count)"
            )
        }
        self.listener = listener
        group = try Self.group(named: listener.group, path: path)
        lock = try Self.locked(path)
        do {
            try Self.checkFree(path)
            folder = try Self.privateFolder(path + ".new", for: path)
        } catch {
            close(lock)
            throw error
        }
    }

    deinit {
        close(folder)
        close(lock)
    }

    /// Where the socket is to be bound; short however long the final path is.
    var bindPath: String { "/proc/self/fd/\(folder)/socket" }

    /// Gives the bound socket its owner and mode and puts it at its path.
    func publish() throws(HTTPServiceError) {
        // Nobody else can enter the folder, so the name means the socket that was just bound.
        if let group, unsafe fchownat(folder, "socket", uid_t.max, group, AT_SYMLINK_NOFOLLOW) != 0 {
            throw Self.failure("give the socket to group \(listener.group ?? "")", listener.path)
        }
        guard unsafe fchmodat(folder, "socket", mode_t(listener.mode), 0) == 0 else {
            throw Self.failure("set the mode of the socket", listener.path)
        }
        var status = stat()
        guard unsafe fstatat(folder, "socket", &status, AT_SYMLINK_NOFOLLOW) == 0,
            unsafe renameat(folder, "socket", AT_FDCWD, listener.path) == 0
        else {
            throw Self.failure("put the socket in place", listener.path)
        }
        published.withLock { $0 = (status.st_dev, status.st_ino) }
        unsafe rmdir(listener.path + ".new")
    }

    /// Removes the socket if it is still ours; the lock file stays, for removing it would let two daemons lock two files of one name.
    func remove() {
        unsafe unlinkat(folder, "socket", 0)
        unsafe rmdir(listener.path + ".new")
        var status = stat()
        guard let ours = published.withLock({ $0 }), unsafe lstat(listener.path, &status) == 0,
            ours == (status.st_dev, status.st_ino)
        else { return }
        unsafe unlink(listener.path)
    }

    private static func locked(_ path: String) throws(HTTPServiceError) -> Int32 {
        let lockPath = path + ".lock"
        let lock = unsafe open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard lock >= 0 else {
            guard errno == ENOENT else { throw failure("open \(lockPath)", path) }
            throw HTTPServiceError(description: "cannot listen on \(path): its folder does not exist; create it")
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            let isHeld = errno == EWOULDBLOCK
            let other = failure("lock \(lockPath)", path)
            close(lock)
            guard isHeld else { throw other }
            throw HTTPServiceError(description: "cannot listen on \(path): another zfs-apid serves it")
        }
        return lock
    }

    /// Checks that nothing is at the path but at most a socket that we left behind.
    private static func checkFree(_ path: String) throws(HTTPServiceError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw failure("look at the path", path) }
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw HTTPServiceError(
                description: "cannot listen on \(path): there is a file that is not a socket; "
                    + "remove it or use another path"
            )
        }
        guard status.st_uid == geteuid() else {
            throw HTTPServiceError(
                description: "cannot listen on \(path): there is a socket of user \(status.st_uid); remove it"
            )
        }
        guard !answers(path) else {
            throw HTTPServiceError(description: "cannot listen on \(path): another program listens there")
        }
    }

    /// Whether somebody listens on the socket; a full queue is somebody, too.
    private static func answers(_ path: String) -> Bool {
        let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | O_NONBLOCK, 0)
        guard client >= 0 else { return true }
        defer { close(client) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(client, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result == 0 || errno != ECONNREFUSED
    }

    private static func privateFolder(_ name: String, for path: String) throws(HTTPServiceError) -> Int32 {
        // One may be left from a daemon that was killed between two steps.
        guard unsafe mkdir(name, 0o700) == 0 || errno == EEXIST else { throw failure("create \(name)", path) }
        let folder = unsafe open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open \(name)", path) }
        var status = stat()
        guard unsafe fstat(folder, &status) == 0, status.st_uid == geteuid(), fchmod(folder, 0o700) == 0 else {
            close(folder)
            throw HTTPServiceError(
                description: "cannot listen on \(path): the folder \(name) belongs to somebody else; remove it"
            )
        }
        return folder
    }

    private static func group(named name: String?, path: String) throws(HTTPServiceError) -> gid_t? {
        guard let name else { return nil }
        var entry = unsafe GroupEntry()
        var found: UnsafeMutablePointer<GroupEntry>?
        var space = [CChar](repeating: 0, count: 64 << 10)
        let result = unsafe getgrnam_r(name, &entry, &space, space.count, &found)
        guard result == 0, unsafe found != nil else {
            throw HTTPServiceError(
                description: "cannot listen on \(path): there is no group \(name); create it or name another one"
            )
        }
        return unsafe entry.gr_gid
    }

    private static func failure(_ step: String, _ path: String) -> HTTPServiceError {
        let code = errno
        return HTTPServiceError(
            description: "cannot listen on \(path): could not \(step): \(unsafe String(cString: strerror(code)))"
        )
    }
}

private typealias GroupEntry = Glibc.group
