import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import zfs_apid

@Suite(.timeLimit(.minutes(1))) struct LivenessTests {
    @Test func `is satisfied when all answer`() async throws {
        let probes = LivenessProbe.eventLoops(of: MultiThreadedEventLoopGroup.singleton)
        let liveness = Liveness(probes: probes + [LivenessProbe(name: "store") { true }])
        #expect(!probes.isEmpty)
        #expect(try await liveness.check(within: .seconds(10)) == [])
        #expect(try await liveness.check(within: .seconds(10)) == [])
    }

    @Test func `names those that are silent`() async throws {
        let liveness = Liveness(probes: [
            LivenessProbe(name: "store") { false }, LivenessProbe(name: "pool") { true },
        ])
        #expect(try await liveness.check(within: .milliseconds(200)) == ["store"])
    }

    @Test func `does not ask again before an answer came`() async throws {
        let asked = Counter()
        let liveness = Liveness(probes: [
            LivenessProbe(name: "store") {
                asked.value.add(1, ordering: .relaxed)
                return false
            }
        ])
        for _ in 0..<3 { _ = try await liveness.check(within: .milliseconds(50)) }
        #expect(asked.value.load(ordering: .relaxed) == 1)
    }

    @Test func `sees an event loop that is held up`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let isHeld = Flag()
        group.next().execute {
            while isHeld.value.load(ordering: .relaxed) {}
        }
        let liveness = Liveness(probes: LivenessProbe.eventLoops(of: group))
        #expect(try await liveness.check(within: .milliseconds(50)) == ["event loop 0"])
        isHeld.value.store(false, ordering: .relaxed)
        #expect(try await liveness.check(within: .seconds(10)) == [])
        try await group.shutdownGracefully()
    }
}

/// A flag that closures share.
private final class Flag: Sendable {
    let value = Atomic(true)
}

/// A count that closures share.
private final class Counter: Sendable {
    let value = Atomic(0)
}
