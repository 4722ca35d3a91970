internal import CLinux
internal import Glibc

/// Makes connected sockets.
enum SocketConnection {
    private static let seconds = 10

    /// Connects to a Unix socket.
    static func unix(_ path: String, _ place: TransferAddress) throws(ClientError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < capacity else {
            throw ClientError.notConnected(to: place, errno: ENAMETOOLONG)
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let descriptor = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connected(AF_UNIX, $0, size) }
        }
        guard descriptor >= 0 else { throw ClientError.notConnected(to: place, errno: errno) }
        return descriptor
    }

    /// Connects to the first address of a host that accepts.
    static func tcp(_ port: HostPort, _ place: TransferAddress) throws(ClientError) -> Int32 {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(port.host, String(port.port), &hints, &list) == 0 else {
            throw ClientError.notConnected(to: place, errno: EHOSTUNREACH)
        }
        defer { unsafe freeaddrinfo(list) }
        var last = EHOSTUNREACH
        var next = unsafe list
        while let found = unsafe next {
            if let address = unsafe found.pointee.ai_addr {
                let descriptor = unsafe connected(found.pointee.ai_family, address, found.pointee.ai_addrlen)
                if descriptor >= 0 {
                    clinux_set_tcp_options(descriptor)
                    // It would also end a transfer to a daemon that only takes nothing for a while.
                    clinux_limit_unanswered(descriptor, 0)
                    return descriptor
                }
                last = errno
            }
            unsafe next = found.pointee.ai_next
        }
        throw ClientError.notConnected(to: place, errno: last)
    }

    /// A socket that is connected; -1 and errno.
    private static func connected(_ family: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return -1 }
        // It bounds connect(2) too.
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        if unsafe connect(descriptor, address, size) == 0 { return descriptor }
        let number = errno == EINPROGRESS || errno == EAGAIN ? ETIMEDOUT : errno
        close(descriptor)
        errno = number
        return -1
    }
}
