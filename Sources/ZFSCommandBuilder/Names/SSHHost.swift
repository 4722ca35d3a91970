/// Where `ssh` shall connect to: a host name or address, with `user@` before it or not.
///
/// `ssh` reads a host that starts with `-` as an option and expands `%`; neither is legal here.
public struct SSHHost: Hashable, Sendable {
    /// The user, or nil for the one that `ssh` takes by itself.
    public let user: String?
    /// The host name, IPv4 address or IPv6 address without brackets.
    public let host: String

    /// Parses `host` or `user@host`.
    ///
    /// The user is `[a-z_][a-z0-9_-]{0,31}`; the host has at most 253 bytes (RFC 1035, section 2.3.4).
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        let bytes = text.utf8
        if let delimiter = bytes.firstIndex(of: 0x40) {
            let user = String(text[..<delimiter])
            try Self.checkUser(user)
            self.user = user
            host = String(text[text.index(after: delimiter)...])
        } else {
            user = nil
            host = text
        }
        try Self.checkHost(host)
    }

    /// The form that `ssh` takes: `host` or `user@host`.
    public var text: String { user.map { "\($0)@\(host)" } ?? host }

    private static func checkUser(_ user: String) throws(NameError) {
        let subject = "user name"
        try NameRules.checkLength(user, subject, limit: 32)
        for (offset, byte) in user.utf8.enumerated() {
            let isFirst = (0x61...0x7A).contains(byte) || byte == 0x5F
            if isFirst || offset > 0 && (NameRules.isDigit(byte) || byte == 0x2D) { continue }
            throw NameError(subject, user, .illegalByte(byte, offset: offset))
        }
    }

    private static func checkHost(_ host: String) throws(NameError) {
        let subject = "host"
        try NameRules.checkLength(host, subject, limit: 253)
        if host.utf8.contains(0x3A) {
            guard isIPv6(host) else {
                throw NameError(subject, host, .malformed(expected: "a host name, IPv4 or IPv6 address"))
            }
            return
        }
        try NameRules.checkBytes(host, subject) { NameRules.isAlphanumeric($0) || $0 == 0x2E || $0 == 0x2D }
        if let first = host.utf8.first, !NameRules.isAlphanumeric(first) {
            throw NameError(subject, host, .illegalByte(first, offset: 0))
        }
        if let last = host.utf8.last, !NameRules.isAlphanumeric(last) {
            throw NameError(subject, host, .illegalByte(last, offset: host.utf8.count - 1))
        }
    }

    /// RFC 4291, section 2.2: eight groups of hexadecimal digits, `::` once for some of them, an IPv4 address for the
    /// last two.
    private static func isIPv6(_ text: String) -> Bool {
        var groups = text.utf8.split(separator: 0x3A, omittingEmptySubsequences: false)[...]
        // Of the two empty groups that "::" leaves at an end, the outer one counts for nothing.
        if groups.first?.isEmpty == true {
            groups.removeFirst()
            guard groups.first?.isEmpty == true else { return false }
        }
        if groups.last?.isEmpty == true, groups.count > 1 {
            groups.removeLast()
            guard groups.last?.isEmpty == true else { return false }
        }
        var words = 0
        var gaps = 0
        if let last = groups.last, isIPv4(last) {
            groups.removeLast()
            words = 2
        }
        for group in groups {
            if group.isEmpty {
                gaps += 1
            } else {
                guard group.count <= 4, group.allSatisfy(isHexadecimal) else { return false }
                words += 1
            }
        }
        return gaps == 0 ? words == 8 : gaps == 1 && words < 8
    }

    private static func isIPv4(_ text: Substring.UTF8View) -> Bool {
        let parts = text.split(separator: 0x2E, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(NameRules.isDigit)
                    && UInt8(String(Substring(part))) != nil
            }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        NameRules.isDigit(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
    }
}

extension SSHHost: CustomStringConvertible {
    /// The form that `ssh` takes.
    public var description: String { text }
}
