/// Where one ``HTTPService`` waits for connections.
public enum HTTPListener: Sendable {
    /// A TCP port, with or without TLS.
    case tcp(TCPListener)
    /// A Unix domain socket.
    case unix(UnixListener)
}

extension HTTPListener {
    /// What makes its connections private; nil for none.
    var tls: TLSCredentials? {
        switch self {
        case .tcp(let listener): listener.tls
        case .unix: nil
        }
    }
}
