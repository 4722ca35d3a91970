import Testing

@testable import ZFSAPIClient

@Suite struct AddressTests {
    @Test(arguments: [
        ("http://127.0.0.1:18545", "http://127.0.0.1:18545"), ("http://nas", "http://nas:8545"),
        ("https://nas.example:443/", "https://nas.example:443"), ("http://[::1]:80", "http://[::1]:80"),
        ("http://[fe80::1]", "http://[fe80::1]:8545"),
        ("unix:///run/zfs-apid/http.sock", "unix:///run/zfs-apid/http.sock"),
    ])
    func `an address is read and written`(text: String, written: String) throws {
        #expect(try ServiceAddress(text).description == written)
    }

    @Test(arguments: [
        "", "nas", "nas:8545", "ftp://nas", "http://", "http://nas:0", "http://nas:65536", "http://nas:x",
        "http://nas/path",
        "http://nas?query", "unix://relative", "unix:///" + String(repeating: "x", count: 108), "http://a b",
        "http://[::1",
        "http://::1", "tcp://nas:9999", "http://nas:+80",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: AddressError.notAnAddress) { try ServiceAddress(text) }
    }

    @Test func `a password in an address is refused, and not repeated`() {
        #expect(throws: AddressError.hasCredentials) { try ServiceAddress("http://user:secret@nas") }
        #expect(!AddressError.hasCredentials.description.contains("secret"))
    }

    @Test func `the path of a socket is encoded in its URL`() throws {
        #expect(
            try ServiceAddress("unix:///run/a b/%.sock").url("/events")
                == "http+unix://%2Frun%2Fa%20b%2F%25.sock/events")
    }

    @Test func `transfer sockets have addresses of their own`() throws {
        #expect(try TransferAddress("tcp://nas").description == "tcp://nas:9999")
        #expect(try TransferAddress("unix:///s").description == "unix:///s")
        #expect(throws: AddressError.notATransferAddress) { try TransferAddress("http://nas") }
    }
}
