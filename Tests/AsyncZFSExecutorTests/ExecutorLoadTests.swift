import AsyncZFSExecutor
import Foundation
import Synchronization
import Testing
import ZFSCommandBuilder

@Suite struct ExecutorLoadTests {
    private let list = Invocation(ZFS.List(columns: [.name]))

    @Test func `tells how many processes run`() async throws {
        let fake = try FakeZFS("zfs list\n    print tank\n    exit 0\n")
        let executor = try fake.executor()
        var during: [ExecutorLoad] = []
        _ = try await executor.stream(list) { _ in during.append(executor.load) }
        #expect(during.map(\.running) == [1])
        #expect(during.map(\.stuck) == [0])
        #expect(executor.load.running == 0)
        #expect(executor.load.waiting == 0)
    }

    @Test func `tells of each process when it is over`() async throws {
        let fake = try FakeZFS("zfs list\n    exit 3\n")
        let told = Told()
        let executor = try Executor(ExecutorConfiguration(path: [fake.folder.path(), "/usr/bin", "/bin"])) {
            told.add($0, $1)
        }
        _ = try await executor.collect(list)
        #expect(told.all.map(\.0) == [list])
        #expect(told.all.allSatisfy { $0.1 > .zero })
    }

    @Test func `tells nothing of a program that is not there`() async throws {
        let told = Told()
        let executor = try Executor(ExecutorConfiguration(path: ["/nowhere"])) { told.add($0, $1) }
        await #expect(throws: ExecutionError.self) { try await executor.collect(list) }
        #expect(told.all.isEmpty)
    }
}

private final class Told: Sendable {
    private let runs = Mutex<[(Invocation, Duration)]>([])
    var all: [(Invocation, Duration)] { runs.withLock { $0 } }
    func add(_ invocation: Invocation, _ duration: Duration) { runs.withLock { $0.append((invocation, duration)) } }
}
