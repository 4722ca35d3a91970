import AsyncZFSExecutor
import Foundation
import Testing
import ZFSCommandBuilder

/// Commands on another host: OpenSSH's client and server, which is the guest itself.
@Suite(.enabled(if: Lab.isInside, Lab.remedy)) struct SSHTests {
    @Test func `a command runs over ssh, its words unharmed by the shell there`() async throws {
        let root = try Lab.dataset()
        let server = try SSHServer(port: 2222)
        defer { server.stop() }
        let executor = try Executor()
        let host = try server.host(knownHosts: server.knownHosts)
        let value = #"it's $(touch /tmp/harm) "quoted" `id` \ end"#
        let dataset = DatasetReference.dataset(try DatasetName(root))
        let note = try PropertyName("x:note")
        try await executor.run(ZFS.Set([PropertyAssignment(note, try PropertyValue(value))], on: [dataset]), on: host)
        #expect(try await executor.run(ZFS.GetValue(dataset, note), on: host) == value)
        let snapshot = try SnapshotName("\(root)@with a space")
        try await executor.run(ZFS.Snapshot([snapshot]), on: host)
        let rows = try await executor.run(
            ZFS.List([.snapshot(snapshot)], types: [.snapshot], columns: [.name, .guid]), on: host)
        #expect(rows.first?.first == snapshot.text)
        #expect(!FileManager.default.fileExists(atPath: "/tmp/harm"))
        let error = await #expect(throws: CommandFailed.self) {
            try await executor.run(ZFS.List([.dataset(try DatasetName("tank/nosuch"))], columns: [.name]), on: host)
        }
        #expect(error?.failure.reason == .datasetNotFound)
    }

    @Test func `an unknown host key is refused`() async throws {
        let server = try SSHServer(port: 2223)
        defer { server.stop() }
        let host = try server.host(knownHosts: "/dev/null")
        let executor = try Executor()
        let error = await #expect(throws: CommandFailed.self) { try await executor.run(ZFS.Version(), on: host) }
        #expect(error?.failure.standardError.contains("Host key verification failed") == true)
    }
}

/// A real sshd with keys of its own.
private struct SSHServer {
    let port: UInt16
    private let folder: String

    var knownHosts: String { "\(folder)/known_hosts" }

    init(port: UInt16) throws {
        self.port = port
        folder = "/tmp/sshd-\(port)"
        try Lab.shell("mkdir", "-p", "-m", "700", folder, "/run/sshd")
        for name in ["host", "user"] {
            try Lab.shell("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(name)")
        }
        try Lab.shell("cp", "\(folder)/user.pub", "\(folder)/authorized_keys")
        let key = try String(contentsOfFile: "\(folder)/host.pub", encoding: .utf8)
        try "[127.0.0.1]:\(port) \(key)".write(toFile: knownHosts, atomically: true, encoding: .utf8)
        try """
        Port \(port)
        ListenAddress 127.0.0.1
        HostKey \(folder)/host
        AuthorizedKeysFile \(folder)/authorized_keys
        PermitRootLogin prohibit-password
        UsePAM no
        StrictModes no
        PidFile \(folder)/pid
        """.write(toFile: "\(folder)/config", atomically: true, encoding: .utf8)
        // It returns when the server listens.
        try Lab.shell("/usr/sbin/sshd", "-f", "\(folder)/config")
    }

    func host(knownHosts: String) throws -> AsyncZFSExecutor.Host {
        .ssh(
            SSHDestination(
                try SSHHost("root@127.0.0.1"), port: port, identityFile: try AbsolutePath("\(folder)/user"),
                knownHostsFile: try AbsolutePath(knownHosts)))
    }

    func stop() {
        _ = try? Lab.shell("pkill", "-F", "\(folder)/pid")
    }
}
