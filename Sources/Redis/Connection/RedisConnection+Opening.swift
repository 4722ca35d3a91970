internal import NIOCore
internal import NIOPosix

extension RedisConnection {
    /// Connects, logs in, chooses the database and waits until the server serves.
    ///
    /// Called on `eventLoop`, where the connection lives.
    static func open(
        _ configuration: RedisConfiguration,
        on eventLoop: any EventLoop
    ) async throws(RedisError) -> RedisConnection {
        let connection = try RedisConnection(configuration: configuration)
        let bound = NIOLoopBound(connection, eventLoop: eventLoop)
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
        do {
            switch configuration.address {
            case .tcp(let host, let port): _ = try await bootstrap.connect(host: host, port: port).get()
            case .unix(let path): _ = try await bootstrap.connect(unixDomainSocketPath: path).get()
            }
        } catch {
            throw .unavailable(ConnectFailure.describe(error))
        }
        do throws(RedisError) {
            try await connection.greet(configuration)
        } catch {
            connection.end(error)
            throw error
        }
        return connection
    }

    /// Makes the connection ours; `PING` tells whether the server serves, or loads its data, or wants a password.
    private func greet(_ configuration: RedisConfiguration) async throws(RedisError) {
        var words = configuration.credentials.map { [Array("AUTH".utf8), $0.password] }
        if let user = configuration.credentials?.user { words?.insert(Array(user.utf8), at: 1) }
        if let words {
            do throws(RedisError) {
                _ = try await send(words, timeout: configuration.connectTimeout).get()
            } catch {
                throw Self.withoutPassword(error, configuration.credentials?.password ?? [])
            }
        }
        if configuration.database != 0 {
            let select = ["SELECT", "\(configuration.database)"].map { Array($0.utf8) }
            _ = try await send(select, timeout: configuration.connectTimeout).get()
        }
        do throws(RedisError) {
            _ = try await send([Array("PING".utf8)], timeout: configuration.connectTimeout).get()
        } catch {
            // The access list may keep PING from a user who may do what we need; who asked was known then.
            guard error.refusalCode == "NOPERM" else { throw error }
        }
    }

    /// Keeps only the code of a refusal whose text repeats the password, as a server without our `AUTH` may do.
    private static func withoutPassword(_ error: RedisError, _ password: [UInt8]) -> RedisError {
        guard case .refused(let text) = error, text.contains(String(decoding: password, as: UTF8.self)) else {
            return error
        }
        return .refused(error.refusalCode.map { "\($0) (the rest of the text is left out)" } ?? "")
    }
}
