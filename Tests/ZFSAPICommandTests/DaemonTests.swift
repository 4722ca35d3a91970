import Foundation
import TestSupport
import Testing
import ZFSAPIClient

@testable import zfs_api

/// Against a real daemon, without ZFS.
@Suite struct DaemonTests {
    @Test func `calls go over a port and over a Unix socket`() async throws {
        let daemon = try await DaemonProcess()
        for address in [daemon.address, daemon.unix] {
            let done = try await Program.client(["task", "list", "--json", "--address", address], home: "/")
            #expect(done.status == 0, "\(done.errors)")
            #expect(done.output.contains(#""total" : 0"#))
        }
    }

    @Test func `a task that is not there, and a parameter that is unknown`() async throws {
        let daemon = try await DaemonProcess()
        let missing = try await Program.client(["task", "show", "7", "--address", daemon.address], home: "/")
        #expect(missing.status == CommandExit.notFound.rawValue)
        #expect(missing.errors.contains("zfs-api task list"))
        let unknown = try await Program.client(
            ["call", "dataset_list", "depht=1", "--address", daemon.address], home: "/")
        #expect(unknown.status == CommandExit.usage.rawValue)
    }

    @Test func `a login is kept for the address, and used until the logout`() async throws {
        let hash = try await Program(name: "\(Program.folder)/zfs-apid").run(
            ["hash-password"], input: "correct horse\n", environment: [:])
        let daemon = try await DaemonProcess(
            """
            auth:
              localhost_bypass: false
              users: [{name: anna, role: viewer, password_hash: '\(hash.output.trimmingCharacters(in: .newlines))'}]
            """)
        let home = try TemporaryFolder()
        let place = ["--address", daemon.address]
        let refused = try await Program.client(["task", "list"] + place, home: home.path)
        #expect(refused.status == CommandExit.denied.rawValue)
        #expect(refused.errors.contains("zfs-api login"))
        let wrong = try await Program.client(["login", "-u", "anna"] + place, home: home.path, input: "wrong\n")
        #expect(wrong.status == CommandExit.denied.rawValue)
        let login = try await Program.client(
            ["login", "-u", "anna"] + place, home: home.path, input: "correct horse\n")
        #expect(login.status == 0, "\(login.errors)")
        let tokens = TemporaryFolder.names(in: home.file(".config/zfs-api/tokens"))
        #expect(tokens.count == 1)
        let file = ".config/zfs-api/tokens/\(tokens.first ?? "")"
        #expect(home.mode(file) == 0o600)
        let token = try home.read(file).trimmingCharacters(in: .newlines)
        #expect(!token.isEmpty && !login.output.contains(token) && !login.errors.contains(token))
        let allowed = try await Program.client(["task", "list"] + place, home: home.path)
        #expect(allowed.status == 0, "\(allowed.errors)")
        let other = try ScriptedService { request in
            ScriptedService.failure(request.lowercased().contains("authorization") ? -32603 : -32040, "told")
        }
        let elsewhere = try await Program.client(["task", "list", "--address", other.address], home: home.path)
        #expect(elsewhere.status == CommandExit.denied.rawValue, "a token is shown to nobody else")
        let logout = try await Program.client(["logout"] + place, home: home.path)
        #expect(logout.status == 0, "\(logout.errors)")
        #expect(TemporaryFolder.names(in: home.file(".config/zfs-api/tokens")).isEmpty)
        for name in [".config/zfs-api/tokens", ".config/zfs-api", ".config"] { home.remove(name) }
    }

    @Test func `a profile names address and token`() async throws {
        let daemon = try await DaemonProcess("auth: {localhost_bypass: false}")
        let issue = [
            "token", "issue", "--config", daemon.folder.file("config.yaml"), "--user", "t", "--role", "viewer",
        ]
        let token = try await Program(name: "\(Program.folder)/zfs-apid").run(issue, environment: [:])
        let folder = try TemporaryFolder()
        try folder.write(token.output, to: "token")
        folder.makeFolder("zfs-api")
        try folder.write(
            """
            default: here
            profiles:
              here: {address: '\(daemon.address)', token_file: \(folder.file("token"))}
              told: {address: '\(daemon.unix)', token_command: [cat, \(folder.file("token"))]}
            """, to: "zfs-api/config.yaml")
        defer { folder.remove("zfs-api/config.yaml") }
        for arguments in [[], ["--profile", "told"]] {
            let done = try await Program.client(
                ["task", "list"] + arguments, home: "/", environment: ["XDG_CONFIG_HOME": folder.path])
            #expect(done.status == 0, "\(done.errors)")
        }
        let listed = try await Program.client(
            ["profile", "list", "-q"], home: "/", environment: ["XDG_CONFIG_HOME": folder.path])
        #expect(listed.output.contains("here *"))
        try folder.write(token.output, to: "token", mode: 0o644)
        let open = try await Program.client(
            ["task", "list"], home: "/", environment: ["XDG_CONFIG_HOME": folder.path])
        #expect(open.status == CommandExit.configuration.rawValue)
        #expect(open.errors.contains("chmod 600"))
    }

    @Test func `events come as they happen, and a wait for them can be cancelled`() async throws {
        let daemon = try await DaemonProcess()
        var configuration = ClientConfiguration(address: try ServiceAddress(daemon.address))
        configuration.retries = 0
        try await Client.with(configuration) { client in
            let task = try await client.migrationCreate(source: "tank/a@s", destination: "tank/b")
            var events = client.events(taskID: task.taskID, after: 0).makeAsyncIterator()
            let first = try await events.next()
            #expect(first?.taskID == task.taskID && first?.event == "created")
            let waiting = Task { for try await _ in client.events() {} }
            waiting.cancel()
            await #expect(throws: ClientError.self) { try await waiting.value }
        }
    }

    @Test func `the methods are those of the daemon`() async throws {
        let daemon = try await DaemonProcess()
        let folder = try TemporaryFolder()
        let fetch = "import sys, urllib.request as r; sys.stdout.buffer.write(r.urlopen(sys.argv[1]).read())"
        let made = try await Program(name: "/bin/sh").run(
            [
                "-c", "python3 -c \"$1\" \"$2/openrpc.json\" | \"$3/Scripts/generate-client\" \"$4\"", "sh", fetch,
                daemon.address, Program.repository, folder.path,
            ], environment: ["PATH": "/usr/bin:/bin:/usr/local/bin"])
        #expect(made.status == 0, "\(made.errors)")
        #expect(folder.names.count == 3)
        let own = "\(Program.repository)/Sources/ZFSAPIClient/Generated"
        for name in folder.names {
            let differs =
                FileManager.default.contents(atPath: folder.file(name))
                != FileManager.default.contents(atPath: "\(own)/\(name)")
            #expect(
                !differs,
                "make \(name) again: curl -s http://127.0.0.1:8545/openrpc.json | Scripts/generate-client Sources/ZFSAPIClient/Generated"
            )
        }
    }
}
