import APIServer
import Glibc
import NIOCore
import TestSupport
import Testing
import ZFSRPC

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct TransferAccessTests {
    private func principal(_ rules: AccessRules, address: String) -> Principal? {
        let access = AccessControl(rules: rules, authority: nil, limiter: nil)
        let address = try? NIOCore.SocketAddress(ipAddress: address, port: 1)
        return access.transferPrincipal(of: Peer(address: address, isEncrypted: false, credentials: nil))
    }

    private func principal(_ rules: AccessRules, uid: UInt32, gid: UInt32) -> Principal? {
        let access = AccessControl(rules: rules, authority: nil, limiter: nil)
        let credentials = PeerCredentials(pid: 1, uid: uid, gid: gid)
        return access.transferPrincipal(of: Peer(address: nil, isEncrypted: false, credentials: credentials))
    }

    @Test func `needs no token on loopback while such callers are localhost`() {
        #expect(principal(AccessRules(), address: "127.0.0.1") == .localhost)
        #expect(principal(AccessRules(), address: "::1") == .localhost)
        #expect(principal(AccessRules(localhostBypass: false), address: "127.0.0.1") == nil)
        for other in ["127.0.0.2", "::ffff:127.0.0.1", "192.0.2.1"] {
            #expect(principal(AccessRules(), address: other) == nil)
        }
    }

    @Test func `needs no token from root, from its own user and group, and from peers by a rule`() {
        let rules = AccessRules(peers: [PeerRule(users: [1000], role: .operator)])
        #expect(principal(rules, uid: 0, gid: 7)?.role == .admin)
        #expect(principal(rules, uid: geteuid(), gid: 7)?.role == .admin)
        #expect(principal(rules, uid: 12345, gid: getegid())?.role == .admin)
        #expect(principal(rules, uid: 1000, gid: getegid())?.role == .operator)
        #expect(principal(rules, uid: 12345, gid: 12345) == nil)
    }

    @Test func `wants a token from others`() async throws {
        try await TransferServer.run(rules: AccessRules(localhostBypass: false)) { server in
            let client = try TransferClient(server.place)
            try await client.send(operation: 1, metadata: #"{"dataset":"tank/a","snapshot":"s"}"#)
            let reply = try await client.reply()
            #expect(reply["reason"] == "authentication_required")
            #expect(reply["code"] == .number("-32040"))
        }
    }

    @Test func `holds peers to their role`() async throws {
        try await TemporaryFolder.run { folder in
            let rules = AccessRules(peers: [PeerRule(users: [geteuid()], role: .viewer)])
            let listener = UnixListener(path: folder + "/transfer.sock")
            try await TransferServer.run(on: .unix(listener), rules: rules) { server in
                let client = try TransferClient(server.place)
                try await client.send(operation: 1, metadata: #"{"dataset":"tank/a","snapshot":"s"}"#)
                #expect(try await client.reply()["reason"] == "not_allowed")
            }
        }
    }

    @Test func `has a socket of its mode alone, and removes it`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder + "/transfer.sock"
            let listener = HTTPListener.unix(UnixListener(path: path, mode: 0o600))
            try await TransferServer.run(on: listener) { server in
                var status = stat()
                #expect(unsafe stat(path, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o600)
                await #expect(throws: HTTPServiceError.self) {
                    try await TransferServer.run(on: listener) { _ in }
                }
                let client = try TransferClient(server.place)
                try await client.send(token: try await server.token(to: .send))
                #expect(try await client.message()["status"] == "started")
            }
            #expect(TemporaryFolder.names(in: folder) == ["transfer.sock.lock"])
        }
    }

    @Test func `refuses an address beyond loopback without TLS, and names its section`() async {
        let listener = HTTPListener.tcp(TCPListener(host: "0.0.0.0", port: 0, section: "server.tcp"))
        let error = await #expect(throws: HTTPServiceError.self) { try await TransferServer.run(on: listener) { _ in } }
        #expect(error?.description.contains("server.tcp.host") == true)
    }
}
