import Glibc
import Synchronization
import Testing

@testable import Authentication

@Suite struct SerialThreadTests {
    @Test func `does one thing at a time, and all of them`() async throws {
        let thread = SerialThread(capacity: 1000)
        let crowd = Crowd()
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...500 {
                group.addTask {
                    try await thread.run {
                        crowd.visit()
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(total == 125_250)
        #expect(crowd.most == 1)
    }

    @Test func `takes no more than may wait`() async throws {
        let thread = SerialThread(capacity: 2)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await thread.run { gate.pass() } }
            await gate.arrival()
            for _ in 0..<2 { group.addTask { try await thread.run {} } }
            while thread.waiting < 2 { await Task.yield() }
            await #expect(throws: SerialThread.Refusal.full) { try await thread.run {} }
            gate.open()
            try await group.waitForAll()
        }
        let answer = try await thread.run { 7 }
        #expect(answer == 7)
    }
}

/// Counts how many are in it at once.
private final class Crowd: Sendable {
    private let now = Atomic<Int>(0)
    private let highest = Atomic<Int>(0)

    var most: Int { highest.load(ordering: .relaxed) }

    func visit() {
        highest.max(now.add(1, ordering: .relaxed).newValue, ordering: .relaxed)
        sched_yield()
        now.subtract(1, ordering: .relaxed)
    }
}

/// Holds a thread until it is opened, or for ten seconds: a test that fails should not hang.
final class Gate: Sendable {
    private let isOpen = Atomic<Bool>(false)
    private let hasArrived = Atomic<Bool>(false)

    func pass() {
        hasArrived.store(true, ordering: .releasing)
        let end = ContinuousClock.now + .seconds(10)
        while !isOpen.load(ordering: .acquiring), ContinuousClock.now < end { usleep(200) }
    }

    func arrival() async {
        while !hasArrived.load(ordering: .acquiring) { await Task.yield() }
    }

    func open() { isOpen.store(true, ordering: .releasing) }
}
