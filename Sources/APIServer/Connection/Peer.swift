internal import NIOCore

/// Who is at the other end of a connection, as far as the connection itself tells.
struct Peer: Sendable {
    /// The address and port, `unix` for a Unix socket, `unknown` when the client was gone before it could be asked.
    let text: String
    /// The address without port, `unix` for a Unix socket, `unknown` when it is not known.
    let address: String
    /// Whether the address is one of 127.0.0.0/8 or `::1`; an IPv4 address in IPv6 clothes is none.
    let isLoopback: Bool
    /// Whether the connection is encrypted.
    let isEncrypted: Bool
    /// The process at the other end of a Unix socket.
    let credentials: PeerCredentials?
    /// The names in the client's certificate, when one was asked for and came.
    var certificate: PeerCertificate?

    init(address: SocketAddress?, isEncrypted: Bool, credentials: PeerCredentials?) {
        switch address {
        case .v4, .v6:
            let host = address?.ipAddress ?? ""
            text = "\(host):\(address?.port ?? 0)"
            self.address = host
            isLoopback = LoopbackName.matches(host)
        case .unixDomainSocket:
            text = "unix"
            self.address = text
            isLoopback = false
        case nil:
            text = "unknown"
            self.address = text
            isLoopback = false
        }
        self.isEncrypted = isEncrypted
        self.credentials = credentials
    }

    /// Whether the address is the one by which a program calls its own machine; 127.0.0.2 and `::ffff:127.0.0.1` are not.
    var isThisMachine: Bool { address == "127.0.0.1" || address == "::1" }
}
