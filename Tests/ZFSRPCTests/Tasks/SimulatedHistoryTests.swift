import Testing
import ZFSCommandBuilder
import ZFSRPC

@testable import ZFSReplication

/// Random histories of tasks and of two pools, with crashes at any point, and snapshots that come and go.
///
/// A number makes each of them again.
@Suite(.timeLimit(.minutes(3))) struct SimulatedHistoryTests {
    @Test func `ten thousand histories end in the truth`() async throws {
        var seen = Seen()
        for seed in 0..<10_000 {
            let simulation = try Simulation(seed: UInt64(seed))
            do {
                try await simulation.run()
            } catch {
                Issue.record("history \(seed): \(error)")
                return
            }
            seen.add(simulation.seen)
        }
        // They are of use only when everything happens in them.
        #expect(seen.completed > 5000 && seen.failed > 1000 && seen.cancelled > 500, "\(seen)")
        #expect(seen.crashes > 5000 && seen.resumed > 1000 && seen.fromBookmarks > 100 && seen.flushes > 100, "\(seen)")
        #expect(seen.ranges > 1000, "\(seen)")
    }
}

/// How often what happened.
struct Seen {
    var completed = 0, failed = 0, cancelled = 0, crashes = 0, resumed = 0, fromBookmarks = 0, flushes = 0, ranges = 0

    mutating func add(_ other: Seen) {
        completed += other.completed
        failed += other.failed
        cancelled += other.cancelled
        crashes += other.crashes
        resumed += other.resumed
        fromBookmarks += other.fromBookmarks
        flushes += other.flushes
        ranges += other.ranges
    }
}

private struct Violation: Error, CustomStringConvertible {
    let description: String
}

/// SplitMix64.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// Two pools, a store of tasks, and a daemon that may die between any two of its steps.
private final class Simulation {
    /// The daemon dies here.
    private struct Crash: Error {}

    private static let destinations = ["b/one", "b/one/below", "b/two"]

    private(set) var seen = Seen()
    private var random: Seeded
    private let store = MemoryTaskStore()
    private let source: DatasetName
    private var here: DatasetHistory
    private var there: [DatasetName: DatasetHistory] = [:]
    /// Which snapshot a part is of, by its token.
    private var parts: [ResumeToken: UInt64] = [:]
    private var held: Set<ComponentName> = []
    private var guids: UInt64 = 0
    private var time: Int64 = 0
    private var tasks: [String] = []
    /// What every task came to that was seen to have ended.
    private var ends: [String: TaskRecord.Status] = [:]

    init(seed: UInt64) throws {
        random = Seeded(state: seed)
        source = try DatasetName("a/data")
        here = DatasetHistory(dataset: source)
    }

