import AsyncZFSExecutor
import Foundation
import Testing
import ZFSCommandBuilder

@Suite struct ExecutorTests {
    private let list = ZFS.List(columns: [.name])

    @Test func `gives standard output, standard error and status`() async throws {
        let fake = try FakeZFS("zfs list\n    print tank\n    error careful\n    exit 3\n")
        let completion = try await fake.executor().collect(Invocation(list))
        #expect(completion.output == Array("tank\n".utf8))
        #expect(completion.termination.standardError == Array("careful\n".utf8))
        #expect(completion.termination.status == .exited(3))
    }

    @Test func `tells the signal that ended the child`() async throws {
        let fake = try FakeZFS("zfs list\n    die KILL\n")
        let completion = try await fake.executor().collect(Invocation(list))
        #expect(completion.termination.status == .signalled(9))
    }

    @Test func `gives the child a bare environment, descriptors 0 to 2 and default signals`() async throws {
        let fake = try FakeZFS("zfs list\n    exit 0\n")
        let held = try FileHandle(forReadingFrom: URL(filePath: "/dev/null"))
        _ = try await fake.executor().collect(Invocation(list))
        try held.close()
        let run = try #require(fake.runs().first)
        let lines = run.split(separator: "\n").map(String.init)
        #expect(
            Set(lines.filter { $0.hasPrefix("env ") }.map { $0.prefix { $0 != "=" } }) == [
                "env LC_ALL", "env PATH", "env TZ",
            ])
        let descriptors = Set(
            lines.filter { $0.hasPrefix("fd ") }.compactMap { $0.split(separator: " ").dropFirst().first })
        #expect(descriptors == ["0", "1", "2"])
        #expect(lines.contains("mask SigBlk 0000000000000000"))
        // glibc itself leaves its signals 32 and 33 ignored, and bash, which the script runs in, ignores SIGQUIT.
        #expect(lines.contains("mask SigIgn 0000000180000004"))
    }

    @Test func `passes input through a pipe`() async throws {
        let fake = try FakeZFS("zfs load-key\n    read 6\n    exit 0\n")
        let load = ZFS.LoadKey(.dataset(try DatasetName("tank")))
        try await fake.executor().run(load, input: Array("secret".utf8))
        let record = try fake.runs().joined()
        #expect(!record.contains("secret"))
    }

    @Test func `stops a child that prints more than the limit`() async throws {
        let fake = try FakeZFS("zfs list\n    emit forever\n")
        let executor = try fake.executor { $0.outputLimit = 1 << 20 }
        await #expect(throws: ExecutionError.outputTooLarge(limit: 1 << 20)) {
            try await executor.collect(Invocation(list))
        }
    }

    @Test func `keeps both ends of a flood on standard error`() async throws {
        let fake = try FakeZFS(
            "zfs list\n    error first\n    flood 20000 abcdefghijklmnopqrstuvwxyz\n    error last\n    exit 1\n")
        let errors = try await fake.executor().collect(Invocation(list)).termination.standardError
        #expect(errors.count < 40_000)
        #expect(errors.starts(with: "first\n".utf8))
        #expect(errors.suffix(5).elementsEqual("last\n".utf8))
    }

    @Test func `answers when the child ends although a grandchild holds its pipes`() async throws {
        let fake = try FakeZFS("zfs list\n    print tank\n    orphan 600\n    exit 0\n")
        let completion = try await fake.executor().collect(Invocation(list))
        #expect(completion.output == Array("tank\n".utf8))
        // The grandchild is in the child's group, and goes with it.
        let pid = try #require(fake.runs().first?.prefix { $0 != "\n" }).trimmingCharacters(in: .whitespaces)
        let group = try #require(Int32(pid))
        while kill(-group, 0) == 0 { await Task.yield() }
        #expect(errno == ESRCH)
    }

    @Test func `stops a child at its deadline`() async throws {
        let fake = try FakeZFS("zfs list\n    sleep 600\n")
        let executor = try fake.executor { $0.deadline = .milliseconds(200) }
        await #expect(throws: ExecutionError.timedOut(seconds: 0.2)) {
            try await executor.collect(Invocation(list))
        }
    }

    @Test func `kills a child that ignores SIGTERM`() async throws {
        let fake = try FakeZFS("zfs list\n    ignore TERM\n    sleep 600\n")
        let executor = try fake.executor {
            $0.deadline = .milliseconds(300)
            $0.grace = .milliseconds(200)
        }
        await #expect(throws: ExecutionError.timedOut(seconds: 0.3)) {
            try await executor.collect(Invocation(list))
        }
    }

    @Test(arguments: ["emit forever", "flood 100000000 x"])
    func `a flood does not keep the deadline from being seen`(flood: String) async throws {
        let fake = try FakeZFS("zfs list\n    ignore TERM\n    \(flood)\n")
        let executor = try fake.executor {
            $0.deadline = .milliseconds(500)
            $0.grace = .milliseconds(200)
        }
        await #expect(throws: ExecutionError.timedOut(seconds: 0.5)) {
            _ = try await executor.stream(Invocation(list)) { _ in }
        }
    }

    @Test func `a cancelled task gets CancellationError when the child is gone`() async throws {
        let fake = try FakeZFS("zfs list\n    print tank\n    sleep 600\n")
        let executor = try fake.executor()
        let started = AsyncStream<Void>.makeStream()
        let task = Task {
            try await executor.stream(Invocation(list)) { _ in started.continuation.yield() }
        }
        for await _ in started.stream { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let pid = try #require(fake.runs().first?.prefix { $0 != "\n" }).trimmingCharacters(in: .whitespaces)
        let number = try #require(Int32(pid))
        #expect(kill(number, 0) == -1)
    }

    @Test func `a program that is not there is told with the folders that were searched`() async throws {
        let executor = try Executor(ExecutorConfiguration(path: ["/nonexistent"]))
        await #expect(throws: ExecutionError.programNotFound("zfs", searched: ["/nonexistent"])) {
            try await executor.collect(Invocation(list))
        }
    }

    @Test func `refuses more waiting commands than the queue holds`() async throws {
        let fake = try FakeZFS("zfs *\n    sleep 0.3\n")
        let executor = try fake.executor {
            $0.processes = 1
            $0.queue = 1
            $0.sharesReads = false
        }
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    do {
                        _ = try await executor.collect(Invocation(list))
                        return false
                    } catch {
                        return error as? ExecutionError == .queueFull(limit: 1)
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused == 2)
    }

    @Test func `identical reads that wait share one run`() async throws {
        let fake = try FakeZFS("zfs list\n    sleep 0.2\n    print tank\n")
        let executor = try fake.executor()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<32 {
                group.addTask {
                    let rows = try await executor.run(list)
                    #expect(rows == [["tank"]])
                }
            }
            try await group.waitForAll()
        }
        let runs = try fake.runs().count
        #expect(runs >= 2 && runs <= 4)
    }

    @Test func `changes never share a run`() async throws {
        let fake = try FakeZFS("zfs destroy\n    exit 0\n")
        let executor = try fake.executor()
        let promote = ZFS.DestroyBookmark(try BookmarkName("tank/a#b"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try await executor.run(promote) } }
            try await group.waitForAll()
        }
        #expect(try fake.runs().count == 8)
    }

    @Test func `cancelling one of those who share a run leaves the others their answer`() async throws {
        let fake = try FakeZFS("zfs list\n    sleep 0.3\n    print tank\n")
        let executor = try fake.executor()
        let tasks = (0..<6).map { _ in Task { try await executor.run(list) } }
        tasks[0].cancel()
        tasks[3].cancel()
        for (index, task) in tasks.enumerated() {
            let result = await task.result
            if case .failure(let error) = result {
                #expect(error is CancellationError && (index == 0 || index == 3))
            } else {
                let rows = try result.get()
                #expect(rows == [["tank"]])
            }
        }
    }

    @Test func `a pool that hangs leaves places to others`() async throws {
        let fake = try FakeZFS("zfs get * * * * * hung\n    sleep 600\nzfs get\n    print 1\n")
        let executor = try fake.executor {
            $0.processes = 4
            $0.deadline = .seconds(5)
        }
        let hung = ZFS.GetValue(.dataset(try DatasetName("hung")), .used)
        let other = ZFS.GetValue(.dataset(try DatasetName("tank")), .used)
        let tasks = (0..<8).map { _ in Task { try await executor.collect(Invocation(hung)) } }
        #expect(try await executor.run(other) == "1")
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: (any Error).self) { try await task.value } }
    }

    @Test func `hands over rows as they come`() async throws {
        let fake = try FakeZFS("zfs list\n    lines 50000 tank/some/dataset\n    print tank/last\n")
        var count = 0
        var last = ""
        try await fake.executor().forEachRow(of: list) { row in
            count += 1
            last = row[0]
        }
        #expect(count == 50_001)
        #expect(last == "tank/last")
    }

    @Test func `a failed command gives its classified failure`() async throws {
        let fake = try FakeZFS("zfs list\n    error cannot open 'tank/x': dataset does not exist\n    exit 1\n")
        let executor = try fake.executor()
        let error = await #expect(throws: CommandFailed.self) { try await executor.run(list) }
        #expect(error?.failure.reason == .datasetNotFound)
    }
}
