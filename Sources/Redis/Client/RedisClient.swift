internal import NIOCore
internal import NIOPosix

/// A client of one Redis server: one connection on which commands of all callers follow each other.
///
/// Once ``connect()`` was called the client keeps itself connected until ``close()``: after an error it connects
/// again, with pauses from 0.1 s to 10 s. Without a connection commands fail at once. Do not use commands that block
/// (`BLPOP`), subscribe, or change what the connection is (`SELECT`, `MULTI` over several calls): all callers share it.
///
/// ## Concurrency
/// The actor runs on the event loop of its connection, so that a command takes one hop and no lock.
public actor RedisClient {
    private let configuration: RedisConfiguration
    private let onStateChange: @Sendable (RedisState) -> Void
    private let eventLoop: any EventLoop
    private var connection: RedisConnection?
    private var state: RedisState?
    private var failure = RedisError.unavailable("it was not connected yet")
    private var maintenance: Task<Void, Never>?
    private var isClosed = false
    private var waitersForAttempt: [CheckedContinuation<Void, Never>] = []

    /// The event loop of the connection.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe eventLoop.executor.asUnownedSerialExecutor()
    }

    /// Makes a client, which does nothing yet.
    ///
    /// - Parameters:
    ///   - configuration: The server, and the limits.
    ///   - onStateChange: Called when the connection is there or gone, and when the reason of its absence changes;
    ///     must not block.
    public init(
        configuration: RedisConfiguration,
        onStateChange: @escaping @Sendable (RedisState) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.onStateChange = onStateChange
        eventLoop = MultiThreadedEventLoopGroup.singleton.next()
    }

    /// Whether commands can be sent at this moment.
    public var isConnected: Bool { connection?.failure == nil && connection != nil }

    /// Begins to keep a connection, which keeps the client alive until ``close()``, and waits until the try that is next has ended.
    ///
    /// - Throws: What the try ended with. The client goes on trying.
    public func connect() async throws(RedisError) {
        guard !isClosed else { throw .unavailable("the client was closed") }
        if maintenance == nil {
            // Not a child of the caller: the connection outlives the call, until `close`.
            maintenance = Task { await keepConnected() }
        }
        if connection == nil {
            await withCheckedContinuation { waitersForAttempt.append($0) }
        }
        if connection == nil { throw failure }
    }

    /// Ends the connection for good; commands that wait fail.
    public func close() async {
        isClosed = true
        maintenance?.cancel()
        connection?.end(.connectionLost("the client was closed"))
        await maintenance?.value
    }

    /// Sends a command.
    ///
    /// Cancellation is not looked at: the wait is short, and a reply that is on its way says what happened.
    ///
    /// - Parameters:
    ///   - words: The command and its arguments, any bytes.
    ///   - timeout: How long to wait; nil is the time of the configuration.
    /// - Returns: The reply, which is not an error.
    public func command(_ words: [[UInt8]], timeout: Duration? = nil) async throws(RedisError) -> RedisReply {
        guard !isClosed else { throw .unavailable("the client was closed") }
        guard let connection else { throw Self.unavailable(because: failure) }
        return try await connection.send(words, timeout: timeout ?? configuration.commandTimeout).get()
    }

    /// Sends a command of text words.
    ///
    /// - Parameters:
    ///   - words: The command and its arguments.
    ///   - timeout: How long to wait; nil is the time of the configuration.
    /// - Returns: The reply, which is not an error.
    public func command(_ words: String..., timeout: Duration? = nil) async throws(RedisError) -> RedisReply {
        try await command(words.map { Array($0.utf8) }, timeout: timeout)
    }

    /// Runs a script, by its digest when the server knows it (`EVALSHA`), else by its source.
    ///
    /// - Parameters:
    ///   - script: What to run.
    ///   - keys: The keys it touches, `KEYS` in Lua.
    ///   - arguments: What else it gets, `ARGV` in Lua.
    ///   - timeout: How long to wait in all; nil is the time of the configuration.
    /// - Returns: What the script returns.
    public func eval(
        _ script: RedisScript,
        keys: [[UInt8]],
        arguments: [[UInt8]],
        timeout: Duration? = nil
    ) async throws(RedisError) -> RedisReply {
        let deadline = ContinuousClock.now + (timeout ?? configuration.commandTimeout)
        let tail = [Array(String(keys.count).utf8)] + keys + arguments
        if script.digest == nil {
            let load = ["SCRIPT", "LOAD", script.source].map { Array($0.utf8) }
            script.digest = try await command(load, timeout: deadline - .now).bytes
        }
        if let digest = script.digest {
            do throws(RedisError) {
                return try await command(
                    [Array("EVALSHA".utf8), digest] + tail, timeout: deadline - .now)
            } catch {
                // After a restart or SCRIPT FLUSH; nothing was run.
                guard error.refusalCode == "NOSCRIPT" else { throw error }
            }
        }
        let source = [Array("EVAL".utf8), Array(script.source.utf8)]
        return try await command(source + tail, timeout: deadline - .now)
    }

    /// Connects again and again, until the client is closed.
    private func keepConnected() async {
        var backoff = Backoff()
        var random = SystemRandomNumberGenerator()
        while !isClosed {
            do throws(RedisError) {
                let connection = try await RedisConnection.open(configuration, on: eventLoop)
                let greetingReplies = connection.replyCount
                self.connection = connection
                if isClosed { connection.end(.connectionLost("the client was closed")) }
                endAttempt(with: .connected)
                let start = ContinuousClock.now
                await connection.waitForEnd()
                self.connection = nil
                // A server that greets and then breaks off is asked as rarely as one that is away.
                if connection.replyCount > greetingReplies || .now - start > Backoff.longest { backoff.reset() }
                throw connection.failure ?? .connectionLost("it was closed")
            } catch {
                failure = isClosed ? .unavailable("the client was closed") : error
                endAttempt(with: .disconnected(failure))
            }
            // Ends at once when the client is closed.
            try? await Task.sleep(for: backoff.next(using: &random))
        }
        failure = .unavailable("the client was closed")
        endAttempt(with: .disconnected(failure))
    }

    /// Tells of a change, and ends the waiting for a connection.
    private func endAttempt(with state: RedisState) {
        if self.state != state, !isClosed { onStateChange(state) }
        self.state = state
        for waiter in waitersForAttempt { waiter.resume() }
        waitersForAttempt = []
    }

    private static func unavailable(because failure: RedisError) -> RedisError {
        if case .unavailable = failure { failure } else { .unavailable(failure.description) }
    }
}
