internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Calls a daemon.
///
/// Nothing is connected before the first call; connections are kept until `close`.
///
/// The methods of the API are methods of the client, such as `datasetList`. Each throws `ClientError`. A call that is
/// cancelled ends its connection, and so its `zfs`; a change may have happened.
///
/// ## Concurrency
/// It has no state of its own but the credentials, which are behind a mutex; any number of tasks may use it at once.
public final class Client: Sendable {
    /// What it was made with, but for the token.
    let configuration: ClientConfiguration
    let credentials: Credentials
    /// For calls, which may take long before they are answered.
    let http: HTTPClient
    /// For what never is silent for long.
    let listening: HTTPClient
    /// For streams, which the daemon ends when they stand still.
    let streaming: HTTPClient

    /// Where the daemon is.
    public var address: ServiceAddress { configuration.address }

    /// Makes a client, which must be closed.
    /// - Parameter configuration: Where it calls, as whom, and how long it waits.
    /// - Throws: `ClientError` when a file for TLS can not be used.
    public init(_ configuration: ClientConfiguration) throws(ClientError) {
        credentials = Credentials(configuration.token)
        let transport = try HTTPClient.Configuration.forCalls(configuration)
        var silent = transport
        silent.timeout.read = .seconds(60)
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: transport)
        listening = HTTPClient(eventLoopGroupProvider: .singleton, configuration: silent)
        var flowing = transport
        // More than the daemon itself waits by default (`streams.stall_timeout`, 600 s).
        flowing.timeout.read = .seconds(900)
        streaming = HTTPClient(eventLoopGroupProvider: .singleton, configuration: flowing)
        var configuration = configuration
        configuration.token = .none
        self.configuration = configuration
    }

    /// Makes a client for the time of a closure, and closes it.
    /// - Parameters:
    ///   - configuration: Where it calls, as whom, and how long it waits.
    ///   - body: What is done with it.
    /// - Returns: What the closure gives.
    /// - Throws: `ClientError`, or what the closure throws.
    public static func with<Value>(
        _ configuration: ClientConfiguration, _ body: (Client) async throws -> Value
    ) async throws -> Value {
        let client = try Client(configuration)
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    /// Closes the connections.
    ///
    /// The client can not be used afterwards.
    public func close() async {
        // It can only fail when it was closed before.
        try? await http.shutdown()
        try? await listening.shutdown()
        try? await streaming.shutdown()
    }

    /// Logs in, and shows the token from now on.
    /// - Parameters:
    ///   - username: The user.
    ///   - password: The password, which is sent and not kept.
    /// - Returns: The token, and the seconds for which it is good.
    /// - Throws: `ClientError` of the kind `authenticationFailed` when user or password is wrong.
    public func login(username: String, password: String) async throws(ClientError) -> AuthLoginResult {
        let result = try await authLogin(username: username, password: password)
        credentials.replace(by: .token(result.token))
        return result
    }
}
