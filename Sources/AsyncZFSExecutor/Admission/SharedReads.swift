internal import Synchronization

/// Lets identical reads that have not started share one run.
///
/// While a read runs, the next identical one waits for it to end, and everybody who asks meanwhile joins that next one:
/// an answer is never older than its question, and two runs serve any number of callers.
///
/// ## Concurrency
/// One mutex guards the table; mailboxes are posted to outside of it.
final class SharedReads: Sendable {
    /// One run to be, with those who wait for its result.
    final class Flight: Sendable {
        fileprivate let result = Mutex<Outcome?>(nil)
        fileprivate let followers = Mutex<[Mailbox]>([])
        /// The one who will run it waits here for the run before it.
        fileprivate let leader: Mailbox

        fileprivate init(leader: Mailbox) {
            self.leader = leader
        }

        /// What came of it, once it is known.
        var outcome: Outcome? { result.withLock { $0 } }
    }

    /// What came of a run.
    enum Outcome: Sendable {
        case ended(Result<Completion, any Error>)
        /// Its leader was cancelled: whoever still wants the answer asks again.
        case abandoned
    }

    /// The part a caller has.
    enum Role {
        /// Runs at once.
        case lead(Flight)
        /// Runs after `.granted` in its mailbox.
        case leadNext(Flight)
        /// Waits for `.granted` in its mailbox, then reads the outcome.
        case follow(Flight)
    }

    private struct Line {
        var running: Flight
        var next: Flight?
    }

    private let lines = Mutex<[Invocation: Line]>([:])

    /// Asks to run `key`.
    func join(_ key: Invocation, _ mailbox: Mailbox) -> Role {
        lines.withLock { lines in
            guard let line = lines[key] else {
                let flight = Flight(leader: mailbox)
                lines[key] = Line(running: flight)
                return .lead(flight)
            }
            if let next = line.next {
                next.followers.withLock { $0.append(mailbox) }
                return .follow(next)
            }
            let next = Flight(leader: mailbox)
            lines[key]?.next = next
            return .leadNext(next)
        }
    }

    /// The leader is done, or gives up: tells the followers and lets the next run begin.
    func finish(_ key: Invocation, _ flight: Flight, _ outcome: Outcome) {
        let nextLeader = lines.withLock { lines -> Mailbox? in
            guard let line = lines[key] else { return nil }
            if line.running === flight {
                guard let next = line.next else {
                    lines[key] = nil
                    return nil
                }
                lines[key] = Line(running: next)
                return next.leader
            }
            if line.next === flight { lines[key]?.next = nil }
            return nil
        }
        flight.result.withLock { $0 = outcome }
        for follower in flight.followers.withLock({ $0 }) { follower.post(.granted) }
        nextLeader?.post(.granted)
    }
}
