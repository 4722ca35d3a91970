/// A transfer socket of a daemon, without TLS.
public enum TransferAddress: Hashable, Sendable, CustomStringConvertible {
    /// A TCP port.
    case tcp(HostPort)
    /// A Unix socket.
    case unix(path: String)

    /// Reads `tcp://HOST:PORT` or `unix:///PATH`.
    /// - Parameter text: The address.
    /// - Throws: `AddressError` when it is neither.
    public init(_ text: String) throws(AddressError) {
        let (scheme, rest) = try AddressError.parts(of: text)
        switch scheme {
        case "tcp": self = .tcp(try HostPort(rest, defaultPort: 9999))
        case "unix": self = .unix(path: try AddressError.path(rest))
        default: throw .notATransferAddress
        }
    }

    /// The address as it is written.
    public var description: String {
        switch self {
        case .tcp(let place): "tcp://\(place)"
        case .unix(let path): "unix://\(path)"
        }
    }
}
