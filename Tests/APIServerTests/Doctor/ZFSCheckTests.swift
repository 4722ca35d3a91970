import AsyncZFSExecutor
import Testing
import ZFSCommandBuilder

@testable import zfs_apid

@Suite struct ZFSCheckTests {
    private let check: ZFSCheck
    private let device: FileFacts

    init() throws {
        check = ZFSCheck(runner: try Executor())
        device = try FileFacts("/dev/null")
    }

    private static func report(_ userland: String, _ kernel: String?) throws -> VersionReport {
        let lines = "zfs-\(userland)\n" + (kernel.map { "zfs-kmod-\($0)\n" } ?? "")
        return try ZFS.Version().decode(Array(lines.utf8))
    }

    private func judge(
        _ userland: String = "2.3.2-1", _ kernel: String? = "2.3.2-1", pools: [[String]] = [["tank", "ONLINE"]]
    ) throws -> [Finding] {
        check.judge(
            ZFSCheck.Facts(
                device: device, version: .success(try Self.report(userland, kernel)), pools: .success(pools)))
    }

    @Test func `what works is one line`() throws {
        let findings = try judge()
        #expect(findings == [.ok("zfs", "OpenZFS 2.3.2-1 answers; healthy pools: tank")])
        // The names of packages differ where the version does not.
        #expect(try judge("2.1.11-1+deb12u1", "2.1.11-1").map(\.status) == [.ok])
    }

    @Test(
        arguments: [
            ("2.0.7", "2.0.7", Finding.Status.problem, "too old"), ("2.3.2", nil, .problem, "not loaded"),
            ("2.3.2", "2.2.0", .warning, "the module of 2.2.0"), ("2.9.0", "2.9.0", .warning, "newer"),
        ] as [(String, String?, Finding.Status, String)])
    func `versions are judged`(
        userland: String, kernel: String?, status: Finding.Status, text: String
    ) throws {
        let findings = try judge(userland, kernel)
        #expect(findings.map(\.status) == [status])
        #expect(findings.first?.message.contains(text) == true)
    }

    @Test func `pools that are not well are told of`() throws {
        let findings = try judge(pools: [["a", "ONLINE"], ["b", "DEGRADED"], ["c", "SUSPENDED"]])
        #expect(findings.map(\.status) == [.warning, .problem])
        #expect(findings.map(\.remedy) == ["zpool status b", "zpool status c"])
        #expect(try judge(pools: []).map(\.status) == [.warning])
    }

    @Test func `without tools, without a device and without an answer there is a problem, and what to do`() throws {
        let missing = ExecutionError.programNotFound("zfs", searched: ["/a", "/b"])
        let facts = ZFSCheck.Facts(device: nil, version: .failure(missing), pools: .failure(missing))
        #expect(check.judge(facts).map(\.message) == ["zfs is in none of /a:/b"])
        var late = ZFSCheck.Facts(
            device: device, version: .success(try Self.report("2.3.2", "2.3.2")),
            pools: .failure(ExecutionError.timedOut(seconds: 5)))
        #expect(check.judge(late).map(\.message) == ["zpool list failed: it did not answer within 5 s"])
        late.device = nil
        #expect(check.judge(late).first?.remedy?.contains("modprobe zfs") == true)
    }
}
