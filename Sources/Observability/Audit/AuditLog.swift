public import ZFSRPC

/// Records who changed what, and who was refused.
///
/// A call that changes something has two lines: `intent`, which is on disk before the call runs, and `outcome`. A refused
/// authentication and every login have an `outcome` alone. `Docs/observability.md` tells the members of a line.
///
/// ## Concurrency
/// A thread of its own writes; calls wait for it without holding a thread. It ends when the log is released.
public final class AuditLog: CallObserver {
    private static let login = "auth_login"

    private let configuration: AuditConfiguration
    private let writer: AuditWriter

    /// Opens or makes the file.
    /// - Parameters:
    ///   - configuration: Where it is and what it holds.
    ///   - hash: SHA-256, or HMAC-SHA-256 with a key that is kept for as long as the log; ties the lines to each other.
    ///   - notice: Is told in a sentence when the log cannot be written, when it can again, and of a last line that was not
    ///     whole; on a thread of its own.
    /// - Throws: `AuditError` when the file cannot be opened.
    public init(
        _ configuration: AuditConfiguration,
        hash: @escaping @Sendable ([UInt8]) -> [UInt8],
        notice: @escaping @Sendable (String) -> Void
    ) throws(AuditError) {
        self.configuration = configuration
        writer = try AuditWriter(path: configuration.path, hash: hash, notice: notice)
    }

    deinit {
        writer.stop()
    }

    /// Whether the last try to write succeeded.
    public var isWritable: Bool { writer.isWritable }

    /// How often the disk was waited for.
    var syncCount: Int { writer.syncCount }

    /// Opens the file anew by its name, after it was renamed; returns at once.
    public func reopen() {
        writer.reopen()
    }

    /// Waits until all lines so far are on disk, at most 10 s.
    /// - Throws: `AuditError` when they are not.
    public func flush() async throws(AuditError) {
        try await writer.commit([])
    }

    /// Records the intent of a call that changes something, and waits until it is on disk.
    /// - Throws: `RPCError` with code -32052 when it is not and must be.
    public func willRun(_ call: CallRecord) async throws(RPCError) {
        guard call.isWrite, call.method != Self.login else { return }
        do throws(AuditError) {
            try await writer.commit(AuditEntry.intent(call).object)
        } catch {
            guard configuration.isRequired else { return }
            throw RPCError(
                .unavailable, "audit_unavailable",
                "nothing was changed, because the audit log cannot be written (\(error.problem)); "
                    + "an administrator must see to it, then try again",
                isRetryable: true)
        }
    }

    /// Records the outcome of a call that changes something, of a login, and of a refused authentication.
    public func didRun(_ call: CallRecord, error: RPCError?, duration: Duration) async {
        let isRefused = error?.code.isRefusedAuthentication ?? false
        guard call.isWrite || isRefused || call.method == Self.login || configuration.recordsReads else { return }
        writer.add(AuditEntry.outcome(call, error: error, duration: duration).object)
    }
}
