import Storage
import TestSupport
import Testing
import ZFSRPC

@Suite struct SQLiteTaskStoreTests {
    @Test func `what a daemon left running waits for the next one, and only that has it`() async throws {
        try await TaskStoreBench.run(.sqlite) { bench in
            let (store, next) = (try await bench.open(), try await bench.open())
            for id in ["1", "2"] { try await store.add(.sample(id, "tank/\(id)")) }
            for _ in 0..<2 { _ = try await store.claimTask(at: 1) }
            _ = try await store.changeTask("2", from: .running, at: 1, "failed", TaskChange(status: .failed))
            #expect(try await next.recoverTasks(at: 2, except: []) == 1)
            #expect(try await next.recoverTasks(at: 2, except: []) == 0)
            #expect(try await next.claimTask(at: 3)?.id == "1")
            // The one that was thought to be gone can not end it any more.
            #expect(
                try await store.changeTask("1", from: .running, at: 4, "failed", TaskChange(status: .failed)) == nil)
            #expect(try await next.task("1")?.status == .running)
            #expect(try await store.words(of: "1").last == "1 started running")
        }
    }
}
