import Testing

@testable import zfs_apid

@Suite struct BrokenConfigurationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let faults: [String]

        init(_ text: String, _ faults: String...) {
            self.text = text
            self.faults = faults
        }

        var testDescription: String { text }
    }

    @Test(arguments: [
        Case(
            "servers: {}",
            "f:1:1: servers: unknown key; known here: audit, auth, files, logging, metrics, rate_limit, redis, server, ssh, state_dir, streams, task_manager, tls, zfs"
        ),
        Case("server: {udp: {}}", "f:1:10: server.udp: unknown key; known here: http, tcp, unix, unix_http"),
        Case("server: {tcp: {port: 8545}}", "f:1:22: server.tcp.port: is the port of server.http too; use another one"),
        Case(
            "server: {tcp: {host: 0.0.0.0}}",
            "f:1:22: server.tcp.host: is not a loopback address, and passwords and tokens would cross the network in plain text; set tls.certificate and tls.key, or tls.required: false where something else encrypts"
        ),
        Case(
            "server: {tcp: {host: 0.0.0.0, tls: false}}\ntls: {certificate: /c, key: /k}",
            "f:1:36: server.tcp.tls: must be true beyond loopback, or tls.required false where something else encrypts"),
        Case(
            "server: {unix: {group: ops}}", "f:1:24: server.unix.group: has no effect without server.unix.path"),
        Case(
            "server: {unix: {path: /s}, unix_http: {path: /s}}",
            "f:1:23: server.unix.path: is the socket of HTTP too; use another one"),
        Case("files: {roots: [/]}", "f:1:17: files.roots: each member must be an absolute folder other than /"),
        Case(
            "files: {roots: /srv}",
            "f:1:16: files.roots: must be a list, each member an absolute folder other than /"),
        Case("streams: {max: 0}", "f:1:16: streams.max: must be a whole number from 1 to 10000"),
        Case(
            "redis: {port: 1, \"a b\": 2}",
            "f:1:18: ?: unknown key; known here: db, host, password_file, path, port, user"),
        Case("server: []", "f:1:9: server: must be a mapping of keys to values"),
        Case("- x", "f:1:1: must be a mapping of keys to values"),
        Case("server: {http: {port: \"1\"}}", "f:1:23: server.http.port: must be a whole number from 0 to 65535"),
        Case("server: {http: {port: 65536}}", "f:1:23: server.http.port: must be a whole number from 0 to 65535"),
        Case(
            "server: {http: {host: example.org}}",
            "f:1:23: server.http.host: must be an IP address, without a port, or localhost"),
        Case(
            "server: {http: {host: \"10.0.0.0/8\"}}",
            "f:1:23: server.http.host: must be an IP address, without a port, or localhost"),
        Case(
            "server: {http: {limits: {header_timeout: 0}}}",
            "f:1:42: server.http.limits.header_timeout: must be a whole number from 1 to 86400"),
        Case(
            "server: {unix_http: {path: run/x}}",
            "f:1:28: server.unix_http.path: must be an absolute path of at most 107 bytes"),
        Case(
            "server: {unix_http: {path: /x, mode: 0666}}",
            "f:1:38: server.unix_http.mode: must be an octal mode in quotes without rights for others, such as \"0660\""
        ),
        Case(
            "server: {unix_http: {group: ops}}",
            "f:1:29: server.unix_http.group: has no effect without server.unix_http.path"),
        Case("tls: {certificate: /c}", "f:1:20: tls.certificate: needs tls.key, the file of its private key"),
        Case("tls: {key: /k}", "f:1:12: tls.key: needs tls.certificate, the file of the certificate"),
        Case("tls: {required: maybe}", "f:1:17: tls.required: must be true or false"),
        Case(
            "tls: {certificate: /c, key: /k, client_certificates: always}",
            "f:1:54: tls.client_certificates: must be one of none, optional, required"),
        Case(
            "tls: {certificate: /c, key: /k, client_certificates: required}",
            "f:1:54: tls.client_certificates: needs tls.client_ca, the file of the authorities that sign client certificates"
        ),
        Case(
            "tls: {certificate: /c, key: /k, client_ca: /a}",
            "f:1:44: tls.client_ca: has no effect; set tls.client_certificates to optional or required"),
        Case(
            "tls: {client_ca: /a, client_certificates: required}",
            "f:1:43: tls.client_certificates: needs TLS; set tls.certificate and tls.key"),
        Case(
            "server: {http: {host: 0.0.0.0}}",
            "f:1:23: server.http.host: is not a loopback address, and passwords and tokens would cross the network in plain text; set tls.certificate and tls.key, or tls.required: false where something else encrypts",
            "f:1:23: server.http.host: is not a loopback address, and nobody could log in; add auth.users or auth.token_file, or set auth.secret_file for tokens of zfs-apid token issue"
        ),
        Case(
            "server: {http: {host: '::'}}\ntls: {certificate: /c, key: /k}",
            "f:1:23: server.http.host: is not a loopback address, and nobody could log in; add auth.users or auth.token_file, or set auth.secret_file for tokens of zfs-apid token issue"
        ),
        Case(
            "auth: {localhost_bypass: true, trusted_proxies: [10.0.0.1, 127.0.0.0/24]}",
            "f:1:49: auth.trusted_proxies: has 127.0.0.0/24, a proxy on this machine: a request it forwards without saying so would be taken for a local caller and have all rights; set auth.localhost_bypass: false"
        ),
        Case(
            "auth: {trusted_proxies: [proxy]}",
            "f:1:26: auth.trusted_proxies: each member must be an IP address or a network such as 10.0.0.0/8"),
        Case(
            "auth: {secret: x}",
            "f:1:8: auth.secret: a secret must not be in this file; put it into a file with mode 0600 and name that as secret_file"
        ),
        Case(
            "auth: {token: x}",
            "f:1:8: auth.token: a token must not be in this file; put it into a file with mode 0600 and name that as token_file"
        ),
        Case("auth: {token_role: root}", "f:1:20: auth.token_role: must be one of viewer, operator, admin"),
        Case(
            "auth: {secret_file: /a, previous_secret_file: /a}",
            "f:1:47: auth.previous_secret_file: is the file of the present key too; name the file of the key before it, or leave it out"
        ),
        Case(
            "auth: {users: [{name: a, role: admin, password: admin}]}",
            "f:1:16: auth.users[0].password_hash: give either password_hash or password_hash_file",
            "f:1:39: auth.users[0].password: a password must not be in this file; run zfs-apid hash-password and give what it prints as password_hash"
        ),
        Case(
            "auth: {users: [{name: a, role: boss, password_hash_file: /h}]}",
            "f:1:32: auth.users[0].role: must be one of viewer, operator, admin"),
        Case(
            "auth: {users: [{name: a, role: admin, password_hash: admin}]}",
            "f:1:54: auth.users[0].password_hash: must be a bcrypt ($2a$, $2b$, $2y$) or yescrypt ($y$) hash in single quotes; make one with: zfs-apid hash-password"
        ),
        Case(
            "auth: {users: [{}]}",
            "f:1:16: auth.users[0].name: is missing; each user has a name",
            "f:1:16: auth.users[0].role: is missing; give viewer, operator or admin",
            "f:1:16: auth.users[0].password_hash: give either password_hash or password_hash_file"),
        Case(
            "auth:\n  users:\n  - {name: a, role: admin, password_hash_file: /h}\n  - {name: a, role: viewer, password_hash_file: /h}",
            "f:4:12: auth.users[1].name: is the name of an earlier user too; give each user one entry"),
        Case(
            "auth: {users: [{name: localhost, role: admin, password_hash_file: /h}]}",
            "f:1:23: auth.users[0].name: must be 1 to 64 letters, digits and . _ @ -, beginning with a letter or digit, and not localhost or token"
        ),
        Case(
            "auth: {users: [{name: a, role: viewer, password_hash_file: /h, datasets: [tank/../x]}]}",
            "f:1:75: auth.users[0].datasets: each member must be a dataset name such as tank/backup"),
        Case(
            "auth: {users: [{name: a, role: viewer, password_hash_file: /h, datasets: []}]}",
            "f:1:74: auth.users[0].datasets: must be a list, each member a dataset name such as tank/backup"),
        Case("auth: {users: {a: b}}", "f:1:15: auth.users: must be a list"),
        Case(
            "auth: {peers: [{user: root, role: admin}]}",
            "f:1:15: auth.peers: has no effect without server.unix_http.path or server.unix.path: peers are recognised on Unix sockets"
        ),
        Case(
            "server: {unix_http: {path: /s}}\nauth: {peers: [{user: a, group: b, role: admin}, {user: 7, role: viewer}, {user: 7, role: admin}]}",
            "f:2:23: auth.peers[0].user: give either user or group",
            "f:2:82: auth.peers[2].user: is in an earlier entry too; keep one"),
        Case("rate_limit: {requests: 0}", "f:1:24: rate_limit.requests: must be a whole number from 1 to 1000000"),
        Case(
            "redis: {password: x, host: h}",
            "f:1:9: redis.password: a password must not be in this file; put it into a file with mode 0600 and name that as password_file"
        ),
        Case("redis: {host: h, path: /p}", "f:1:24: redis.path: cannot be together with redis.host; keep one"),
        Case("redis: {host: h, user: u}", "f:1:24: redis.user: needs redis.password_file"),
        Case(
            "redis: {password_file: /p}", "f:1:24: redis.password_file: has no effect without redis.host or redis.path"),
        Case("audit: {file: log}", "f:1:15: audit.file: must be an absolute path"),
        Case("state_dir: \"/a\\nb\"", "f:1:12: state_dir: must be an absolute path"),
        Case(
            "logging: {level: loud}",
            "f:1:18: logging.level: must be one of trace, debug, info, notice, warning, error, critical"),
        Case("logging: {format: xml}", "f:1:19: logging.format: must be json or text"),
        Case("zfs: {path: []}", "f:1:13: zfs.path: must be a list, each member an absolute folder without a colon"),
        Case("zfs: {path: [sbin]}", "f:1:14: zfs.path: each member must be an absolute folder without a colon"),
        Case("zfs: {queue: 1.5}", "f:1:14: zfs.queue: must be a whole number from 0 to 1000000"),
        Case("{[a]: b}", "f:1:2: a key must be plain text"),
        Case("a: [", "f:2:1: did not find expected node content"),
        Case("a: b: c", "f:1:5: mapping values are not allowed in this context"),
        Case("logging:\n\tlevel: info", "f:2:1: found character that cannot start any token"),
        Case("zfs:\n--- \ntls:", "f:2:1: but found another document"),
        Case("zfs:\n  queue: 1\u{1}", "f:2:1: control characters are not allowed"),
    ])
    func `says what is wrong, where, and what to do`(broken: Case) {
        #expect(ConfigurationSamples.faults(broken.text) == broken.faults)
    }

    @Test func `collects the faults of file, environment and flags`() {
        let text = "server: {http: {port: x}}\nredis: {}\nzfs: {queue: -1}\niscsi: {}\ntls: {key: /k}"
        let environment = [
            "ZFS_API_TOKEN": "short", "ZFS_API_SECRET_KEY": "0123456789abcdef", "ZFS_API_STATE_DIR": "here",
            "ZFS_API_LOG_LEVEL": "loud",
        ]
        let flag = ConfigurationOverride(place: "--port", key: .port, text: "-1")
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationSamples.load(text, environment: environment, flags: [flag])
        }
        let secret = "printable ASCII characters without spaces; make one with: openssl rand -hex 32"
        #expect(
            error?.faults.map(\.description) == [
                "f:1:23: server.http.port: must be a whole number from 0 to 65535",
                "f:3:14: zfs.queue: must be a whole number from 0 to 1000000",
                "f:4:1: iscsi: unknown key; known here: audit, auth, files, logging, metrics, rate_limit, redis, server, ssh, state_dir, streams, task_manager, tls, zfs",
                "ZFS_API_LOG_LEVEL: must be one of trace, debug, info, notice, warning, error, critical",
                "ZFS_API_SECRET_KEY: must be 32 to 512 \(secret)",
                "ZFS_API_STATE_DIR: must be an absolute path",
                "ZFS_API_TOKEN: must be 16 to 512 \(secret)",
                "--port: must be a port number from 0 to 65535",
                "f:5:12: tls.key: needs tls.certificate, the file of the certificate",
            ]
        )
    }

    @Test func `names the variable that made the keys disagree`() {
        let faults = ConfigurationSamples.faults("auth: {token_file: /t}", environment: ["ZFS_API_HOST": "192.0.2.1"])
        #expect(faults.count == 1)
        #expect(faults.first?.hasPrefix("ZFS_API_HOST: server.http.host: is not a loopback address") == true)
    }

    @Test func `transfers beyond loopback over TLS, by permission, or not at all`() {
        let start = "server: {tcp: {host: 0.0.0.0}}\n"
        #expect(ConfigurationSamples.faults(start + "tls: {certificate: /c, key: /k}") == [])
        #expect(ConfigurationSamples.faults(start + "tls: {required: false}") == [])
        #expect(ConfigurationSamples.faults("server: {tcp: {host: 0.0.0.0, enabled: false}}") == [])
    }

    @Test(arguments: [
        "auth: {token_file: /t}", "auth: {secret_file: /t}",
        "auth: {users: [{name: a, role: viewer, password_hash_file: /h}]}",
        "auth: {peers: [{user: root, role: admin}]}",
    ])
    func `listens beyond loopback once somebody can log in over TLS or by permission`(auth: String) {
        let start = "server: {http: {host: 0.0.0.0}, unix_http: {path: /s}}\n\(auth)\n"
        #expect(ConfigurationSamples.faults(start + "tls: {certificate: /c, key: /k}") == [])
        #expect(ConfigurationSamples.faults(start + "tls: {required: false}") == [])
        #expect(ConfigurationSamples.faults(start).count == 1)
    }
}
