import AsyncZFSExecutor
import Testing
import ZFSCommandBuilder

@testable import ZFSReplication

@Suite struct SendTests {
    private static let dataset = """
        tank/a\tencryption\toff
        tank/a\tcompression\tlz4
        tank/a\trecordsize\t131072
        tank/a\tvolblocksize\t-
        tank/a\tguid\t1

        """
    private static let identities = "tank/a@s\tguid\t7\ntank/a@o\tguid\t5\ntank/a#m\tguid\t5\n"

    /// A `zfs` with one dataset.
    private static func runner(
        _ stream: ScriptedRunner.Stream = .init(bytes: [1]), dataset: String = dataset, guids: [String] = ["7"]
    ) -> ScriptedRunner {
        ScriptedRunner(stream) { line, count in
            if line.contains(" -o value guid") { return .printing(guids[min(count, guids.count - 1)] + "\n") }
            if line.hasPrefix("zfs get -H -p -r") { return .printing(dataset) }
            if line.hasPrefix("zfs get") { return .printing(dataset + identities) }
            return .printing("full\ttank/a@s\t4711\nsize\t4711\n")
        }
    }

    private static func request(_ change: (inout SendRequest) throws -> Void = { _ in }) throws -> SendRequest {
        var request = SendRequest(try SnapshotName("tank/a@s"))
        try change(&request)
        return request
    }

    private static func send(_ request: SendRequest, _ runner: ScriptedRunner) async throws -> SendOutcome {
        try await Replication(runner: runner).send(request, to: .writer { _ in }, control: StreamControl()) { _ in }
    }

    struct Shape: Sendable {
        let what: String
        let dataset: [String: String]
        let command: String
        var change: @Sendable (inout SendRequest) throws -> Void = { _ in }
    }

    static let shapes = [
        Shape(what: "plain", dataset: ["compression": "off"], command: "-e tank/a@s"),
        Shape(what: "compressed", dataset: [:], command: "-c -e tank/a@s"),
        Shape(what: "encrypted", dataset: ["encryption": "aes-256-gcm"], command: "-w -c tank/a@s"),
        Shape(what: "large blocks", dataset: ["recordsize": "1048576"], command: "-c -L -e tank/a@s"),
        Shape(
            what: "volume with large blocks", dataset: ["recordsize": "-", "volblocksize": "262144"],
            command: "-c -L -e tank/a@s"),
        Shape(what: "just 128K", dataset: ["volblocksize": "131072"], command: "-c -e tank/a@s"),
        Shape(
            what: "told not to be raw", dataset: ["encryption": "aes-256-gcm"], command: "-c -e tank/a@s",
            change: { $0.raw = false }),
        Shape(what: "told to be raw", dataset: [:], command: "-w -c tank/a@s", change: { $0.raw = true }),
        Shape(what: "told not to compress", dataset: [:], command: "-e tank/a@s", change: { $0.compressed = false }),
        Shape(
            what: "from a snapshot", dataset: [:], command: "-c -e -i tank/a@o tank/a@s",
            change: { $0.origin = .snapshot(try SnapshotName("tank/a@o")) }),
        Shape(
            what: "from a bookmark", dataset: [:], command: "-c -e -i tank/a#m tank/a@s",
            change: { $0.origin = .bookmark(try BookmarkName("tank/a#m")) }),
        Shape(what: "recursive", dataset: [:], command: "-R -c -e tank/a@s", change: { $0.isRecursive = true }),
        Shape(
            what: "recursive from a snapshot", dataset: [:], command: "-R -c -e -I tank/a@o tank/a@s",
            change: {
                $0.isRecursive = true
                $0.origin = .snapshot(try SnapshotName("tank/a@o"))
            }),
    ]

    @Test(arguments: shapes.indices)
    func `the dataset decides what the request leaves open`(index: Int) async throws {
        let shape = Self.shapes[index]
        var lines = Self.dataset.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        for line in lines.indices { lines[line][2] = shape.dataset[lines[line][1]] ?? lines[line][2] }
        let text = lines.map { $0.joined(separator: "\t") + "\n" }.joined()
        let request = try Self.request(shape.change)
        let runner = Self.runner(dataset: text)
        _ = try await Self.send(request, runner)
        #expect(runner.streams == ["zfs send " + shape.command], "\(shape.what)")
        let estimate = try await Replication(runner: runner).estimate(request)
        #expect(estimate.bytes == 4711)
        #expect(estimate.isIncremental == (request.origin != nil))
        let words = Set(shape.command.split(separator: " "))
        let flags = StreamFlags(
            raw: words.contains("-w"), compressed: words.contains("-c"), largeBlocks: words.contains("-L"),
            embedded: words.contains("-e"))
        #expect(estimate.flags == flags)
        #expect(runner.lines.last?.contains(" -nvP ") == true)
    }

