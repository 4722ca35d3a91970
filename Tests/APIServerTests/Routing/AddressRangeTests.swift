import APIServer
import Testing

@Suite struct AddressRangeTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("10.1.2.3/8", "10.9.9.9", true),
        ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.128", true),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("0.0.0.0/0", "203.0.113.9", true),
        ("0.0.0.0/0", "::1", false), ("::/0", "2001:db8::1", true), ("2001:db8::/33", "2001:db8:8000::", false),
        ("2001:db8::/33", "2001:db8:7fff::", true), ("::ffff:10.0.0.0/104", "10.1.1.1", true),
        ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("10.0.0.0/8", "10.0.0.0/8", false), ("10.0.0.0/8", "x", false),
    ])
    func `holds the addresses that share its bits`(range: String, address: String, holds: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == holds)
    }

    @Test(arguments: [
        "", "x", "localhost", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1",
        "10.0.0.0/+1", "10.0.0.0/8/8", "10.0.0.0/ 8", " 10.0.0.1", "10.0.0.1\u{0}", "::/129", ":::", "fe80::1%lo",
        "[::1]", "/8", "10.0.0.1:80",
    ])
    func `refuses what is no address`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("::1", true), ("0.0.0.0/0", true), ("::/0", true), ("127.9.0.0/16", true),
        ("::ffff:127.0.0.1", true), ("10.0.0.0/8", false), ("::2", false), ("128.0.0.0/1", false),
    ])
    func `knows whether this machine is in it`(text: String, touches: Bool) throws {
        #expect(try #require(AddressRange(text)).touchesLoopback == touches)
    }
}
