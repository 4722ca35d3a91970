/// Names and literals that mean this very machine.
package enum LoopbackName {
    /// Whether a host without port is `localhost`, an IPv4 literal of 127.0.0.0/8, `::1` or `[::1]`.
    package static func matches(_ host: some StringProtocol) -> Bool {
        if host == "localhost" || host == "127.0.0.1" || host == "::1" || host == "[::1]" { return true }
        if host.lowercased() == "localhost" { return true }
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("127".utf8) else { return false }
        return parts.allSatisfy { part in
            // A leading zero is octal to some resolvers, so such a literal is not taken for what it may not be.
            (1...3).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
                && (part.count == 1 || part.first != 0x30)
                && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
        }
    }

    /// Whether a `Host` header value, with or without a port, names this machine.
    package static func matches(hostHeader value: String) -> Bool {
        guard let colon = value.utf8.lastIndex(of: UInt8(ascii: ":")), value.utf8.last != UInt8(ascii: "]") else {
            // A bare ::1 has no place in a Host header: RFC 3986 wants the brackets.
            return value != "::1" && matches(value)
        }
        let host = value[..<colon]
        let port = value[value.utf8.index(after: colon)...]
        guard !host.utf8.contains(UInt8(ascii: ":")) || host == "[::1]" else { return false }
        let isPort = port.utf8.count <= 5 && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isPort && (Int(port) ?? 0) <= 65_535 && matches(host)
    }
}
