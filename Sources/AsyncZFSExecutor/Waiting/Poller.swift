internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread that waits for the descriptors and deadlines of every child process.
///
/// ## Concurrency
/// The thread runs `loop` and posts to mailboxes. Everything else is called from tasks and guarded by one mutex. The
/// thread keeps the poller alive until `stop`.
final class Poller: Sendable {
    /// A mailbox that is registered, and what it is registered by.
    struct Registration: Sendable {
        fileprivate let key: UInt64
        let mailbox: Mailbox
    }

    private struct State {
        var nextKey: UInt64 = 1
        var mailboxes: [UInt64: Mailbox] = [:]
        var deadlines: [UInt64: ContinuousClock.Instant] = [:]
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
    static func start() throws(ExecutionError) -> Poller {
        let epoll = clinux_epoll_create()
        guard epoll >= 0 else { throw .system(call: "epoll_create1", errno: errno) }
        let wakeup = clinux_eventfd()
        let poller = Poller(epoll: epoll, wakeup: wakeup)
        guard wakeup >= 0, clinux_epoll_add_edge(epoll, wakeup, 0) == 0 else {
            throw .system(call: "eventfd", errno: errno)
        }
        let result = OwnThread.start { poller.loop() }
        guard result == 0 else { throw .system(call: "pthread_create", errno: result) }
        return poller
    }

    /// Ends the thread; processes that still run are no longer watched.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// Makes a mailbox that can have descriptors and a deadline.
    func register() -> Registration {
        state.withLock { state in
            defer { state.nextKey += 1 }
            let mailbox = Mailbox()
            state.mailboxes[state.nextKey] = mailbox
            return Registration(key: state.nextKey, mailbox: mailbox)
        }
    }

    /// Posts `event` whenever `descriptor` has something to read; read it until it would block before waiting again.
    ///
    /// The end of a pipe is not posted: its process is about to end, and that is, so a task wakes once instead of three times.
    /// Closing the descriptor ends it.
    func watch(_ descriptor: Int32, posting event: Events, to registration: Registration) throws(ExecutionError) {
        guard clinux_epoll_add_edge(epoll, descriptor, registration.key << 8 | UInt64(event.rawValue)) == 0 else {
            throw .system(call: "epoll_ctl", errno: errno)
        }
    }

    /// Ends what `watch` began, for a descriptor that stays open.
    func unwatch(_ descriptor: Int32) {
        _ = clinux_epoll_remove(epoll, descriptor)
    }

    /// Posts `.deadline` once at `instant`; replaces the registration's earlier deadline, nil removes it.
    func setDeadline(_ instant: ContinuousClock.Instant?, of registration: Registration) {
        let isSooner = state.withLock { state in
            state.deadlines[registration.key] = instant
            guard let instant else { return false }
            guard let sleepsUntil = state.sleepsUntil else { return true }
            return instant < sleepsUntil
        }
        if isSooner { wake() }
    }

    /// Forgets a registration.
    func remove(_ registration: Registration) {
        state.withLock { state in
            state.mailboxes[registration.key] = nil
            state.deadlines[registration.key] = nil
        }
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe Glibc.write(wakeup, &one, 8)
    }

    private func loop() {
        var keys = [UInt64](repeating: 0, count: 64)
        while let timeout = nextTimeout() {
            let count = unsafe clinux_epoll_wait(epoll, &keys, Int32(keys.count), timeout)
            for key in keys.prefix(max(0, Int(count))) {
                if key == 0 {
                    var value: UInt64 = 0
                    _ = unsafe Glibc.read(wakeup, &value, 8)
                    continue
                }
                let mailbox = state.withLock { $0.mailboxes[key >> 8] }
                mailbox?.post(Events(rawValue: UInt8(truncatingIfNeeded: key)))
            }
        }
    }

    /// Posts the deadlines that have passed; gives the milliseconds to sleep, nil to stop.
    private func nextTimeout() -> Int32? {
        let now = ContinuousClock.now
        let (timeout, due) = state.withLock { state -> (Int32?, [Mailbox]) in
            if state.isStopped { return (nil, []) }
            let passed = state.deadlines.filter { $0.value <= now }.map(\.key)
            for key in passed { state.deadlines[key] = nil }
            // It wakes now and then without need, so that the deadline of the next command, which is later, need not wake it.
            let wakes = min(state.deadlines.values.min() ?? now + Self.longestSleep, now + Self.longestSleep)
            state.sleepsUntil = wakes
            let due = passed.compactMap { state.mailboxes[$0] }
            let (seconds, attoseconds) = (wakes - now).components
            let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
            return (Int32(clamping: milliseconds), due)
        }
        for mailbox in due { mailbox.post(.deadline) }
        return timeout
    }
}
