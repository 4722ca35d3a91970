import Testing

@testable import zfs_apid

@Suite struct ReloadTests {
    @Test func `takes over what it can and names what needs a restart`() throws {
        let old = try ConfigurationSamples.load("auth: {users: [{name: a, password_hash_file: /h, role: admin}]}")
        let new = try ConfigurationSamples.load(
            """
            server: {http: {port: 1}}
            auth: {users: [{name: a, password_hash_file: /h, role: viewer}], trusted_proxies: [10.0.0.1]}
            rate_limit: {requests: 1}
            logging: {level: debug, format: json}
            """
        )
        let reload = Reload.plan(old: old, new: new)
        #expect(reload.immediate == ["auth.users", "auth.trusted_proxies", "rate_limit.requests", "logging.level"])
        #expect(reload.restart == ["server.http.port", "logging.format"])
        var expected = new
        expected.server.http.port = old.server.http.port
        expected.logging.format = old.logging.format
        #expect(reload.effective == expected)
        #expect(
            reload.summary == """
                in effect now: auth.users, auth.trusted_proxies, rate_limit.requests, logging.level; \
                in effect after a restart: server.http.port, logging.format
                """
        )
    }

    @Test func `says that nothing has changed`() {
        let reload = Reload.plan(old: DaemonConfiguration(), new: DaemonConfiguration())
        #expect(reload.immediate == [] && reload.restart == [])
        #expect(reload.summary == "no key has changed")
    }

    @Test func `changes certificates at once but neither begins nor ends TLS`() throws {
        let plain = DaemonConfiguration()
        let first = try ConfigurationSamples.load("tls: {certificate: /a, key: /b}")
        let second = try ConfigurationSamples.load("tls: {certificate: /c, key: /d}")
        #expect(Reload.plan(old: first, new: second).immediate == ["tls.certificate", "tls.key"])
        #expect(Reload.plan(old: first, new: plain).restart == ["tls.certificate", "tls.key"])
        #expect(Reload.plan(old: first, new: plain).effective == first)
        #expect(Reload.plan(old: plain, new: first).effective == plain)
    }

    @Test func `keeps the old configuration when the new file is broken`() throws {
        let old = try ConfigurationSamples.load("zfs: {queue: 3}")
        let error = #expect(throws: ConfigurationError.self) {
            try Reload.prepare(old: old, ConfigurationSources(path: "f", environment: [:]) { _ in "zfs: {queue: x}" })
        }
        #expect(error?.description == "f:1:14: zfs.queue: must be a whole number from 0 to 1000000")
        let reload = try Reload.prepare(old: old, ConfigurationSources(path: "f", environment: [:]) { _ in "" })
        #expect(reload.restart == ["zfs.queue"])
        #expect(reload.effective == old)
    }
}