    func run() async throws {
        try snapshot()
        for _ in 0..<30 {
            time += Int64.random(in: 1...20, using: &random)
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<5: try snapshot()
            case 5: destroySnapshot()
            case 6: try changeDestination()
            case 7: try await cancel()
            case 8 where Int.random(in: 0..<10, using: &random) == 0:
                store.flush()
                // What waited is gone with the store; what a daemon did, it adds again.
                tasks = []
                ends = [:]
                seen.flushes += 1
            case 9..<14: try await add()
            default: try await work()
            }
            try await check()
        }
        // Without faults all that is left ends.
        for _ in 0..<200 {
            time += 1000
            guard try await work(dies: false) else { break }
            try await check()
        }
        for id in tasks {
            guard let task = try await store.task(id), task.status.isFinal else {
                throw Violation(description: "\(id) did not end")
            }
        }
    }

    private func snapshot() throws {
        guids += 1
        here.snapshots.append(
            DatasetHistory.Point(name: try ComponentName("s\(guids)"), guid: guids, createtxg: UInt64(10 * guids)))
    }

    private func destroySnapshot() {
        let free = here.snapshots.filter { !held.contains($0.name) }
        guard free.count > 1, let victim = free.randomElement(using: &random) else { return }
        here.snapshots.removeAll { $0 == victim }
    }

    /// Somebody takes a snapshot at the destination, or destroys the newest.
    private func changeDestination() throws {
        guard let name = there.keys.sorted(by: { $0.text < $1.text }).randomElement(using: &random) else { return }
        if Bool.random(using: &random) {
            guids += 1
            there[name]?.snapshots.append(
                DatasetHistory.Point(name: try ComponentName("own\(guids)"), guid: guids, createtxg: 1_000_000))
        } else {
            there[name] = nil
        }
    }

    private func add() async throws {
        guard let wanted = here.snapshots.randomElement(using: &random),
            let destination = Self.destinations.randomElement(using: &random)
        else { return }
        let id = "\(time)"
        try await store.add(
            TaskRecord(
                id: id, user: "alice", request: wanted.name.text,
                place: TaskPlace(host: "", dataset: try DatasetName(destination)), created: time))
        tasks.append(id)
    }

    private func cancel() async throws {
        guard let id = tasks.randomElement(using: &random) else { return }
        if try await store.changeTask(id, from: .pending, at: time, "cancelled", TaskChange(status: .cancelled)) != nil
        {
            seen.cancelled += 1
        }
    }

    /// A daemon starts, takes a task, and perhaps dies on the way; false when there was nothing to do.
    @discardableResult private func work(dies: Bool = true) async throws -> Bool {
        _ = try await store.recoverTasks(at: time, except: [])
        guard let task = try await store.claimTask(at: time) else { return false }
        if try await store.claimTask(at: time).map({ $0.place.overlaps(task.place) }) == true {
            throw Violation(description: "two tasks write to one place")
        }
        do {
            let change: TaskChange
            do {
                try migrate(task, dies: dies)
                try mayDie(dies)
                change = TaskChange(status: .completed)
            } catch is MigrationObstacle {
                change = TaskChange(status: .failed)
            }
            // The task must be known to have ended; it may be lost from the store.
            if try await store.changeTask(task.id, from: .running, at: time, change.status?.rawValue, change) != nil {
                if change.status == .completed { seen.completed += 1 } else { seen.failed += 1 }
                if change.status == .completed { try expectArrived(task) }
            }
            try mayDie(dies)
        } catch is Crash {
            seen.crashes += 1
        }
        return true
    }

    private func mayDie(_ dies: Bool) throws {
        if dies, Int.random(in: 0..<8, using: &random) == 0 { throw Crash() }
    }

    private func migrate(_ task: TaskRecord, dies: Bool) throws {
        let wanted = try ComponentName(task.request)
        let destination = task.place.dataset
        let ranges = try here.ranges(
            upTo: wanted, to: there[destination], part: there[destination]?.resumeToken.flatMap { parts[$0] },
            withIntermediates: Bool.random(using: &random))
        guard let point = here.snapshot(wanted) else { return }
        try mayDie(dies)
        held.insert(wanted)
        try mayDie(dies)
        for range in ranges { try carryOut(range, destination, dies: dies) }
        try mayDie(dies)
        // Marks: the new one stands before the old ones go.
        if !here.bookmarks.contains(where: { $0.guid == point.guid }) { here.bookmarks.append(point) }
        try mayDie(dies)
        held = held.filter { name in name == wanted || Int.random(in: 0..<2, using: &random) == 0 }
    }

    private func carryOut(_ range: MigrationRange, _ destination: DatasetName, dies: Bool) throws {
        let before = there[destination]?.snapshots.map(\.guid) ?? []
        var history = there[destination] ?? DatasetHistory(dataset: destination)
        var brought = [range.last]
        switch range.action {
        case .upToDate: return
        case .resume(let token):
            guard parts[token] == range.last.guid else { throw Violation(description: "another part is resumed") }
            seen.resumed += 1
            history.resumeToken = nil
        case .full:
            guard before.isEmpty else { throw Violation(description: "all is sent over what is there") }
        case .incremental(let origin):
            guard let newest = history.newest else { throw Violation(description: "an increment into nothing") }
            if case .bookmark = origin { seen.fromBookmarks += 1 }
            if range.snapshots > 1 {
                seen.ranges += 1
                brought = here.snapshots.filter {
                    $0.createtxg > (here.snapshot(guid: newest.guid)?.createtxg ?? 0)
                        && $0.createtxg <= range.last.createtxg
                }
                guard brought.count == range.snapshots else { throw Violation(description: "a range is not as told") }
            }
        }
        for point in brought {
            if history.resumeToken == nil, dies, Int.random(in: 0..<(4 * brought.count), using: &random) == 0 {
                let token = try ResumeToken("1-\(String(0x1000 + point.guid, radix: 16))-cd-ef01")
                parts[token] = point.guid
                history.resumeToken = token
                there[destination] = history
                throw Crash()
            }
            history.snapshots.append(point)
            there[destination] = history
        }
        guard history.snapshots.map(\.guid).starts(with: before) else {
            throw Violation(description: "a snapshot of the destination is gone")
        }
    }

    private func expectArrived(_ task: TaskRecord) throws {
        let wanted = try ComponentName(task.request)
        guard let point = here.snapshot(wanted), let copy = there[task.place.dataset],
            copy.snapshots.contains(where: { $0.guid == point.guid }),
            // A part of another one may be left.
            copy.resumeToken.flatMap({ parts[$0] }) != point.guid
        else { throw Violation(description: "\(task.id) is completed, and the snapshot is not there") }
    }

    private func check() async throws {
        let events = try await store.events(after: 0, task: nil, ofUser: nil, limit: 10_000)
        guard zip(events, events.dropFirst()).allSatisfy({ $0.sequence < $1.sequence }) else {
            throw Violation(description: "events out of order")
        }
        for id in tasks {
            guard let task = try await store.task(id) else { throw Violation(description: "\(id) is lost") }
            if let end = ends[id], end != task.status { throw Violation(description: "\(id) ended twice") }
            if task.status.isFinal { ends[id] = task.status }
        }
    }
}
