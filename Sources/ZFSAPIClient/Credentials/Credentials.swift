internal import NIOPosix
internal import Synchronization

/// Gives the token of a request.
///
/// ## Concurrency
/// What was printed by a command, and a token of a login, are kept behind a mutex. Files and programs are read on a thread
/// that may block.
final class Credentials: Sendable {
    private let source: Mutex<TokenSource>
    private let kept = Mutex<String?>(nil)

    init(_ source: TokenSource) { self.source = Mutex(source) }

    /// The token to show now, or nil for none.
    func token() async throws(ClientError) -> String? {
        let source = source.withLock { $0 }
        switch source {
        case .none: return nil
        case .token(let token): return try BearerToken.checked(token.utf8, from: "the token")
        case .file(let path): return try TokenFile.read(path)
        case .command(let words):
            if let kept = kept.withLock({ $0 }) { return kept }
            let token = try await Self.blocking { () throws(ClientError) in try TokenCommand.run(words) }
            kept.withLock { $0 = token }
            return token
        }
    }

    /// The daemon did not accept the last one: a command is asked again.
    func refused() { kept.withLock { $0 = nil } }

    /// From now on another token is shown.
    func replace(by source: TokenSource) {
        self.source.withLock { $0 = source }
        refused()
    }

    private static func blocking(
        _ body: @escaping @Sendable () throws(ClientError) -> String
    ) async throws(ClientError) -> String {
        do {
            return try await NIOThreadPool.singleton.runIfActive {
                Result { () throws(ClientError) in try body() }
            }.get()
        } catch let error as ClientError {
            throw error
        } catch {
            throw ClientError(.cancelled, "the call was cancelled", reason: "cancelled")
        }
    }
}