    @Test func `with everything below, any dataset decides`() async throws {
        let below = "tank/a/x\tencryption\taes-256-gcm\ntank/a/x\trecordsize\t1048576\n"
        let runner = Self.runner(dataset: Self.dataset + below)
        _ = try await Self.send(Self.request { $0.isRecursive = true }, runner)
        #expect(runner.streams == ["zfs send -R -w -c -L tank/a@s"])
    }

    @Test func `a snapshot that took the name is not sent`() async throws {
        let started = Record<[String]>()
        let runner = Self.runner(guids: ["8"])
        await #expect(throws: ReplicationError.snapshotReplaced(try SnapshotName("tank/a@s"))) {
            _ = try await Replication(runner: runner).send(
                Self.request(), to: .writer { _ in Issue.record("a byte") }, control: StreamControl()
            ) { started.add($0) }
        }
        #expect(started.all.isEmpty)
    }

    /// The first record of a stream of the snapshot with this GUID.
    private static func head(guid: UInt8) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 312)
        bytes.replaceSubrange(8..<13, with: [0xAC, 0xCB, 0xBA, 0xF5, 2])
        (bytes[16], bytes[32], bytes[40]) = (1, 2, guid)
        return bytes
    }

    @Test func `the stream itself says which snapshot it is`() async throws {
        let runner = Self.runner(.init(bytes: Self.head(guid: 7)), guids: ["8"])
        _ = try await Self.send(Self.request(), runner)
        #expect(runner.lines.count == 2, "one command for the properties, and the send")
        let other = Self.runner(.init(bytes: Self.head(guid: 8)))
        await #expect(throws: ReplicationError.snapshotReplaced(try SnapshotName("tank/a@s"))) {
            _ = try await Replication(runner: other).send(
                Self.request(), to: .writer { _ in Issue.record("a byte") }, control: StreamControl()
            ) { _ in Issue.record("a start") }
        }
    }

    @Test func `a name that is used again while it is sent is an error`() async throws {
        let runner = Self.runner(guids: ["7", "8"])
        await #expect(throws: ReplicationError.snapshotReplaced(try SnapshotName("tank/a@s"))) {
            _ = try await Self.send(Self.request(), runner)
        }
    }

    @Test func `the client is told the command once`() async throws {
        let started = Record<[String]>()
        _ = try await Replication(runner: Self.runner()).send(
            Self.request(), to: .writer { _ in #expect(started.all.count == 1) }, control: StreamControl()
        ) { started.add($0) }
        #expect(started.all == [["send", "-c", "-e", "tank/a@s"]])
    }

    @Test func `what zfs says is the error`() async throws {
        let text = "warning: cannot send 'tank/a@s': not an earlier snapshot from the same fs\n"
        let end = Termination(status: .exited(1), standardError: Array(text.utf8))
        let request = try Self.request { $0.origin = .snapshot(try SnapshotName("tank/a@o")) }
        let error = await #expect(throws: CommandFailed.self) {
            _ = try await Self.send(request, Self.runner(.init(termination: end)))
        }
        #expect(error?.failure.reason == .badIncrementalSource)
    }

    @Test func `the error of the sink goes before that of zfs`() async throws {
        let runner = Self.runner(.init(error: StreamError.sinkFailed(errno: 28), bytes: [1]))
        await #expect(throws: StreamError.sinkFailed(errno: 28)) { _ = try await Self.send(Self.request(), runner) }
    }

    @Test(arguments: ["tank/a@o", "tank/a#m"])
    func `an origin that is not there is named`(name: String) async throws {
        let reference = try DatasetReference(name)
        let origin: SendRequest.Origin
        switch reference {
        case .snapshot(let name): origin = .snapshot(name)
        case .bookmark(let name): origin = .bookmark(name)
        case .dataset:
            Issue.record("a dataset")
            return
        }
        let runner = ScriptedRunner { _, _ in .failing("cannot open '\(name)': dataset does not exist\n") }
        await #expect(throws: ReplicationError.originNotFound(origin)) {
            _ = try await Replication(runner: runner).estimate(Self.request { $0.origin = origin })
        }
        // The snapshot itself is another matter.
        let other = ScriptedRunner { _, _ in .failing("cannot open 'tank/a@s': dataset does not exist\n") }
        let error = await #expect(throws: CommandFailed.self) {
            _ = try await Replication(runner: other).estimate(Self.request { $0.origin = origin })
        }
        #expect(error?.failure.reason == .snapshotNotFound)
    }
}
