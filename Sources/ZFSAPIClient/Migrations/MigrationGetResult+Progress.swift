internal import Foundation

extension MigrationGetResult {
    /// How far it is; nil before the first record.
    public var currentProgress: MigrationProgress? { progress.decoded(as: MigrationProgress.self) }

    /// Whether it does not change any more.
    public var hasEnded: Bool { ["completed", "failed", "cancelled"].contains(status) }

    /// Why it ended without success; nil when it did not.
    public var failure: ClientError? {
        guard status == "failed" || status == "cancelled" else { return nil }
        guard let told = error?.decoded(as: TaskError.self) else {
            return ClientError(.migrationFailed, "migration \(id) was \(status)", reason: status)
        }
        var made = ClientError(
            .migrationFailed, told.message ?? "migration \(id) \(status)", reason: told.reason ?? status)
        made.code = told.code
        made.isRetryable = told.retryable ?? false
        made.details = told.details ?? [:]
        made.stderr = told.stderr
        return made
    }
}

/// The error of a task: what a JSON-RPC error has in `data` is beside `code` and `message`.
private struct TaskError: Decodable {
    let code: Int?
    let message: String?
    let reason: String?
    let retryable: Bool?
    let details: [String: JSONValue]?
    let stderr: String?
}

extension JSONValue {
    /// The value as a type; nil when it is none.
    func decoded<Value: Decodable>(as type: Value.Type) -> Value? {
        guard let data = try? JSONEncoder().encode(self) else { return nil }
        return try? JSONDecoder().decode(type, from: data)
    }
}
