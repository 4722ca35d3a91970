internal import Glibc

/// How a stream goes between a client and the daemon.
public enum TransferRoute: Hashable, Sendable {
    /// Over a transfer socket where the daemon names one that can be reached without TLS, or else over HTTP.
    ///
    /// A port of loopback is used only when the daemon is known to be on this machine: it is called over a Unix socket,
    /// or the Unix socket that it names is there.
    ///
    /// An address with `https` means that nothing goes unencrypted, so there it is HTTP.
    case automatic
    /// Over HTTP, or HTTPS, to the address of the API.
    case http
    /// Over the TCP port that the daemon names.
    case tcp
    /// Over the Unix socket that the daemon names.
    case unix
    /// Over this socket.
    case socket(TransferAddress)

    /// Where to connect, with what the daemon says about its sockets; nil for HTTP.
    /// - Parameters:
    ///   - address: The address of the API.
    ///   - tcp: `HOST:PORT` of the daemon's transfer port.
    ///   - unix: The path of its socket.
    func place(of address: ServiceAddress, tcp: String?, unix: String?) throws(ClientError) -> TransferAddress? {
        switch self {
        case .http: return nil
        case .socket(let place): return place
        case .tcp:
            guard let place = Self.port(tcp) else { throw Self.none("tcp") }
            return .tcp(place)
        case .unix:
            guard let unix else { throw Self.none("unix") }
            return .unix(path: unix)
        case .automatic:
            switch address {
            case .https: return nil
            case .unix:
                if let unix { return .unix(path: unix) }
                guard let place = Self.port(tcp), place.isLoopback else { return nil }
                return .tcp(place)
            case .http(let service):
                guard let place = Self.port(tcp) else { return nil }
                if !place.isLoopback { return .tcp(place) }
                // Loopback is that of the daemon's machine. A service at loopback may be a tunnel to another one.
                guard service.isLoopback, let unix, unsafe access(unix, F_OK) == 0 else { return nil }
                return .tcp(place)
            }
        }
    }

    private static func port(_ text: String?) -> HostPort? {
        guard let text else { return nil }
        return try? HostPort(text[...], defaultPort: 9999)
    }

    private static func none(_ key: String) -> ClientError {
        ClientError(
            .protocolError,
            "the daemon names no transfer socket for \(key): see server.\(key) in its configuration, or give its address "
                + "instead", reason: "no_socket")
    }
}
