public import Redis
internal import Synchronization
public import ZFSRPC

/// Keeps tokens and sessions in Redis, so that several daemons share them.
///
/// Each step is one script. A claim whose answer was lost counts as used, and whatever Redis does not answer throws.
///
/// Redis may lose what it was told last: when it starts again, from a dump or from its log, or when a replica takes its
/// place. So a token is good only for as long as the server that was told of it runs, with the data that it has
/// (`run_id` and `master_replid` of INFO): afterwards tokens and sessions from before are unknown, and a token that was
/// used cannot come back with yesterday's dump. Single keys that someone writes back into a running server are not noticed.
///
/// ## Concurrency
/// A mutex for what is known of the server; everything else is done by the client.
public final class RedisTransferStore: TransferStore {
    private struct State {
        var isAdopted = false
        var isClosed = false
        /// Tries to begin a session whose answers were lost, by session.
        var lostTries: [String: String] = [:]
    }

    /// More tries are not remembered; their sessions stay in use until the daemon starts again.
    private static let lostTryLimit = 1000

    let clock: MachineClock
    let limits: TransferStoreLimits
    let owner: StoreOwner
    private let client: RedisClient
    private let prefix: String
    private let patience: Duration
    private let state = Mutex(State())

    /// Makes a store over a client that someone else connects and closes.
    ///
    /// Sessions that an earlier run of this node left `running` are `failed` as soon as Redis answers.
    ///
    /// - Parameters:
    ///   - client: The server. The daemon's user there needs `EVALSHA`, `EVAL` and `SCRIPT LOAD`, and in scripts `INFO`,
    ///     `TIME`, and the commands of hashes, sets, sorted sets and counters, on keys that begin with `prefix`.
    ///   - node: The name of this node, which no other daemon on this server has.
    ///   - prefix: What the keys begin with.
    ///   - clock: Tells what has expired.
    ///   - limits: How much it holds.
    ///   - patience: How long to wait for an answer.
    public init(
        client: RedisClient, node: String, prefix: String = "zfs-apid:transfers:", clock: MachineClock = .system,
        limits: TransferStoreLimits = TransferStoreLimits(), patience: Duration = .milliseconds(900)
    ) {
        self.client = client
        self.prefix = prefix
        self.clock = clock
        self.limits = limits
        self.patience = patience
        owner = StoreOwner(node: node)
    }

    /// `redis`.
    public var kind: String { "redis" }

    /// Writes a little, so that a server that is full or read-only is noticed.
    public func check() async throws(TransferStoreError) {
        _ = try await run(TransferScripts.check, clock.now, [])
    }

    /// Ends the use of the client; whatever is asked then throws.
    public func close() {
        state.withLock { $0.isClosed = true }
    }

    /// Runs a script, after what must happen before all others.
    func run(
        _ script: RedisScript, _ now: MachineTime, _ arguments: [String]
    ) async throws(TransferStoreError) -> RedisReply {
        do throws(RedisError) {
            return try await ask(script, now, arguments)
        } catch {
            throw TransferStoreError(error.description)
        }
    }

    /// Runs the script that begins a session; when its answer was lost, the next try has the same name and gets it.
    func begin(session id: String, _ now: MachineTime) async throws(TransferStoreError) -> RedisReply {
        // Taken out, so that of two callers at once only one takes over.
        let lost = state.withLock { $0.lostTries.removeValue(forKey: id) }
        let attempt = lost ?? StoreOwner.random()
        do throws(RedisError) {
            return try await ask(TransferScripts.begin, now, [id, owner.node, owner.instance, attempt])
        } catch {
            if error.mayBeApplied || lost != nil {
                state.withLock { state in
                    if state.lostTries.count < Self.lostTryLimit { state.lostTries[id] = attempt }
                }
            }
            throw TransferStoreError(error.description)
        }
    }

    private func ask(
        _ script: RedisScript, _ now: MachineTime, _ arguments: [String]
    ) async throws(RedisError) -> RedisReply {
        let (isAdopted, isClosed) = state.withLock { ($0.isAdopted, $0.isClosed) }
        guard !isClosed else { throw .unavailable("the store of transfers was closed") }
        if !isAdopted {
            _ = try await eval(TransferScripts.adopt, now, [owner.node, owner.instance])
            state.withLock { $0.isAdopted = true }
        }
        return try await eval(script, now, arguments)
    }

    private func eval(
        _ script: RedisScript, _ now: MachineTime, _ arguments: [String]
    ) async throws(RedisError) -> RedisReply {
        let words = [now.boot, "\(now.sinceBoot)", "\(now.wall)"] + arguments
        return try await client.eval(
            script, keys: [Array(prefix.utf8)], arguments: words.map { Array($0.utf8) }, timeout: patience)
    }

    /// The numbers that were counted.
    func counters() async throws(TransferStoreError) -> [String: UInt64] {
        do throws(RedisError) {
            let reply = try await client.command("HGETALL", prefix + "statistics", timeout: patience)
            return try StoredFields(reply).numbers
        } catch {
            throw TransferStoreError(error.description)
        }
    }
}
