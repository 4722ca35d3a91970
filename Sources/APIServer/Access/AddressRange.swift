internal import Glibc

/// An IP address, or all addresses that share its first bits.
///
/// An IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) is the IPv4 address.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    /// The text the range was made of.
    public let description: String
    /// 4 or 16 bytes in network order.
    private let bytes: [UInt8]
    /// How many leading bits count.
    private let prefix: Int

    /// Parses an IPv4 or IPv6 address, optionally with `/` and the number of leading bits (RFC 4632, RFC 4291).
    ///
    /// - Returns: nil for anything else; names are not resolved.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = parts.first, var bytes = Self.bytes(of: String(address)) else { return nil }
        var prefix = bytes.count * 8
        if parts.count > 1 {
            guard parts.count == 2, (1...3).contains(parts[1].utf8.count),
                parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let bits = Int(parts[1]), bits <= prefix
            else { return nil }
            prefix = bits
        }
        if bytes.count == 16, prefix >= 96, bytes.starts(with: Self.mapped) {
            bytes.removeFirst(Self.mapped.count)
            prefix -= 96
        }
        self.description = text
        self.bytes = bytes
        self.prefix = prefix
    }

    /// Whether an address without port lies in the range; false for what is no address.
    public func contains(_ address: String) -> Bool {
        guard !address.utf8.contains(UInt8(ascii: "/")), let other = AddressRange(address) else { return false }
        return sharesBits(prefix, with: other)
    }

    /// Whether some address lies in both ranges.
    public func overlaps(_ other: AddressRange) -> Bool {
        sharesBits(min(prefix, other.prefix), with: other)
    }

    /// Whether it holds an address of 127.0.0.0/8 or `::1`.
    public var touchesLoopback: Bool {
        ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }.contains(where: overlaps)
    }

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    private func sharesBits(_ count: Int, with other: AddressRange) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        guard bytes.prefix(count / 8) == other.bytes.prefix(count / 8) else { return false }
        guard count % 8 != 0 else { return true }
        return (bytes[count / 8] ^ other.bytes[count / 8]) >> (8 - count % 8) == 0
    }

    private static func bytes(of text: String) -> [UInt8]? {
        guard !text.utf8.contains(0) else { return nil }
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if unsafe inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
