/// Where the API of a daemon is: a TCP port, perhaps with TLS, or a Unix socket.
public enum ServiceAddress: Hashable, Sendable, CustomStringConvertible {
    /// HTTP at a port.
    case http(HostPort)
    /// HTTP over TLS at a port.
    case https(HostPort)
    /// HTTP at a Unix socket.
    case unix(path: String)

    /// The port of the daemon's default configuration.
    public static let defaultPort = 8545
    /// Where a daemon listens by default.
    public static let standard = ServiceAddress.http(HostPort(host: "127.0.0.1", port: defaultPort))

    /// Reads `http://HOST:PORT`, `https://HOST:PORT` or `unix:///PATH`.
    /// - Parameter text: The address. An error does not repeat it, for it might hold a secret.
    /// - Throws: `AddressError` when it is none of these.
    public init(_ text: String) throws(AddressError) {
        let (scheme, rest) = try AddressError.parts(of: text)
        switch scheme {
        case "http": self = .http(try HostPort(rest, defaultPort: Self.defaultPort))
        case "https": self = .https(try HostPort(rest, defaultPort: Self.defaultPort))
        case "unix": self = .unix(path: try AddressError.path(rest))
        default: throw .notAnAddress
        }
    }

    /// Whether TLS is spoken there.
    public var isEncrypted: Bool {
        guard case .https = self else { return false }
        return true
    }

    /// The address as it is written.
    public var description: String {
        switch self {
        case .http(let place): "http://\(place)"
        case .https(let place): "https://\(place)"
        case .unix(let path): "unix://\(path)"
        }
    }

    /// What a `Host` header says.
    var authority: String {
        switch self {
        case .http(let place), .https(let place): place.description
        case .unix: "localhost"
        }
    }

    /// The URL of a path there.
    func url(_ path: String) -> String {
        switch self {
        case .http, .https: description + path
        case .unix(let socket): "http+unix://\(Self.percentEncoded(socket))\(path)"
        }
    }

    private static func percentEncoded(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { text, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 0x80, character.isLetter || character.isNumber || "-._~".contains(character) {
                text.append(character)
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
