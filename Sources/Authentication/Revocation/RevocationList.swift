internal import Glibc
internal import Synchronization

/// The tokens that were revoked before they expired, kept in a file: one `jti` a line, which ends in its expiry.
///
/// A token is on the disk before it counts as revoked. While the file cannot be read nobody can say what is revoked, so
/// every question fails.
///
/// ## Concurrency
/// Questions take `state` for a look. The file is touched by the initializer and then by `disk` alone, one piece of work
/// after the other, and `state` is not held meanwhile.
public final class RevocationList: Sendable {
    private struct State {
        /// Nil while the file cannot be read.
        var tokens: Set<TokenID>?
        var problem: RevocationError?
        /// Lines of the file, those of expired tokens included.
        var lines = 0
        var nextAttempt = ContinuousClock.now
    }

    private static let longestFile = 64 << 20
    private static let waitingWrites = 64

    private let path: String
    private let limit: Int
    private let clock: WallClock
    private let retryDelay: Duration
    /// Lines of expired tokens that the file may have, besides as many as there are live ones.
    private let spareLines: Int
    private let disk = SerialThread(capacity: waitingWrites)
    private let state = Mutex(State())

    /// Reads the file; one that is missing is an empty list.
    ///
    /// A file that cannot be read is tried again with every question, at most once a second.
    /// - Parameters:
    ///   - path: The file, in a folder that exists.
    ///   - limit: The most tokens that are revoked and not yet expired.
    ///   - clock: The time of day.
    public convenience init(path: String, limit: Int = 100_000, clock: WallClock = .system) {
        self.init(path: path, limit: limit, clock: clock, retryDelay: .seconds(1), spareLines: 1024)
    }

    init(path: String, limit: Int, clock: WallClock, retryDelay: Duration, spareLines: Int) {
        self.path = path
        self.limit = limit
        self.clock = clock
        self.retryDelay = retryDelay
        self.spareLines = spareLines
        load()
    }

    /// Why the list cannot be used now; nil when it can.
    public var problem: RevocationError? { state.withLock { $0.problem } }

    /// Whether a token was revoked.
    func contains(_ token: TokenID) async throws(RevocationError) -> Bool {
        if let isRevoked = state.withLock({ $0.tokens?.contains(token) }) { return isRevoked }
        return try await onDisk { () throws(RevocationError) in
            try self.requireTokens()
            return self.state.withLock { $0.tokens?.contains(token) ?? true }
        }
    }

    /// Revokes a token, and returns when that is on the disk.
    func insert(_ token: TokenID) async throws(RevocationError) {
        // It is refused anyway.
        guard token.expires > clock.seconds() else { return }
        try await onDisk { () throws(RevocationError) in try self.record(token) }
    }

    private func onDisk<Value: Sendable>(
        _ work: @escaping @Sendable () throws(RevocationError) -> Value
    ) async throws(RevocationError) -> Value {
        let result: Result<Value, RevocationError>
        do {
            result = try await disk.run { Result(catching: work) }
        } catch {
            throw .busy
        }
        return try result.get()
    }

    /// Reads the file again when that failed before.
    private func requireTokens() throws(RevocationError) {
        if state.withLock({ $0.tokens == nil && $0.nextAttempt <= .now }) { load() }
        if let problem { throw problem }
    }

    private func record(_ token: TokenID) throws(RevocationError) {
        try requireTokens()
        if state.withLock({ $0.tokens?.contains(token) }) == true { return }
        if state.withLock({ $0.tokens?.count ?? 0 }) >= limit { forgetExpired() }
        guard state.withLock({ $0.tokens?.count ?? 0 }) < limit else { throw .full(limit: limit) }
        do {
            try DurableFile.append(Array("\(token)\n".utf8), to: path)
        } catch {
            // When half a line could not be cut off again, the file is read anew before it counts.
            if error.call == "ftruncate" { fail(.file(error)) }
            throw .file(error)
        }
        let lines = state.withLock { state in
            state.tokens?.insert(token)
            state.lines += 1
            return state.lines
        }
        if lines % spareLines == 0 { forgetExpired() }
    }

    /// Drops the tokens that expired, from the file as well when that makes it much shorter.
    private func forgetExpired() {
        let now = clock.seconds()
        let (live, lines) = state.withLock { state in
            let live = (state.tokens ?? []).filter { $0.expires > now }
            if state.tokens != nil { state.tokens = live }
            return (live, state.lines)
        }
        guard lines > 2 * live.count + spareLines else { return }
        let text = live.map { "\($0)\n" }.joined()
        do {
            try DurableFile.replace(path, with: Array(text.utf8))
            state.withLock { $0.lines = live.count }
        } catch {
            // The old file is as good, only longer.
        }
    }

    private func load() {
        do {
            let (tokens, lines) = try Self.read(path, now: clock.seconds())
            state.withLock { state in
                state.tokens = tokens
                state.problem = nil
                state.lines = lines
            }
            forgetExpired()
        } catch {
            fail(error)
        }
    }

    private func fail(_ error: RevocationError) {
        state.withLock { state in
            state.tokens = nil
            state.problem = error
            state.nextAttempt = .now + retryDelay
        }
    }

    /// Reads the tokens that have not expired, and cuts off a last line that was not written to its end: it was never
    /// said to be revoked.
    private static func read(
        _ path: String, now: Int
    ) throws(RevocationError) -> (tokens: Set<TokenID>, lines: Int) {
        let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        if descriptor < 0, errno == ENOENT { return ([], 0) }
        guard descriptor >= 0 else { throw .file(FileError(call: "open", path: path, number: errno)) }
        defer { close(descriptor) }
        let bytes: [UInt8]?
        do {
            bytes = try DurableFile.read(descriptor, path: path, limit: longestFile)
        } catch {
            throw .file(error)
        }
        guard let bytes else { throw .tooLong(path: path) }
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        var tokens: Set<TokenID> = []
        var lines = 0
        for line in bytes[..<whole].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            lines += 1
            guard let token = TokenID(String(decoding: line, as: UTF8.self)) else {
                throw .damaged(path: path, line: lines)
            }
            if token.expires > now { tokens.insert(token) }
        }
        if whole < bytes.count, ftruncate(descriptor, off_t(whole)) != 0 {
            throw .file(FileError(call: "ftruncate", path: path, number: errno))
        }
        return (tokens, lines)
    }
}
