import RateLimiting
import Testing

@Suite struct RateKeyTests {
    @Test(arguments: [
        ("192.0.2.7", "peer:192.0.2.7"), ("::ffff:192.0.2.7", "peer:192.0.2.7"), ("::FFFF:c000:207", "peer:192.0.2.7"),
        ("2001:db8::1", "peer:2001:db8:0:0::/64"), ("2001:db8:0:0:ffff::", "peer:2001:db8:0:0::/64"),
        ("[2001:db8:0:1::1]", "peer:2001:db8:0:1::/64"), ("fe80::1%eth0", "peer:fe80:0:0:0::/64"),
        ("::1", "peer:0:0:0:0::/64"), ("", "peer:local"), ("192.0.2.7.1", "peer:local"), ("/run/socket", "peer:local"),
    ])
    func `an address has the key of its network`(address: String, key: String) {
        #expect(RateKey.peer(address) == key)
    }

    @Test func `names are bounded and kept apart from addresses and logins`() {
        #expect(RateKey.user(String(repeating: "x", count: 1_000_000)).utf8.count == 133)
        #expect(RateKey.user("192.0.2.7") != RateKey.peer("192.0.2.7"))
        #expect(RateKey.login(RateKey.user("root")) == "login:user:root")
    }
}
