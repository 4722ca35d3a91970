internal import AsyncZFSExecutor
internal import CLinux
internal import Synchronization

/// Blocking work, one piece after the other, on a thread that is not one of the few that tasks share.
///
/// The thread is started for the first piece and ends when nothing waits: starting one takes microseconds, the work
/// milliseconds.
///
/// ## Concurrency
/// Tasks hand in work; the thread takes it. `state` is held for that only, never while work is done.
final class SerialThread: Sendable {
    /// Why work was not taken.
    enum Refusal: Error, Hashable {
        /// As much waits as is allowed.
        case full
        /// The machine has no thread to give.
        case noThread
    }

    /// Work, or with false the word that it will not be done.
    private typealias Job = @Sendable (_ isPossible: Bool) -> Void

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
    }

    /// Work that may wait, besides the piece that is done.
    let capacity: Int
    private let yields: Bool
    private let state = Mutex(State())

    /// Makes the place for work.
    /// - Parameters:
    ///   - capacity: Work that may wait, besides the piece that is done.
    ///   - yields: Whether every other thread goes before it.
    init(capacity: Int, yields: Bool = false) {
        self.capacity = capacity
        self.yields = yields
    }

    /// How much waits now.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Does work on the thread.
    /// - Throws: `Refusal` when it was not done.
    func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws(Refusal) -> Result {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Swift.Result<Result, Refusal>, Never>) in
            submit { isPossible in
                continuation.resume(returning: isPossible ? .success(work()) : .failure(.noThread))
            } refused: {
                continuation.resume(returning: .failure(.full))
            }
        }
        return try result.get()
    }

    private func submit(_ job: @escaping Job, refused: () -> Void) {
        let (isTaken, startsThread) = state.withLock { state in
            guard !state.isRunning || state.waiting.count < capacity else { return (false, false) }
            state.waiting.append(job)
            defer { state.isRunning = true }
            return (true, !state.isRunning)
        }
        guard isTaken else { return refused() }
        guard startsThread, !startThread() else { return }
        let jobs = state.withLock { state in
            defer { state = State() }
            return state.waiting
        }
        for job in jobs { job(false) }
    }

    private func startThread() -> Bool {
        OwnThread.start { [self] in work() } == 0
    }

    private func work() {
        // It is as well if that cannot be changed.
        if yields { _ = clinux_yield_to_all() }
        while let job = next() { job(true) }
    }

    private func next() -> Job? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
