import Synchronization

@testable import ZFSRPC

/// Remembers what it was told, and refuses writes if asked to.
final class RecordingObserver: CallObserver {
    struct Entry: Sendable {
        let isOutcome: Bool
        let call: CallRecord
        let error: RPCError?
    }

    private let refusal: RPCError?
    private let log = Mutex<[Entry]>([])

    init(refusing refusal: RPCError? = nil) {
        self.refusal = refusal
    }

    var entries: [Entry] { log.withLock { $0 } }

    /// Everything that was recorded, as text.
    var text: String {
        entries.map { "\($0.call) \(String(decoding: $0.call.parameters, as: UTF8.self)) \($0.error, default: "-")" }
            .joined(separator: "\n")
    }

    func willRun(_ call: CallRecord) async throws(RPCError) {
        log.withLock { $0.append(Entry(isOutcome: false, call: call, error: nil)) }
        if let refusal { throw refusal }
    }

    func didRun(_ call: CallRecord, error: RPCError?, duration: Duration) async {
        log.withLock { $0.append(Entry(isOutcome: true, call: call, error: error)) }
    }
}
