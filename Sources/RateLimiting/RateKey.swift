internal import Glibc

/// The keys of limits.
public enum RateKey {
    /// Longer names share the limit of their first bytes, so that no caller makes keys of any size.
    private static let nameBytes = 128

    /// The key of a client's address.
    ///
    /// An IPv6 address counts as its first 64 bits, which is what one customer gets at least (RFC 6177) and can fill
    /// with addresses at will. An IPv4 address in IPv6 form (RFC 4291, 2.5.5.2) counts as the IPv4 address.
    ///
    /// - Parameter address: An IP address without port, with or without brackets and zone. Whatever else it is (the
    ///   peer of a Unix socket) shares one key.
    public static func peer(_ address: String) -> String {
        let text = address.filter { $0 != "[" && $0 != "]" }.prefix { $0 != "%" }
        var four = in_addr()
        if unsafe inet_pton(AF_INET, String(text), &four) == 1 {
            return "peer:" + dotted(unsafe withUnsafeBytes(of: &four) { unsafe Array($0) })
        }
        var six = in6_addr()
        guard unsafe inet_pton(AF_INET6, String(text), &six) == 1 else { return "peer:local" }
        let bytes = unsafe withUnsafeBytes(of: &six) { unsafe Array($0) }
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] {
            return "peer:" + dotted(bytes.suffix(4))
        }
        let groups = stride(from: 0, to: 8, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
        return "peer:" + groups.joined(separator: ":") + "::/64"
    }

    /// The key of a user.
    public static func user(_ name: String) -> String {
        "user:" + String(decoding: name.utf8.prefix(nameBytes), as: UTF8.self)
    }

    /// The key of logins by a peer or user, apart from the key of that peer's or user's other requests.
    public static func login(_ key: String) -> String {
        "login:" + key
    }

    private static func dotted(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map(String.init).joined(separator: ".")
    }
}
