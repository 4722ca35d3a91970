import APIServer
import AsyncZFSExecutor
import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import zfs_apid

@Suite struct ConfigurationCheckTests {
    private func check(_ text: String) -> ConfigurationCheck {
        let sources = ConfigurationSources(path: "/c.yaml", environment: [:]) { _ in text }
        return ConfigurationCheck(loaded: LoadedConfiguration(sources))
    }

    @Test func `each fault is a line, and what could not be looked at is said`() {
        let check = check("server: {http: {prot: 1, port: x}}")
        let findings = check.judge(file: nil, isServiceFileThere: false, strangers: [])
        #expect(findings.map(\.status) == [.problem, .problem, .warning])
        #expect(check.loaded.configuration == nil)
    }

    @Test func `a file that is named and missing does not keep others from being looked at`() {
        let check = check("auth: {token_file: /nowhere/token}")
        #expect(check.judge(file: nil, isServiceFileThere: false, strangers: []).map(\.status) == [.problem])
        #expect(check.loaded.configuration?.auth.tokenFile == "/nowhere/token")
    }

    @Test func `hashes that everybody can read, and peers that nobody knows, are told of`() async throws {
        let folder = try TemporaryFolder()
        let hash = "$2b$04$abcdefghijklmnopqrstuuPp7HPfoAs8I2dCQCQ/fW7zEJv8I8C8e"
        let user = "auth: {users: [{name: a, role: viewer, password_hash: '\(hash)'}]}\n"
        try folder.write(user, to: "c.yaml", mode: 0o644)
        let sources = ConfigurationSources(path: folder.file("c.yaml"), environment: [:])
        let findings = await ConfigurationCheck(loaded: LoadedConfiguration(sources)).findings()
        #expect(findings.map(\.remedy) == ["chmod o= \(folder.file("c.yaml"))"])
        let peers = check("{}").judge(file: nil, isServiceFileThere: true, strangers: ["user nobody-here"])
        #expect(peers.map(\.status) == [.warning])
    }

    @Test func `who runs it without the file of the services is told so`() {
        let sources = ConfigurationSources(path: nil, environment: [:])
        let check = ConfigurationCheck(loaded: LoadedConfiguration(sources))
        let findings = check.judge(file: nil, isServiceFileThere: true, strangers: [])
        #expect(findings.map(\.status) == [.warning])
        #expect(check.judge(file: nil, isServiceFileThere: false, strangers: []).map(\.status) == [.ok])
    }

    @Test func `a certificate is judged by its end and its key`() async {
        let check = CertificateCheck(options: TLSFixture.options())
        let day = 86_400
        let statuses = [0, 13 * day, 15 * day].map { check.judge(expiry: 1000 * day + $0, now: 1000 * day).status }
        #expect(statuses == [.problem, .warning, .ok])
        let foreign = await CertificateCheck(options: TLSFixture.options(key: "client")).findings()
        #expect(foreign.map(\.status) == [.problem])
    }

    @Test func `delegation is judged by what the configuration wants`() throws {
        let account = try #require(Account(named: "root"))
        let dataset = try DatasetName("tank/a")
        let check = DelegationCheck(runner: try Executor(), account: account, needs: [])
        let need = DelegationCheck.Need(dataset: dataset, role: .viewer)
        let text = "---- Permissions on tank/a ----\nLocal+Descendent permissions:\n\tuser root diff\n"
        #expect(check.judge(text, need, isConfigured: true).status == .ok)
        let lacking = check.judge("", need, isConfigured: true)
        #expect(lacking.status == .problem)
        #expect(lacking.remedy == "as root: zfs allow -u root diff tank/a")
        #expect(
            check.judge("", DelegationCheck.Need(dataset: dataset, role: .admin), isConfigured: false).status
                == .warning)
    }
}
