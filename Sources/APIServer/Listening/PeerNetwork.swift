internal import NIOCore

/// What counts as one peer: an IPv4 address, or the /64 of an IPv6 address, which one client owns as a whole.
struct PeerNetwork: Sendable, Hashable {
    /// An IPv4 address in the lower half, or the first 64 bits of an IPv6 address.
    private let bits: UInt64
    private let isIPv4: Bool

    /// Reads the network of an address; nil for loopback and Unix sockets, which count as no peer.
    ///
    /// An IPv4 address that came to an IPv6 socket (`::ffff:192.0.2.1`) is the IPv4 address. A peer whose address is
    /// not known shares one network with others like it.
    init?(of address: SocketAddress?) {
        switch address {
        case .v4(let address):
            // struct sockaddr_in of ip(7): family, port, address
            let address = address.address
            self.init(ipv4: Self.load(UInt32.self, at: 4, of: address))
        case .v6(let address):
            // struct sockaddr_in6 of ipv6(7): family, port, flow, address
            let address = address.address
            let high = Self.load(UInt64.self, at: 8, of: address)
            let low = Self.load(UInt64.self, at: 16, of: address)
            if high == 0, low >> 32 == 0xFFFF {
                self.init(ipv4: UInt32(truncatingIfNeeded: low))
            } else if high == 0, low == 1 {
                return nil
            } else {
                self.init(bits: high, isIPv4: false)
            }
        case .unixDomainSocket:
            return nil
        case nil:
            self.init(bits: 0, isIPv4: true)
        }
    }

    private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _: Number.Type,
        at offset: Int,
        of address: some Any
    ) -> Number {
        unsafe withUnsafeBytes(of: address) { bytes in
            Number(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
        }
    }

    private init?(ipv4: UInt32) {
        guard ipv4 >> 24 != 127 else { return nil }
        self.init(bits: UInt64(ipv4), isIPv4: true)
    }

    private init(bits: UInt64, isIPv4: Bool) {
        self.bits = bits
        self.isIPv4 = isIPv4
    }
}
