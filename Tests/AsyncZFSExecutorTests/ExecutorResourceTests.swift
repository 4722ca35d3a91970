import AsyncZFSExecutor
import Foundation
import Testing
import ZFSCommandBuilder

/// What is counted of the whole process: these run alone (`Scripts/test`).
@Suite struct ExecutorResourceTests {
    private let list = ZFS.List(columns: [.name])

    @Test func `leaves no descriptor and no child behind`() async throws {
        let fake = try FakeZFS("zfs list\n    print tank\n")
        let executor = try fake.executor { $0.sharesReads = false }
        _ = try await executor.run(list)
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await executor.run(list) } }
            try await group.waitForAll()
        }
        let after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        #expect(after < before + 10)
    }
}
