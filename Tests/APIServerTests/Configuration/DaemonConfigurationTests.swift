import APIServer
import ArgumentParser
import Logging
import Testing

@testable import zfs_apid

@Suite struct DaemonConfigurationTests {
    @Test func `takes every key`() throws {
        var configuration = DaemonConfiguration()
        try configuration.apply(
            yaml: """
                server:
                  http:
                    host: "::1"
                    port: 9000
                    limits: {body_bytes: 2048, header_bytes: 4096, idle_timeout: 5, request_timeout: 6, connections: 7}
                logging: {level: debug, format: json}
                zfs:
                  path: [/opt/zfs/sbin, /sbin]
                  max_processes: 3
                  queue: 0
                  deadline: 9
                  share_reads: false
                """,
            file: "f"
        )
        let limits = HTTPLimits(
            bodyBytes: 2048,
            headerBytes: 4096,
            idleTimeout: .seconds(5),
            requestTimeout: .seconds(6),
            connections: 7
        )
        #expect(configuration.http == HTTPConfiguration(host: "::1", port: 9000, limits: limits))
        #expect(configuration.logging == LoggingConfiguration(level: .debug, format: .json))
        let zfs = ZFSConfiguration(
            path: ["/opt/zfs/sbin", "/sbin"],
            maxProcesses: 3,
            queue: 0,
            deadline: 9,
            shareReads: false
        )
        #expect(configuration.zfs == zfs)
    }

    @Test(arguments: ["", "# nothing\n", "server:\n", "zfs: {}\n", "logging:\n  level: ~\n"])
    func `completes a partial file by the defaults`(text: String) throws {
        var configuration = DaemonConfiguration()
        try configuration.apply(yaml: text, file: "f")
        #expect(configuration == DaemonConfiguration())
    }

    @Test func `collects all faults with line and column`() {
        let text = """
            server:
              http:
                host: 0.0.0.0
                port: "8545"
                tls: true
            logging:
              level: loud
            zfs:
              path: [sbin]
              queue: 1.5
              share_reads: yes please
            redis: {}
            """
        var configuration = DaemonConfiguration()
        let error = #expect(throws: ConfigurationError.self) { try configuration.apply(yaml: text, file: "f") }
        let places = error?.faults.map { "\($0.place) \($0.key)" }
        #expect(
            places == [
                "f:12:1 redis", "f:5:5 server.http.tls", "f:3:11 server.http.host", "f:4:11 server.http.port",
                "f:7:10 logging.level", "f:9:10 zfs.path", "f:10:10 zfs.queue", "f:11:16 zfs.share_reads",
            ]
        )
    }

    @Test(arguments: [
        "a: [", "a: b: c", "- x", "x", "server: []", "server: {http: 1}", "a: 1\na: 2", "zfs: {path: []}",
    ])
    func `refuses what is not a configuration`(text: String) {
        var configuration = DaemonConfiguration()
        let error = #expect(throws: ConfigurationError.self) { try configuration.apply(yaml: text, file: "f") }
        #expect(error?.faults.allSatisfy { $0.place.hasPrefix("f:") } == true)
    }

    @Test func `the environment wins over the file and its faults name the variable`() throws {
        var configuration = DaemonConfiguration()
        try configuration.apply(yaml: "server: {http: {port: 1}}", file: "f")
        try configuration.apply(environment: ["ZFS_API_PORT": "2", "ZFS_API_LOG_FORMAT": "json", "ZFS_API_HOST": ""])
        #expect(configuration.http.port == 2)
        #expect(configuration.logging.format == .json)
        let error = #expect(throws: ConfigurationError.self) {
            try configuration.apply(environment: ["ZFS_API_PORT": "x", "ZFS_API_HOST": "10.0.0.1"])
        }
        #expect(error?.faults.map(\.place) == ["ZFS_API_HOST", "ZFS_API_PORT"])
    }

    @Test func `flags win over the environment`() throws {
        let serve = try Serve.parse(["--port", "3", "--log-level", "error"])
        let configuration = try serve.resolve(environment: ["ZFS_API_PORT": "2", "ZFS_API_LOG_LEVEL": "debug"])
        #expect(configuration.http.port == 3)
        #expect(configuration.logging.level == .error)
    }
}
