/// A stream that can be fetched or put at `/stream/{id}`.
public struct StreamSession: Sendable, Hashable {
    /// Where a session is.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Nobody came yet.
        case pending
        /// A transfer runs.
        case running
        /// The last transfer went to its end.
        case completed
        /// The last transfer failed, or its daemon died.
        case failed
        /// It was cancelled; it can not be used any more.
        case cancelled
    }

    /// 32 lowercase hexadecimal digits.
    public let id: String
    /// What it does, as JSON text (``TransferRequest/encoded``).
    public let request: String
    /// Whether it sends or receives.
    public let operation: TransferRequest.Operation
    /// The dataset.
    public let dataset: String
    /// Who made it.
    public let user: String
    /// When it was made: seconds since 1970.
    public let created: Int64
    /// Where it is.
    public let state: State
    /// The bytes of its last transfer.
    public let bytes: UInt64

    /// Makes a session.
    public init(
        id: String, request: String, operation: TransferRequest.Operation, dataset: String, user: String,
        created: Int64, state: State = .pending, bytes: UInt64 = 0
    ) {
        self.id = id
        self.request = request
        self.operation = operation
        self.dataset = dataset
        self.user = user
        self.created = created
        self.state = state
        self.bytes = bytes
    }
}
