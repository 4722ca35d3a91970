import NIOCore
import NIOHTTP1
import RateLimiting
import Testing

@testable import APIServer
@testable import ZFSRPC

/// Knows one token of each role.
private struct StubAuthority: Authority {
    func principal(bearing token: String) async throws(RPCError) -> Principal {
        guard let role = Role(rawValue: token) else {
            throw RPCError(.credentialsRefused, "token_invalid", "the token is not valid")
        }
        return Principal(name: token, role: role, kind: .token)
    }

    func login(user: String, password: String, peer: String) async throws(RPCError) -> IssuedToken {
        throw RPCError(.credentialsRefused, "credentials_refused", "user or password is wrong")
    }

    func revoke(tokenID: String) async throws(RPCError) {}
}

@Suite(.timeLimit(.minutes(1))) struct AccessTests {
    private func control(_ rules: AccessRules, limiter: (any RateLimiter)? = nil) -> AccessControl {
        AccessControl(rules: rules, authority: StubAuthority(), limiter: limiter)
    }

    @Test func `a token is needed without the localhost rule, by header`() async throws {
        let access = control(AccessRules(localhostBypass: false))
        try await TestServer.run(access: access) { port, _ in
            for (header, status) in [
                (nil, 401), ("Authorization: Bearer viewer", 200), ("authorization: bearer  admin", 200),
                ("Authorization: Bearer nobody", 401), ("Authorization: Basic dmlld2Vy", 401),
                ("Authorization: Bearer", 401), ("Authorization: Bearer viewer\r\nAuthorization: Bearer viewer", 401),
            ] {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(header.map { Request.call("{}", $0) } ?? Request.call("{}"))
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == status, "\(header ?? "none")")
                    if status == 401 { #expect(answer.headers["www-authenticate"] == "Bearer") }
                }
            }
        }
    }

    @Test func `documents need a caller, health does not`() async throws {
        let access = control(AccessRules(localhostBypass: false))
        try await TestServer.run(access: access) { port, _ in
            for (path, status) in [("/openrpc.json", 401), ("/metrics", 401), ("/health", 200), ("/ready", 200)] {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(Request.get(path))
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == status, "\(path)")
                }
            }
        }
    }

    @Test func `too many requests are refused with what to wait for`() async throws {
        let rules = AccessRules(localhostBypass: false, rateLimit: RateLimit(requests: 3, window: .seconds(60)))
        try await TestServer.run(access: control(rules, limiter: MemoryRateLimiter())) { port, _ in
            for index in 0..<5 {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(Request.call("{}", "Authorization: Bearer viewer"))
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == (index < 3 ? 200 : 429))
                    #expect(answer.headers["ratelimit-policy"] == #""default";q=3;w=60"#)
                    #expect((answer.headers["retry-after"] != nil) == (index >= 3))
                    if index >= 3 { #expect(answer.text.contains(#""reason":"rate_limited""#)) }
                }
            }
            // Another user is not held up.
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("{}", "Authorization: Bearer admin"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 200)
            }
        }
    }

    @Test func `callers by the localhost rule are not limited`() async throws {
        let rules = AccessRules(rateLimit: RateLimit(requests: 1, window: .seconds(60)))
        try await TestServer.run(access: control(rules, limiter: MemoryRateLimiter())) { port, _ in
            for _ in 0..<3 {
                try await RawConnection.run(port: port) { connection in
                    try await connection.send(Request.call("{}"))
                    let answer = try #require(try await connection.answer())
                    #expect(answer.status == 200)
                    #expect(answer.headers["ratelimit"] == nil)
                }
            }
        }
    }

    @Test(arguments: [
        ("X-Forwarded-For: 203.0.113.9", "203.0.113.9"),
        ("X-Forwarded-For: 198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("X-Forwarded-For: 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("X-Forwarded-For: evil, 10.0.0.7", nil),
        ("X-Forwarded-For: 10.0.0.8", nil),
    ])
    func `the client behind proxies is the last one that is no proxy`(header: String, client: String?) throws {
        let proxies = try [#require(AddressRange("10.0.0.0/8"))]
        let value = String(header.split(separator: ": ")[1])
        #expect(ForwardedFor.client(in: ["X-Forwarded-For": value], trusting: proxies) == client)
    }

    @Test func `only the two addresses by which a machine calls itself count as it`() throws {
        for (address, isThisMachine) in [
            ("127.0.0.1", true), ("::1", true), ("127.0.0.2", false), ("::ffff:127.0.0.1", false), ("192.0.2.1", false),
        ] {
            let peer = Peer(address: try .init(ipAddress: address, port: 1), isEncrypted: false, credentials: nil)
            #expect(peer.isThisMachine == isThisMachine, "\(address)")
        }
    }
}
