import APIServer
import ArgumentParser
import Logging
import RateLimiting
import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import zfs_apid

@Suite struct DaemonConfigurationTests {
    @Test func `takes every key of the server, TLS and the process`() throws {
        let configuration = try ConfigurationSamples.load(
            """
            server:
              http:
                host: "::1"
                port: 9000
                limits:
                  body_bytes: 2048
                  header_bytes: 4096
                  header_timeout: 3
                  request_timeout: 6
                  idle_timeout: 5
                  connections: 7
                  connections_per_peer: 2
              unix_http: {path: /run/x.sock, mode: "0600", group: wheel}
              tcp: {enabled: false, host: localhost, port: 7, tls: false}
              unix: {path: /run/y.sock, mode: "0640", group: users}
            tls: {certificate: /c, key: /k, client_ca: /a, client_certificates: optional, required: false}
            state_dir: /state
            logging: {level: debug, format: json}
            zfs: {path: [/opt/zfs/sbin, /sbin], max_processes: 3, queue: 0, deadline: 9, share_reads: false}
            files: {roots: [/srv/a, /srv/b]}
            streams: {max: 4, stall_timeout: 5}
            ssh: {user: backup, port: 2222, identity_file: /k/id, known_hosts_file: /k/hosts, receive_buffer: 64}
            task_manager: {migration_workers: 2}
            """
        )
        var expected = DaemonConfiguration()
        expected.server.http.host = "::1"
        expected.server.http.port = 9000
        expected.server.http.limits = ConnectionLimits(
            bodyBytes: 2048,
            headerBytes: 4096,
            headerTimeout: .seconds(3),
            requestTimeout: .seconds(6),
            idleTimeout: .seconds(5),
            connections: 7,
            connectionsPerPeer: 2
        )
        expected.server.unixHTTP = UnixListenerConfiguration(path: "/run/x.sock", mode: 0o600, group: "wheel")
        expected.server.tcp = TransferListenerConfiguration(enabled: false, host: "localhost", port: 7, tls: false)
        expected.server.unix = UnixListenerConfiguration(path: "/run/y.sock", mode: 0o640, group: "users")
        expected.files.roots = ["/srv/a", "/srv/b"]
        expected.streams = StreamsConfiguration(max: 4, stallTimeout: .seconds(5))
        expected.ssh = SSHConfiguration(
            user: "backup", port: 2222, identityFile: "/k/id", knownHostsFile: "/k/hosts", receiveBuffer: 64)
        expected.taskManager = TasksConfiguration(migrationWorkers: 2)
        expected.tls = TLSConfiguration(
            certificate: "/c",
            key: "/k",
            clientCA: "/a",
            clientCertificates: .optional,
            required: false
        )
        expected.stateDirectory = "/state"
        expected.logging = LoggingConfiguration(level: .debug, format: .json)
        expected.zfs = ZFSConfiguration(
            path: ["/opt/zfs/sbin", "/sbin"],
            maxProcesses: 3,
            queue: 0,
            deadline: 9,
            shareReads: false
        )
        #expect(configuration == expected)
    }

    @Test func `takes every key of who may do what`() throws {
        let auth = try ConfigurationSamples.load(
            """
            server: {unix_http: {path: /s}}
            auth:
              users:
                - {name: eve, password_hash: '\(ConfigurationSamples.hash)', role: operator, datasets: [tank/a, b]}
                - {name: max, password_hash_file: /h, role: viewer}
              peers:
                - {user: root, role: admin}
                - {user: 1000, role: viewer, datasets: [tank]}
                - {group: ops, role: operator}
              secret_file: /s
              previous_secret_file: /p
              token_file: /t
              token_role: viewer
              token_lifetime: 60
              audience: you
              localhost_bypass: false
              trusted_proxies: [127.0.0.1, "2001:db8::/32"]
              login_limit: {requests: 3, window: 4}
            """
        ).auth
        let eve = try #require(auth.users.first)
        #expect(eve.passwordHash == .text(ConfigurationSamples.hash))
        #expect((eve.name, eve.role.rawValue, eve.datasets?.map(\.text) ?? []) == ("eve", "operator", ["tank/a", "b"]))
        #expect(auth.users.last?.passwordHash == .file("/h"))
        #expect(auth.users.last?.datasets == nil)
        #expect(auth.peers.map(\.subject) == [.user("root"), .uid(1000), .group("ops")])
        #expect(auth.peers.map(\.role) == [.admin, .viewer, .operator])
        #expect(auth.peers.map { $0.datasets?.map(\.text) } == [nil, ["tank"], nil])
        #expect([auth.secretFile, auth.previousSecretFile, auth.tokenFile] == ["/s", "/p", "/t"])
        #expect(auth.tokenRole == .viewer)
        #expect(auth.tokenLifetime == .seconds(60))
        #expect(auth.audience == "you")
        #expect(!auth.localhostBypass)
        #expect(auth.trustedProxies.map(\.description) == ["127.0.0.1", "2001:db8::/32"])
        #expect(auth.loginLimit.rate == RateLimit(requests: 3, window: .seconds(4)))
    }

