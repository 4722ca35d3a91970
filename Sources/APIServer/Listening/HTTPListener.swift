/// Where one ``HTTPService`` waits for connections.
public enum HTTPListener: Sendable {
    /// A TCP port, with or without TLS.
    case tcp(TCPListener)
    /// A Unix domain socket.
    case unix(UnixListener)
}
