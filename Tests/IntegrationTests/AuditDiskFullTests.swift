import Foundation
import Synchronization
import Testing
import ZFSRPC

@testable import Observability

/// The audit log on a file system that is full.
@Suite(.enabled(if: Lab.isInside, Lab.remedy))
struct AuditDiskFullTests {
    private static let call = CallRecord(
        method: "dataset_create", isWrite: true, principal: .localhost, peer: "127.0.0.1", requestID: "r",
        parameters: Array(#"{"dataset":"tank/a"}"#.utf8))

    @Test func `refuses changes while the disk is full, and takes them when there is room`() async throws {
        let folder = NSTemporaryDirectory() + "/audit-" + UUID().uuidString
        try Lab.shell("mkdir", "-p", folder)
        try Lab.shell("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder)
        defer { _ = try? Lab.shell("umount", "-l", folder) }
        let file = folder + "/audit.log"
        let hash: @Sendable ([UInt8]) -> [UInt8] = { [UInt8(truncatingIfNeeded: $0.count), $0.reduce(0, ^)] }
        let notices = Notices()
        let log = try AuditLog(AuditConfiguration(path: file), hash: hash) { notices.add($0) }
        try await log.willRun(Self.call)

        #expect(FileManager.default.createFile(atPath: folder + "/filling", contents: nil))
        let filling = try FileHandle(forWritingTo: URL(filePath: folder + "/filling"))
        #expect(throws: (any Error).self) { try filling.write(contentsOf: Data(count: 1 << 20)) }
        // What is left of the file's last page is used up first.
        var refusal: RPCError?
        for _ in 0..<200 where refusal == nil {
            do throws(RPCError) { try await log.willRun(Self.call) } catch { refusal = error }
        }
        #expect(refusal?.code == .unavailable)
        #expect(refusal?.reason == "audit_unavailable")
        #expect(refusal?.isRetryable == true)
        #expect(!log.isWritable)
        await log.didRun(Self.call, error: refusal, duration: .zero)
        await #expect(throws: RPCError.self) { try await log.willRun(Self.call) }

        try filling.truncate(atOffset: 0)
        try await log.willRun(Self.call)
        #expect(log.isWritable)
        let check = try AuditLog.verify(path: file, hash: hash, following: AuditChain.beginning)
        #expect(check.isIntact)
        #expect(!check.endsTorn)
        #expect(notices.all.contains { $0.contains("No space left on device") })
        // The log's own thread tells it, after the call that found room was let go.
        // A torn line has a notice too.
        func isToldAgain() -> Bool { notices.all.contains { $0.contains("written again") } }
        for _ in 0..<200 where !isToldAgain() { try await Task.sleep(for: .milliseconds(50)) }
        #expect(isToldAgain())
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains(#""reason":"audit_unavailable""#))
    }
}

private final class Notices: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
}