    @Test func `takes every key of limits, stores and records`() throws {
        let configuration = try ConfigurationSamples.load(
            """
            rate_limit: {enabled: false, requests: 5, window: 6}
            redis: {host: r.example, port: 1, db: 2, user: u, password_file: /p}
            audit: {enabled: true, file: /a, required: false, reads: true}
            metrics: {enabled: false, public: true}
            """
        )
        #expect(!configuration.rateLimit.enabled)
        #expect(configuration.rateLimit.limit.rate == RateLimit(requests: 5, window: .seconds(6)))
        #expect(configuration.redis.endpoint == .tcp(host: "r.example", port: 1))
        #expect(configuration.redis.database == 2)
        #expect([configuration.redis.user, configuration.redis.passwordFile] == ["u", "/p"])
        #expect(configuration.auditFile == "/a")
        #expect(!configuration.audit.required && configuration.audit.reads)
        #expect(!configuration.metrics.enabled && configuration.metrics.isPublic)
        let socket = try ConfigurationSamples.load("redis: {path: /r.sock}\naudit: {enabled: false, file: /a}")
        #expect(socket.redis.endpoint == .unix(path: "/r.sock"))
        #expect(socket.auditFile == nil)
    }

    @Test(arguments: [
        "", "# nothing\n", "server:\n", "zfs: {}\n", "logging:\n  level: ~\n", "---\nredis:\n",
        "\u{FEFF}tls:\r\n  key:\r\n",
    ])
    func `completes a partial file by the defaults`(text: String) throws {
        let configuration = try ConfigurationSamples.load(text)
        #expect(configuration == DaemonConfiguration())
        #expect(configuration.redis.endpoint == nil)
        #expect(configuration.secretFile == "/var/lib/zfs-apid/jwt.secret")
        #expect(configuration.auditFile == "/var/lib/zfs-apid/audit.log")
    }

    @Test func `the environment wins over the file, and flags over the environment`() throws {
        let text = "server: {http: {port: 1}}\nlogging: {level: error, format: json}\nstate_dir: /f"
        let environment = [
            "ZFS_API_PORT": "2", "ZFS_API_LOG_LEVEL": "debug", "ZFS_API_HOST": "", "ZFS_API_STATE_DIR": "/e",
            "ZFS_API_TOKEN": "0123456789abcdef", "ZFS_API_SECRET_KEY": "0123456789abcdef0123456789abcdef",
        ]
        let flag = ConfigurationOverride(place: "--port", key: .port, text: "3")
        let configuration = try ConfigurationSamples.load(text, environment: environment, flags: [flag])
        #expect(configuration.server.http.port == 3)
        #expect(configuration.server.http.host == "127.0.0.1")
        #expect(configuration.logging.level == .debug)
        #expect(configuration.logging.format == .json)
        #expect(configuration.stateDirectory == "/e")
        #expect(configuration.auth.token?.text == "0123456789abcdef")
        #expect(configuration.auth.secretKey?.text == "0123456789abcdef0123456789abcdef")
    }

    @Test func `the folders of systemd are defaults that the file can change`() throws {
        let environment = [
            "STATE_DIRECTORY": "/var/lib/a:/var/lib/b", "LOGS_DIRECTORY": "/var/log/a", "RUNTIME_DIRECTORY": "/run/a",
        ]
        let configuration = try ConfigurationSamples.load("", environment: environment)
        #expect(configuration.secretFile == "/var/lib/a/jwt.secret")
        #expect(configuration.auditFile == "/var/log/a/audit.log")
        #expect(configuration.server.unix.path == "/run/a/transfer.sock")
        #expect(try ConfigurationSamples.load("state_dir: /x", environment: environment).secretFile == "/x/jwt.secret")
    }

    @Test func `the flags of serve and the variable that names the file reach the configuration`() throws {
        let serve = try Serve.parse(["--port", "3", "--log-level", "error", "--log-format", "json", "--host", "::1"])
        let configuration = try serve.sources(environment: ["ZFS_API_PORT": "2"]).load()
        #expect(configuration.server.http.port == 3)
        #expect(configuration.server.http.host == "::1")
        #expect(configuration.logging == LoggingConfiguration(level: .error, format: .json))
        #expect(serve.sources(environment: ["ZFS_API_CONFIG": "/x"]).path == "/x")
        let named = try Serve.parse(["--config", "/y"])
        #expect(named.sources(environment: ["ZFS_API_CONFIG": "/x"]).path == "/y")
    }

    @Test func `prints nothing of a secret`() throws {
        let environment = ["ZFS_API_TOKEN": "0123456789abcdef"]
        let text = "auth: {users: [{name: a, password_hash: '\(ConfigurationSamples.hash)', role: admin}]}"
        let configuration = try ConfigurationSamples.load(text, environment: environment)
        let summary = CheckConfig.summary(of: configuration, path: "f")
        let lines = ["configuration is valid (f)", "auth.users: a (admin)", "auth.token: (set)"]
        #expect(summary == lines)
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("0123456789abcdef"))
        #expect(!"\(configuration)".contains("0123456789abcdef"))
    }

    @Test func `says that nothing was changed`() {
        let lines = CheckConfig.summary(of: DaemonConfiguration(), path: nil)
        #expect(lines == ["configuration is valid (no file)", "every key has its default"])
    }
}
