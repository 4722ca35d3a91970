import Logging
import NIOCore
import Synchronization
import Testing

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct ConnectionAdmissionTests {
    private static func network(_ address: String) throws -> PeerNetwork? {
        PeerNetwork(of: try SocketAddress(ipAddress: address, port: 1))
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1", "::ffff:192.0.2.1", true),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true), ("2001:db8:0:1::1", "2001:db8:0:2::1", false),
        ("192.0.2.1", "2001:db8::192.0.2.1", false), ("0.0.0.1", "::2", false),
    ])
    func `an IPv4 address and an IPv6 network are a peer`(one: String, other: String, isSame: Bool) throws {
        #expect((try Self.network(one) == Self.network(other)) == isSame)
        #expect(try Self.network(one) != nil)
    }

    @Test(arguments: ["127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1"])
    func `loopback is no peer`(address: String) throws {
        #expect(try Self.network(address) == nil)
    }

    @Test func `a peer without an address counts as one`() {
        #expect(PeerNetwork(of: nil) != nil)
    }

    @Test func `refuses more than its share to one peer and forgets who left`() throws {
        let admission = ConnectionAdmission(total: 10, perPeer: 2)
        let peer = try Self.network("192.0.2.1")
        #expect(admission.admit(peer))
        #expect(admission.admit(peer))
        #expect(!admission.admit(peer))
        #expect(admission.admit(try Self.network("192.0.2.2")))
        #expect(admission.admit(nil) && admission.admit(nil) && admission.admit(nil))
        #expect(admission.counts.active == 6)
        #expect(admission.counts.accepted == 6)
        #expect(admission.counts.refused(.perPeer) == 1)
        admission.release(peer)
        #expect(admission.admit(peer))
        #expect(!admission.admit(peer))
    }

    @Test func `has room again when a connection ends, and counts each wait once`() {
        let admission = ConnectionAdmission(total: 2, perPeer: 2)
        let listener = PausedListener()
        admission.open()
        #expect(admission.room(for: listener) > 0)
        admission.open()
        #expect(admission.room(for: listener) == 0)
        #expect(admission.room(for: listener) == 0)
        #expect(admission.room(for: PausedListener()) == 0)
        #expect(admission.counts.refused(.total) == 2)
        admission.close()
        #expect(admission.room(for: listener) > 0)
        admission.open()
        #expect(admission.room(for: listener) == 0)
        #expect(admission.counts.refused(.total) == 3)
    }

    @Test func `accepts no more than the total on all listeners until one ends`() async throws {
        let admission = ConnectionAdmission(total: 2, perPeer: 9)
        try await TestServer.run(admission: admission) { first, _ in
            try await TestServer.run(admission: admission) { second, _ in
                try await RawConnection.run(port: first) { one in
                    try await one.send(Request.get("/health"))
                    #expect(try await one.answer()?.status == 200)
                    try await RawConnection.run(port: second) { two in
                        try await two.send(Request.get("/health"))
                        #expect(try await two.answer()?.status == 200)
                        try await RawConnection.run(port: second) { three in
                            try await three.send(Request.get("/health"))
                            try await two.send(Request.get("/health"))
                            #expect(try await two.answer()?.status == 200)
                            #expect(admission.counts.active == 2)
                            #expect(admission.counts.refused(.total) > 0)
                            try await one.close(reset: true)
                            #expect(try await three.answer()?.status == 200)
                        }
                    }
                }
            }
        }
        try await admission.counts.settles(active: 0)
    }

    /// An address of this machine that is not loopback; a machine without a network has none.
    static let ownAddress: String? = {
        let devices = (try? System.enumerateDevices()) ?? []
        let addresses = devices.compactMap { device -> String? in
            guard case .v4 = device.address else { return nil }
            return device.address?.ipAddress
        }
        return addresses.first { !LoopbackName.matches($0) }
    }()

    @Test(.enabled(if: ownAddress != nil, "this machine has no IPv4 address but loopback"))
    func `closes connections of one peer beyond its share at once, and loopback may have more`() async throws {
        let address = try #require(Self.ownAddress)
        let admission = ConnectionAdmission(total: 100, perPeer: 2)
        let listener = TCPListener(host: "0.0.0.0", port: 0, allowsPlaintext: true)
        try await TestServer.run(listener: .tcp(listener), admission: admission) { port, _ in
            try await RawConnection.run(port: port, host: address) { one in
                try await RawConnection.run(port: port, host: address) { two in
                    try await one.send(Request.get("/health"))
                    #expect(try await one.answer()?.status == 200)
                    try await two.send(Request.get("/health"))
                    #expect(try await two.answer()?.status == 200)
                    try await RawConnection.run(port: port, host: address) { three in
                        #expect(await three.countToEnd() == 0)
                    }
                    #expect(admission.counts.refused(.perPeer) == 1)
                    for _ in 0..<4 {
                        try await RawConnection.run(port: port) { local in
                            try await local.send(Request.get("/health"))
                            #expect(try await local.answer()?.status == 200)
                        }
                    }
                }
            }
        }
    }

    @Test func `outlives a storm of resets`() async throws {
        let admission = ConnectionAdmission(total: 50, perPeer: 9)
        try await TestServer.run(admission: admission) { port, _ in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<4 {
                    tasks.addTask {
                        for _ in 0..<200 {
                            try await RawConnection.run(port: port) { try await $0.close(reset: true) }
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.get("/health"))
                #expect(try await connection.answer()?.status == 200)
            }
            try await admission.counts.settles(active: 0)
        }
    }
}
