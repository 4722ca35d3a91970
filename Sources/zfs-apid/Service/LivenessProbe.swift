import NIOCore

/// A part of the daemon that must answer for the daemon to count as alive.
struct LivenessProbe: Sendable {
    /// What it is called in the log.
    let name: String
    /// Asks it; `answered` is to be called once, from any thread, when it did, and never when it did not.
    let ask: @Sendable (_ answered: @escaping @Sendable () -> Void) -> Void

    /// A probe that calls an asynchronous function, which says whether all is well.
    init(name: String, check: @escaping @Sendable () async -> Bool) {
        self.name = name
        ask = { answered in
            // On its own, since a check that hangs must not hang who asks; `Liveness` has one of them at a time.
            Task {
                if await check() { answered() }
            }
        }
    }

    /// A probe that has an event loop run something.
    init(name: String, eventLoop: any EventLoop) {
        self.name = name
        ask = { answered in eventLoop.execute(answered) }
    }

    /// One for each event loop of a group.
    static func eventLoops(of group: any EventLoopGroup) -> [LivenessProbe] {
        group.makeIterator().enumerated().map { index, loop in
            LivenessProbe(name: "event loop \(index)", eventLoop: loop)
        }
    }
}
