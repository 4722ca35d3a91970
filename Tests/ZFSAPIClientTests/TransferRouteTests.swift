import Testing

@testable import ZFSAPIClient

@Suite struct TransferRouteTests {
    @Test(
        arguments: [
            ("http://127.0.0.1:1", "127.0.0.1:9", nil, nil), ("http://127.0.0.1:1", "127.0.0.1:9", "/nowhere/s", nil),
            ("http://127.0.0.1:1", "127.0.0.1:9", "/", "tcp://127.0.0.1:9"),
            ("http://127.0.0.1:1", "nas:9", nil, "tcp://nas:9"), ("http://nas:1", "nas:9", nil, "tcp://nas:9"),
            ("http://nas:1", "127.0.0.1:9", "/s", nil), ("http://nas:1", nil, "/s", nil),
            ("unix:///a", "127.0.0.1:9", "/s", "unix:///s"), ("unix:///a", "127.0.0.1:9", nil, "tcp://127.0.0.1:9"),
            ("unix:///a", "nas:9", nil, nil), ("https://nas:1", "nas:9", "/s", nil),
        ] as [(String, String?, String?, String?)])
    func `a socket is used where it can be reached and nothing is encrypted`(
        address: String, tcp: String?, unix: String?, place: String?
    ) throws {
        let found = try TransferRoute.automatic.place(of: ServiceAddress(address), tcp: tcp, unix: unix)
        #expect(found?.description == place)
    }

    @Test func `a socket that is asked for must be there`() throws {
        let address = ServiceAddress.standard
        #expect(try TransferRoute.http.place(of: address, tcp: "a:1", unix: "/s") == nil)
        #expect(try TransferRoute.unix.place(of: address, tcp: nil, unix: "/s") == .unix(path: "/s"))
        #expect(throws: ClientError.self) { try TransferRoute.unix.place(of: address, tcp: "a:1", unix: nil) }
        #expect(throws: ClientError.self) { try TransferRoute.tcp.place(of: address, tcp: nil, unix: "/s") }
    }
}
