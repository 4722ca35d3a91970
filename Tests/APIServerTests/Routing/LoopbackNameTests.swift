import APIServer
import Testing

@Suite struct LoopbackNameTests {
    @Test(arguments: ["localhost", "LocalHost:1", "127.0.0.1", "127.255.255.254:65535", "[::1]", "[::1]:8545"])
    func `takes the names of this machine`(host: String) {
        #expect(LoopbackName.matches(hostHeader: host))
    }

    @Test(arguments: [
        "", ":1", "localhost.", "localhost.evil.example", "evil.example", "128.0.0.1", "127.0.0", "127.0.0.256",
        "127.0.0.01", "127.0.0.1.", "127.0.0.1:x", "127.0.0.1:99999", "127.0.0.1:1:2", "0.0.0.0", "[::]", "[::2]:1",
        "localhost@evil.example", "localhost, evil.example", "127.1", "2130706433", "::1",
    ])
    func `refuses everything else in a Host header`(host: String) {
        #expect(LoopbackName.matches(hostHeader: host) == false)
    }
}
