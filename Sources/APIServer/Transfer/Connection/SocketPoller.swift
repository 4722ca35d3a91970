package import AsyncZFSExecutor
internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread that waits for sockets outside of event loops, each with a deadline.
///
/// An event loop reads from a connection whatever is there when its client ends; bytes that follow a handshake must stay
/// in the socket for the process that they are for.
///
/// ## Concurrency
/// The thread runs `loop` and resumes tasks. Everything else is called from tasks and guarded by one mutex. The thread
/// keeps the poller alive until `stop`.
package final class SocketPoller: Sendable {
    /// What is waited for.
    enum Interest: Int32, Sendable {
        /// The connection is gone in both directions, or was reset.
        case gone = 0
        /// There is something to read, or the end.
        case readable = 1
        /// There is room to write.
        case writable = 2
    }

    /// Why a wait ended.
    enum Wakeup: Sendable {
        /// What was waited for has come.
        case ready
        /// The deadline has passed.
        case late
        /// The task was cancelled.
        case cancelled
    }

    private struct Waiter {
        let continuation: CheckedContinuation<Wakeup, Never>
        let deadline: ContinuousClock.Instant
    }

    private struct State {
        var nextKey: UInt64 = 1
        /// Bounded by the open connections, two for each.
        var waiters: [UInt64: Waiter] = [:]
        /// When the thread will wake by itself; nil before its first sleep.
        var sleepsUntil: ContinuousClock.Instant?
        var isStopped = false
    }

    private static let longestSleep = Duration.seconds(1)

    private let epoll: Int32
    private let wakeup: Int32
    private let state = Mutex(State())

    private init(epoll: Int32, wakeup: Int32) {
        self.epoll = epoll
        self.wakeup = wakeup
    }

    deinit {
        Glibc.close(epoll)
        Glibc.close(wakeup)
    }

    /// Starts the thread.
    package static func start() throws(ExecutionError) -> SocketPoller {
        let epoll = clinux_epoll_create()
        guard epoll >= 0 else { throw .system(call: "epoll_create1", errno: errno) }
        let wakeup = clinux_eventfd()
        let poller = SocketPoller(epoll: epoll, wakeup: wakeup)
        guard wakeup >= 0, clinux_epoll_add_edge(epoll, wakeup, 0) == 0 else {
            throw .system(call: "eventfd", errno: errno)
        }
        let result = OwnThread.start { poller.loop() }
        guard result == 0 else { throw .system(call: "pthread_create", errno: result) }
        return poller
    }

    /// Ends the thread; who still waits is told that it is late.
    package func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// Waits for one thing on a socket; nobody else may wait on the same descriptor.
    func wait(
        for interest: Interest, on socket: Descriptor, until deadline: ContinuousClock.Instant
    ) async -> Wakeup {
        let key = state.withLock { state in
            defer { state.nextKey += 1 }
            return state.nextKey
        }
        defer { clinux_epoll_forget(epoll, socket.number) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                add(Waiter(continuation: continuation, deadline: deadline), key)
                if Task.isCancelled {
                    end(key, .cancelled)
                } else if clinux_epoll_watch_once(epoll, socket.number, interest.rawValue, key) != 0 {
                    // Without memory for it; the call that follows tells what is the matter.
                    end(key, .ready)
                }
            }
        } onCancel: {
            end(key, .cancelled)
        }
    }

    private func add(_ waiter: Waiter, _ key: UInt64) {
        let (isSooner, isStopped) = state.withLock { state in
            guard !state.isStopped else { return (false, true) }
            state.waiters[key] = waiter
            return (state.sleepsUntil.map { waiter.deadline < $0 } ?? true, false)
        }
        if isStopped { waiter.continuation.resume(returning: .late) }
        if isSooner { wake() }
    }

    private func end(_ key: UInt64, _ wakeup: Wakeup) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: key) }
        waiter?.continuation.resume(returning: wakeup)
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe Glibc.write(wakeup, &one, 8)
    }

    private func loop() {
        var keys = [UInt64](repeating: 0, count: 64)
        while let timeout = nextTimeout() {
            let count = unsafe clinux_epoll_wait_any(epoll, &keys, Int32(keys.count), timeout)
            for key in keys.prefix(max(0, Int(count))) {
                if key == 0 {
                    var value: UInt64 = 0
                    _ = unsafe Glibc.read(wakeup, &value, 8)
                } else {
                    end(key, .ready)
                }
            }
        }
    }

    /// Ends the waits that are late; gives the milliseconds to sleep, nil to stop.
    private func nextTimeout() -> Int32? {
        let now = ContinuousClock.now
        let (timeout, late) = state.withLock { state -> (Int32?, [Waiter]) in
            let isStopped = state.isStopped
            let passed = state.waiters.filter { isStopped || $0.value.deadline <= now }
            for key in passed.keys { state.waiters[key] = nil }
            guard !isStopped else { return (nil, Array(passed.values)) }
            // It wakes now and then without need, so that most waits, which end later, need not wake it.
            let wakes = min(
                state.waiters.values.map(\.deadline).min() ?? now + Self.longestSleep, now + Self.longestSleep)
            state.sleepsUntil = wakes
            let (seconds, attoseconds) = (wakes - now).components
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
            return (Int32(clamping: milliseconds), Array(passed.values))
        }
        for waiter in late { waiter.continuation.resume(returning: .late) }
        return timeout
    }
}
