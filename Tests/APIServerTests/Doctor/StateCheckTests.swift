import Glibc
import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import zfs_apid

@Suite struct StateCheckTests {
    private let folder: TemporaryFolder
    private var configuration = DaemonConfiguration()

    init() throws {
        folder = try TemporaryFolder()
        configuration.stateDirectory = folder.path
    }

    private func permissions() async -> [Finding] {
        await PermissionsCheck(configuration: configuration).findings()
    }

    @Test func `a state folder of ours is right, one that others may enter is told of`() async {
        #expect(await permissions().map(\.status) == [.ok])
        unsafe chmod(folder.path, 0o755)
        #expect(await permissions().map(\.remedy) == ["chmod 0700 \(folder.path)"])
    }

    @Test func `a state folder that is missing is made where that can be done`() async {
        var check = PermissionsCheck(configuration: configuration)
        check = PermissionsCheck(configuration: with(state: folder.file("new")))
        #expect(await check.findings().map(\.status) == [.ok])
        check = PermissionsCheck(configuration: with(state: "/nowhere/state"))
        // The audit log is in the state folder, and is not told of again.
        #expect(await check.findings().map(\.status) == [.problem])
    }

    @Test func `files that others may use are told of`() async throws {
        var configuration = configuration
        configuration.ssh.identityFile = folder.file("id")
        try folder.write("key", to: "id", mode: 0o644)
        try folder.write("", to: "revoked-tokens", mode: 0o640)
        let findings = await PermissionsCheck(configuration: configuration).findings()
        #expect(findings.map(\.status) == [.warning, .problem])
        #expect(findings.last?.remedy == "chmod 0600 \(folder.file("id"))")
        configuration.ssh.identityFile = folder.file("none")
        #expect(await PermissionsCheck(configuration: configuration).findings().last?.status == .problem)
    }

    @Test func `a store that is not there yet is right, one that is damaged or another's is left as it is`()
        async throws
    {
        let scratch = ScratchFolder()
        let check = StoreCheck(path: folder.file("transfers.sqlite"), scratch: scratch)
        #expect(await check.findings().map(\.status) == [.ok])
        for text in ["", "not a database at all, but some text that is long enough for a header of one hundred bytes."]
        {
            try folder.write(text, to: "transfers.sqlite")
            let findings = await check.findings()
            #expect(findings.map(\.status) == [.problem])
            #expect(findings.first?.message.hasPrefix(check.path) == true)
            #expect(try folder.read("transfers.sqlite") == text)
        }
        #expect(folder.names == ["transfers.sqlite"])
        let copies = try #require(scratch.path)
        scratch.remove()
        #expect(throws: FileAbsence.self) { try FileFacts(copies) }
        #expect(scratch.path == nil)
    }

    @Test func `room that runs out is told of`() {
        let check = SpaceCheck(folders: [])
        let statuses = [1 << 40, 100 << 20, 1 << 20, 0].map { check.judge(FreeSpace(bytes: $0), "/s", "it").status }
        #expect(statuses == [.ok, .warning, .problem, .problem])
        #expect(check.judge(FreeSpace(bytes: 1 << 40, files: 0), "/s", "it").status == .problem)
    }

    private func with(state path: String) -> DaemonConfiguration {
        var configuration = configuration
        configuration.stateDirectory = path
        return configuration
    }
}
