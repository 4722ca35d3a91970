internal import Dispatch
internal import GRDB
internal import Synchronization
public import ZFSRPC

/// Keeps tokens and sessions in a file of this machine.
///
/// Each change is on the disk before it is answered (WAL, `synchronous=FULL`). A file that is damaged, of a newer version
/// or not ours is left as it is, and everything throws; it is looked at again, at most once a second, so that the daemon
/// needs no restart when it was repaired or moved away.
///
/// What is kept is only as new as the file: an older copy of it brings tokens back that were used since.
///
/// ## Concurrency
/// All work is done one after the other on a queue of its own, since it waits for the disk; the mutex is taken there alone.
/// Cancellation is not looked at: what was begun is known to be done or not.
public final class SQLiteTransferStore: TransferStore {
    /// What is known of the file.
    struct State {
        fileprivate var queue: DatabaseQueue?
        fileprivate var failure: TransferStoreError?
        fileprivate var lastTry: ContinuousClock.Instant?
        fileprivate var isClosed = false
        /// When expired rows were removed, in milliseconds since boot.
        var lastCleaning: Int64?
    }

    /// A file that cannot be opened is not tried again before.
    private static let pause = Duration.seconds(1)

    let clock: MachineClock
    let limits: TransferStoreLimits
    let history: TaskHistory
    let owner: StoreOwner
    private let path: String
    private let work = DispatchQueue(label: "zfs-apid.transfer-store")
    private let state = Mutex(State())

    /// Makes a store.
    ///
    /// The file is opened, or made with mode 0600, when the store is first asked; ``check()`` tells whether that can be done.
    /// Sessions that an earlier run of the daemon left `running` are then `failed`.
    ///
    /// - Parameters:
    ///   - path: The file, in a folder that only the daemon can write.
    ///   - node: The name of this node.
    ///   - clock: Tells what has expired.
    ///   - limits: How many tokens and sessions it holds.
    ///   - history: How many tasks that have ended it keeps.
    public init(
        path: String, node: String, clock: MachineClock = .system, limits: TransferStoreLimits = TransferStoreLimits(),
        history: TaskHistory = TaskHistory()
    ) {
        self.path = path
        self.clock = clock
        self.limits = limits
        self.history = history
        owner = StoreOwner(node: node)
    }

    /// `sqlite`.
    public var kind: String { "sqlite" }

    /// Writes a little, so that a file system which is full or read-only is noticed.
    public func check() async throws(TransferStoreError) {
        try await perform { database, _ in
            try Self.countLater("checks", in: database)
        }
    }

    /// Closes the file for good; whatever is asked then throws.
    public func close() async {
        await withCheckedContinuation { continuation in
            work.async { [self] in
                state.withLock { state in
                    state.isClosed = true
                    try? state.queue?.close()
                    state.queue = nil
                }
                continuation.resume()
            }
        }
    }

    /// Runs `body` with the database on the queue of the store; in one transaction only if `body` begins it.
    func perform<Value: Sendable>(
        _ body: @escaping @Sendable (Database, inout State) throws -> Value
    ) async throws(TransferStoreError) -> Value {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, TransferStoreError>, Never>) in
            work.async { [self] in
                continuation.resume(returning: state.withLock { run(body, &$0) })
            }
        }
        return try result.get()
    }

    /// Runs `body` in one transaction, which is undone when it throws.
    func transaction<Value: Sendable>(
        _ body: @escaping @Sendable (Database, inout State) throws -> Value
    ) async throws(TransferStoreError) -> Value {
        try await perform { database, state in
            try database.inImmediateTransaction { try body(database, &state) }
        }
    }

    private func run<Value>(
        _ body: (Database, inout State) throws -> Value, _ state: inout State
    ) -> Result<Value, TransferStoreError> {
        do {
            let queue = try open(&state)
            let value = try queue.inDatabase { database in
                defer { if database.isInsideTransaction { try? database.rollback() } }
                return try body(database, &state)
            }
            return .success(value)
        } catch {
            let failure = SQLiteFailure.describe(error, path)
            if SQLiteFailure.endsConnection(error) {
                state.queue = nil
                state.failure = failure
                state.lastTry = .now
            }
            return .failure(failure)
        }
    }

    private func open(_ state: inout State) throws -> DatabaseQueue {
        if let queue = state.queue { return queue }
        guard !state.isClosed else { throw TransferStoreError("the store of transfers was closed") }
        if let failure = state.failure, let lastTry = state.lastTry, .now - lastTry < Self.pause { throw failure }
        do {
            let queue = try SQLiteFile.open(path)
            try queue.inDatabase { database in
                try database.execute(
                    sql: "UPDATE sessions SET state = 'failed' WHERE state = 'running' AND owner_instance <> ?",
                    arguments: [owner.instance])
            }
            state.queue = queue
            state.failure = nil
            return queue
        } catch {
            state.failure = SQLiteFailure.describe(error, path)
            state.lastTry = .now
            throw error
        }
    }

    /// Adds one to a counter.
    static func count(_ name: String, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO counters VALUES (?, 1) ON CONFLICT DO UPDATE SET value = value + 1", arguments: [name])
    }

    /// Adds one to a counter without waiting for the disk, so that a power cut may undo it, though not a crash: whoever
    /// guesses tokens shall not keep the disk busy.
    static func countLater(_ name: String, in database: Database) throws {
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
        try count(name, in: database)
    }
}

extension Database {
    /// Runs `body` in one transaction that has the right to write from its beginning, and is on the disk at its end.
    func inImmediateTransaction<Value>(_ body: () throws -> Value) throws -> Value {
        try execute(sql: "PRAGMA synchronous = FULL")
        var result: Value?
        try inTransaction(.immediate) {
            result = try body()
            return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_INTERNAL, message: "no transaction") }
        return result
    }
}
