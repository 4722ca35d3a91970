internal import AsyncZFSExecutor
internal import CLinux
internal import Glibc
internal import Synchronization

/// The thread that writes the audit log.
///
/// Lines that come while it writes are written together, and one fdatasync(2) serves all calls that wait for theirs. What
/// cannot be written and nobody waits for is kept, at most ``capacity`` bytes, until there is room again.
///
/// ## Concurrency
/// Any thread may add lines. `waiting` is held for an append only; `file` belongs to the thread.
final class AuditWriter: Sendable {
    private struct Item {
        /// The line, or nothing when somebody only wants to know that all before it is on disk.
        let object: [UInt8]
        let receipt: AuditReceipt?
    }

    private struct Waiting {
        var items: [Item] = []
        /// The size of these items, and of those that are being written.
        var bytes = 0
        var lost = 0
        var reopens = false
        var stops = false
    }

    /// The most bytes that wait to be written.
    static let capacity = 4 << 20
    /// The share of it that lines may take for which nobody waits: a flood of refused callers keeps nobody from working.
    private static let outcomeCapacity = capacity / 4 * 3
    /// How long a call waits for its line to be on disk, and how long a failed write waits for the next try.
    private static let patience = Duration.seconds(10)
    private static let retryMilliseconds: Int32 = 1000

    private let path: String
    private let waiting = Mutex(Waiting())
    private let file: Mutex<AuditFile>
    private let writable = Atomic(true)
    private let syncs = Atomic(0)
    private let wakeup: Int32
    private let notice: @Sendable (String) -> Void

    /// Opens the file and starts the thread, which ends after `stop`.
    init(
        path: String,
        hash: @escaping @Sendable ([UInt8]) -> [UInt8],
        notice: @escaping @Sendable (String) -> Void
    ) throws(AuditError) {
        self.path = path
        self.notice = notice
        var opened = AuditFile(path: path, hash: hash)
        if try opened.open() { notice(Self.tornLineNotice(path)) }
        file = Mutex(opened)
        wakeup = clinux_eventfd()
        guard wakeup >= 0 else { throw AuditError(errno: errno, path: path) }
        let result = OwnThread.start { [self] in run() }
        guard result == 0 else { throw AuditError(errno: result, path: path) }
    }

    deinit {
        if wakeup >= 0 { Glibc.close(wakeup) }
    }

    /// Whether the last try to write succeeded.
    var isWritable: Bool { writable.load(ordering: .relaxed) }

    /// How often the disk was waited for.
    var syncCount: Int { syncs.load(ordering: .relaxed) }

    /// Takes a line that is written soon; nobody waits for it.
    func add(_ object: [UInt8]) {
        if !enqueue(Item(object: object, receipt: nil)) { waiting.withLock { $0.lost += 1 } }
    }

    /// Takes a line and waits until it is on disk; without a line: until all before is.
    /// - Throws: Why it is not.
    func commit(_ object: [UInt8]) async throws(AuditError) {
        let receipt = AuditReceipt()
        guard enqueue(Item(object: object, receipt: receipt)) else {
            throw AuditError("too much waits to be written", path: path)
        }
        let late = AuditError("the disk did not answer in time", path: path)
        if let error = await receipt.wait(atMost: Self.patience, late: late) { throw error }
    }

    /// Makes the thread open the file anew, by its name.
    func reopen() {
        waiting.withLock { $0.reopens = true }
        wake()
    }

    /// Makes the thread write what waits and end.
    func stop() {
        waiting.withLock { $0.stops = true }
        wake()
    }

    private func enqueue(_ item: Item) -> Bool {
        let capacity = item.receipt == nil ? Self.outcomeCapacity : Self.capacity
        let (isTaken, isFirst) = waiting.withLock { waiting in
            guard waiting.bytes + item.object.count <= capacity else { return (false, false) }
            waiting.bytes += item.object.count
            waiting.items.append(item)
            return (true, waiting.items.count == 1)
        }
        // What is kept from a failed write is in the list too, so a call that waits wakes the thread in any case.
        if isTaken, isFirst || item.receipt != nil { wake() }
        return isTaken
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe Glibc.write(wakeup, &one, 8)
    }

    private func run() {
        while true {
            let isIdle = waiting.withLock { $0.items.isEmpty }
            var ready = pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&ready, 1, isIdle ? -1 : Self.retryMilliseconds) > 0 {
                var value: UInt64 = 0
                _ = unsafe Glibc.read(wakeup, &value, 8)
            }
            let (items, reopens, stops) = take()
            file.withLock { file in
                if reopens { file.close() }
                writeAll(items, to: &file)
                if stops { file.close() }
            }
            if stops { return }
        }
    }

    private func take() -> (items: [Item], reopens: Bool, stops: Bool) {
        waiting.withLock { waiting in
            if waiting.lost > 0, writable.load(ordering: .relaxed) {
                let note = AuditEntry.note("lost_lines", count: waiting.lost).object
                waiting.items.insert(Item(object: note, receipt: nil), at: 0)
                waiting.bytes += note.count
                waiting.lost = 0
            }
            defer {
                waiting.items = []
                waiting.reopens = false
            }
            return (waiting.items, waiting.reopens, waiting.stops)
        }
    }

    private func writeAll(_ items: [Item], to file: inout AuditFile) {
        let lines = items.filter { !$0.object.isEmpty }
        var written = 0
        var failure: AuditError?
        do throws(AuditError) {
            if try file.open() { notice(Self.tornLineNotice(path)) }
            let (count, error) = file.append(lines.map(\.object))
            written = count
            if let error { throw error }
            if items.contains(where: { $0.receipt != nil }) {
                syncs.add(1, ordering: .relaxed)
                if let error = file.sync() { throw error }
            }
        } catch {
            failure = error
        }
        settle(items, kept: lines[written...].filter { $0.receipt == nil }, failure)
    }

    private func settle(_ items: [Item], kept: [Item], _ failure: AuditError?) {
        waiting.withLock { waiting in
            waiting.items.insert(contentsOf: kept, at: 0)
            waiting.bytes -= items.reduce(0) { $0 + $1.object.count } - kept.reduce(0) { $0 + $1.object.count }
        }
        let wasWritable = writable.exchange(failure == nil, ordering: .relaxed)
        for item in items { item.receipt?.close(failure) }
        if let failure, wasWritable { notice("cannot be written: \(failure.description)") }
        if failure == nil, !wasWritable {
            notice("audit log \(path): it is written again")
            // Lines that were lost are noted now.
            wake()
        }
    }

    private static func tornLineNotice(_ path: String) -> String {
        "audit log \(path): its last line was not whole and was closed off"
    }
}
