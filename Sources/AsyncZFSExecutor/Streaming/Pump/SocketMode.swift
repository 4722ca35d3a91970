internal import Glibc

/// Makes a socket nonblocking for a while.
///
/// splice(2) holds the lock of its pipe while it waits for a socket, and the process at the other end of the pipe then hangs
/// in the kernel, where not even SIGKILL ends it. So sockets are never waited for in splice(2). Pipes and files need
/// nothing: the call has a flag for pipes, and files do not wait for a peer.
struct SocketMode {
    /// Whether it is a socket.
    let isSocket: Bool
    private let descriptor: Descriptor
    private let flags: Int32

    init(_ descriptor: Descriptor) {
        var status = stat()
        isSocket = unsafe fstat(descriptor.number, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
        self.descriptor = descriptor
        flags = fcntl(descriptor.number, F_GETFL)
        if isSocket, flags >= 0, flags & O_NONBLOCK == 0 { _ = fcntl(descriptor.number, F_SETFL, flags | O_NONBLOCK) }
    }

    /// Puts it back as it was.
    func restore() {
        if isSocket, flags >= 0, flags & O_NONBLOCK == 0 { _ = fcntl(descriptor.number, F_SETFL, flags) }
    }
}
