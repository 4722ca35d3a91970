import Glibc
import NIOCore

/// A socket's address, with the system calls that the doctor makes on one.
struct SocketEndpoint: Sendable {
    let address: SocketAddress

    /// Resolves the place of a listener; nil when it has no address.
    init?(_ place: Listener.Place) {
        let address: SocketAddress? =
            switch place {
            case .tcp(let host, let port):
                try? SocketAddress.makeAddressResolvingHost(
                    host.trimmingPrefix("[").hasSuffix("]") ? String(host.dropFirst().dropLast()) : host, port: port)
            case .unix(let path): try? SocketAddress(unixDomainSocketPath: path)
            }
        guard let address else { return nil }
        self.address = address
    }

    /// Whether a listener could have the address; the socket is gone again when this returns.
    /// - Returns: 0 or the error number of bind(2).
    func tryBinding() -> Int32 {
        let socket = makeSocket()
        guard socket >= 0 else { return errno }
        defer { close(socket) }
        var yes: Int32 = 1
        // As the daemon does: what is left of connections that have ended hinders nobody.
        unsafe setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return unsafe address.withSockAddr { pointer, size in
            unsafe bind(socket, pointer, socklen_t(size)) == 0 ? 0 : errno
        }
    }

    /// Connects, with at most two seconds for this and for each later step, and hands the socket to `body`.
    func connect<Value>(_ body: (Int32) -> Value) throws(ConnectRefusal) -> Value {
        let socket = makeSocket()
        guard socket >= 0 else { throw ConnectRefusal(number: errno) }
        defer { close(socket) }
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            unsafe setsockopt(socket, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        let number = unsafe address.withSockAddr { pointer, size in
            unsafe Glibc.connect(socket, pointer, socklen_t(size)) == 0 ? 0 : errno
        }
        guard number == 0 else { throw ConnectRefusal(number: number) }
        return body(socket)
    }

    private func makeSocket() -> Int32 {
        let family: Int32 =
            switch address {
            case .v4: AF_INET
            case .v6: AF_INET6
            case .unixDomainSocket: AF_UNIX
            }
        return socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    }
}

/// Why there is no connection.
struct ConnectRefusal: Error {
    let number: Int32
}
