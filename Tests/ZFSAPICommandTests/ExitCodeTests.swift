import TestSupport
import Testing

@testable import zfs_api

/// Each exit code that `Docs/zfs-api.md` lists.
@Suite struct ExitCodeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let code: Int
        let reason: String
        let exit: CommandExit
        let hint: String

        var testDescription: String { "\(code)" }
    }

    private static let cases = [
        Case(code: -32005, reason: "already_exists", exit: .operationFailed, hint: "Choose another name."),
        Case(code: -32002, reason: "dataset_not_found", exit: .notFound, hint: "zfs-api dataset list"),
        Case(code: -32051, reason: "newer_snapshots", exit: .conflict, hint: "--destroy-newer"),
        Case(code: -32010, reason: "stream_incomplete", exit: .transferFailed, hint: ""),
        Case(code: -32053, reason: "timeout", exit: .timedOut, hint: ""),
        Case(code: -32054, reason: "cancelled", exit: .cancelled, hint: ""),
        Case(code: -32602, reason: "unknown_parameter", exit: .usage, hint: ""),
        Case(code: -32052, reason: "zfs_unavailable", exit: .unavailable, hint: "Install OpenZFS"),
        Case(code: -32603, reason: "internal_error", exit: .internalError, hint: ""),
        Case(code: -32042, reason: "not_allowed", exit: .denied, hint: "role"),
    ]

    @Test(arguments: cases)
    func `an error of the daemon ends the command with its code, and says what to do`(_ it: Case) async throws {
        let service = try ScriptedService { _ in ScriptedService.failure(it.code, it.reason) }
        let folder = try TemporaryFolder()
        let done = try await Program.client(["info", "--address", service.address], home: folder.path)
        #expect(done.status == it.exit.rawValue)
        #expect(done.output.isEmpty)
        #expect(done.errors.contains("zfs-api: it went wrong\n"))
        #expect(done.errors.contains("(reason \(it.reason), request r-1)"))
        #expect(it.hint.isEmpty || done.errors.contains(it.hint))
    }

    @Test func `too many requests`() async throws {
        let service = try ScriptedService { _ in
            ScriptedService.failure(
                -32000, "rate_limited", status: "429 Too Many Requests", fields: "Retry-After: 42\r\n")
        }
        let folder = try TemporaryFolder()
        let done = try await Program.client(["info", "--address", service.address], home: folder.path)
        #expect(done.status == CommandExit.rateLimited.rawValue)
        #expect(done.errors.contains("Try again in 42 s."))
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
    ])
    func `something else than the daemon`(answer: String) async throws {
        let service = try ScriptedService { _ in answer }
        let folder = try TemporaryFolder()
        let done = try await Program.client(["info", "--address", service.address], home: folder.path)
        #expect(done.status == CommandExit.protocolError.rawValue)
    }

    @Test func `a migration that fails`() async throws {
        let service = try ScriptedService { _ in
            let parameters =
                #"{"source":"a@s","destination":"b","remote":null,"limit":null,"compression":"auto","recursive":false,"#
                + #""intermediates":false,"sync":true,"on_conflict":"refuse","with_properties":false,"properties":{}}"#
            return ScriptedService.answer(
                #""result":{"id":"7","status":"failed","created_at":"now","attempts":1,"progress":{},"#
                    + #""error":{"code":-32051,"message":"b has other snapshots","reason":"destination_diverged"},"#
                    + #""params":\#(parameters)}"#)
        }
        let folder = try TemporaryFolder()
        let done = try await Program.client(["task", "watch", "7", "--address", service.address], home: folder.path)
        #expect(done.status == CommandExit.migrationFailed.rawValue)
        #expect(done.errors.contains("b has other snapshots"))
        #expect(done.errors.contains("--on-conflict"))
    }

    @Test func `nobody to ask`() async throws {
        let folder = try TemporaryFolder()
        let done = try await Program.client(["bookmark", "destroy", "tank/a#b"], home: folder.path)
        #expect(done.status == CommandExit.declined.rawValue)
        #expect(done.errors.contains("--yes"))
    }

    @Test func `a daemon that does not run`() async throws {
        let folder = try TemporaryFolder()
        for address in ["http://127.0.0.1:\(try LoopbackPort.free())", "unix://\(folder.file("none.sock"))"] {
            let done = try await Program.client(["pool", "list", "--address", address], home: folder.path)
            #expect(done.status == CommandExit.unavailable.rawValue)
            #expect(done.errors.contains("systemctl start zfs-apid"))
        }
    }

    @Test(arguments: [
        ["pool", "lst"], ["send", "tank"], ["call"], ["info", "--address", "nas:1"],
        ["volume", "create", "tank/v", "big"],
        ["migrate", "tank/a@s", "--to", ":b"], ["call", "dataset_list", "depth=deep"],
        ["call", "auth_login", "username=me", "password=secret"],
    ])
    func `a command that is not legal`(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let done = try await Program.client(arguments, home: folder.path)
        #expect(done.status == CommandExit.usage.rawValue)
        #expect(!done.errors.isEmpty)
    }

    @Test(arguments: [
        "profiles: {nas: {address: 'http://nas', colour: red}}", "profile: {}", "[", "default: nas",
        "profiles: {nas: {token: secret}}", "{default: a, profiles: {a: {address: nas}}}",
        "{default: a, profiles: {a: {token_file: /nowhere/token}}}",
    ])
    func `a configuration that can not be used`(text: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "config.yaml")
        folder.makeFolder("zfs-api")
        try folder.write(text, to: "zfs-api/config.yaml")
        defer { folder.remove("zfs-api/config.yaml") }
        let done = try await Program.client(["info"], home: "/", environment: ["XDG_CONFIG_HOME": folder.path])
        #expect(done.status == CommandExit.configuration.rawValue, "\(done.errors)")
        #expect(!done.errors.contains("secret"))
    }

    @Test func `errors are JSON when JSON is asked for`() async throws {
        let service = try ScriptedService { _ in ScriptedService.failure(-32002, "dataset_not_found") }
        let folder = try TemporaryFolder()
        let done = try await Program.client(["info", "--json", "--address", service.address], home: folder.path)
        #expect(done.status == CommandExit.notFound.rawValue)
        #expect(done.errors.hasPrefix(#"{"error":{"code":-32002,"#))
        #expect(done.errors.contains(#""reason":"dataset_not_found""#))
    }

    @Test func `the page lists every code`() async throws {
        let page = try await Program(name: "/bin/cat").run(["\(Program.repository)/Docs/zfs-api.md"], environment: [:])
        for exit in CommandExit.allCases { #expect(page.output.contains("\n| \(exit.rawValue) |"), "\(exit)") }
    }
}
