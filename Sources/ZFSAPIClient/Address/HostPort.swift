/// A host and a TCP port.
public struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// A name or an IP address, without brackets.
    public let host: String
    /// The port.
    public let port: Int

    /// Makes one.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST`, `HOST:PORT` or `[IPv6]:PORT`.
    init(_ text: Substring, defaultPort: Int) throws(AddressError) {
        var host = text
        var port: Substring?
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw .notAnAddress }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw .notAnAddress }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
            guard !host.contains(":") else { throw .notAnAddress }
        }
        let allowed = host.utf8.allSatisfy { byte in
            Character(Unicode.Scalar(byte)).isASCII && (byte > 0x20 && byte < 0x7f)
                && !"/?#@%[]\\\"".utf8.contains(byte)
        }
        guard !host.isEmpty, host.utf8.count <= 255, allowed else { throw .notAnAddress }
        self.host = String(host)
        guard let port else {
            self.port = defaultPort
            return
        }
        guard port.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(port), (1...65535).contains(number)
        else { throw .notAnAddress }
        self.port = number
    }

    /// Whether it is this machine by its name.
    public var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// `HOST:PORT`, with brackets around an IPv6 address.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
