import Redis
import TestSupport

extension RedisConfiguration {
    init(_ server: RedisServer) {
        self.init(port: server.port)
    }

    /// With more patience than the daemon has: the machine that runs the tests may be busy.
    init(port: Int) {
        self.init(address: .tcp(host: "127.0.0.1", port: port))
        connectTimeout = .seconds(10)
        commandTimeout = .seconds(10)
    }
}

/// Runs `body` with a client that tried to connect once, and closes it afterwards.
func withClient<Result>(
    _ configuration: RedisConfiguration,
    onStateChange: @escaping @Sendable (RedisState) -> Void = { _ in },
    body: (RedisClient) async throws -> Result
) async throws -> Result {
    let client = RedisClient(configuration: configuration, onStateChange: onStateChange)
    try? await client.connect()
    do {
        let result = try await body(client)
        await client.close()
        return result
    } catch {
        await client.close()
        throw error
    }
}

/// The error of a command, or nil when it got a reply.
func failure(of client: RedisClient, _ words: String..., timeout: Duration? = nil) async -> RedisError? {
    do throws(RedisError) {
        _ = try await client.command(words.map { Array($0.utf8) }, timeout: timeout)
        return nil
    } catch {
        return error
    }
}
