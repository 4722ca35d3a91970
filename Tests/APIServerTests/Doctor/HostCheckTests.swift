import AsyncZFSExecutor
import Testing
import ZFSCommandBuilder

@testable import zfs_apid

@Suite struct HostCheckTests {
    private func check(_ host: String = "nas") throws -> HostCheck {
        var configuration = SSHConfiguration()
        configuration.user = "backup"
        configuration.port = 2222
        configuration.identityFile = "/keys/id"
        return try HostCheck(SSHHost(host), configuration: configuration, runner: Executor())
    }

    private func failure(_ said: String) throws -> Result<VersionReport, any Error> {
        let failure = try #require(
            CommandFailure(reaching: SSHHost("nas"), status: .exited(255), standardError: Array("\(said)\n".utf8)))
        return .failure(CommandFailed(failure))
    }

    @Test func `the host is reached as the configuration says, and by nothing shared`() throws {
        let destination = try check().destination
        #expect(destination.host.text == "backup@nas")
        #expect(destination.port == 2222)
        #expect(destination.identityFile?.text == "/keys/id")
        #expect(destination.controlFolder == nil)
        #expect(try check("root@nas").destination.host.text == "root@nas")
    }

    @Test(
        arguments: [
            ("Host key verification failed.", "ssh-keyscan -p 2222 nas"),
            ("backup@nas: Permission denied (publickey).", "/keys/id.pub"),
            ("ssh: Could not resolve hostname nas: Name or service not known", "see its name"),
        ])
    func `what ssh says has a remedy`(said: String, remedy: String) throws {
        let findings = try check().judge(failure(said), nil)
        #expect(findings.map(\.status) == [.problem])
        #expect(findings.first?.message.hasPrefix("backup@nas: ") == true)
        #expect(findings.first?.remedy?.contains(remedy) == true)
    }

    @Test func `a host that hangs is told of after the deadline`() throws {
        let findings = try check().judge(.failure(ExecutionError.timedOut(seconds: 6)), nil)
        #expect(findings.first?.message == "backup@nas: it did not answer within 6 s")
        #expect(findings.first?.remedy == "is nas on, and does its firewall let port 2222 through?")
    }

    @Test func `a good host has one line, with its version and its clock`() throws {
        let report = try ZFS.Version().decode(Array("zfs-2.3.2-1\nzfs-kmod-2.3.2-1\n".utf8))
        let same = ClockDifference(Array("1000\n".utf8), between: 1000, and: 1002)
        #expect(
            try check().judge(.success(report), same)
                == [.ok("ssh", "backup@nas: login works, OpenZFS 2.3.2-1, its clock is right")])
        let late = ClockDifference(Array("900\n".utf8), between: 1000, and: 1002)
        #expect(try check().judge(.success(report), late).map(\.message) == ["backup@nas: its clock is 100 s behind"])
        #expect(try check().judge(.success(report), nil).map(\.status) == [.ok])
    }

    @Test(
        arguments: [("1000", 0), ("1002\n", 0), ("997", -3), ("1010", 8), ("1001.5", 0)])
    func `the difference of clocks is the least that the time of the connection allows`(text: String, seconds: Int) {
        #expect(ClockDifference(Array(text.utf8), between: 1000, and: 1002)?.seconds == seconds)
    }

    @Test(arguments: ["", "date: not found", "-5", "99999999999999999999"])
    func `what is no time is none`(text: String) {
        #expect(ClockDifference(Array(text.utf8), between: 1000, and: 1002) == nil)
    }
}
