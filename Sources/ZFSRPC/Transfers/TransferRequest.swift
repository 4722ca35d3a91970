public import ZFSCommandBuilder
public import ZFSReplication

/// What a transfer does.
public enum TransferRequest: Sendable, Hashable {
    /// Sends a snapshot.
    case send(SendRequest)
    /// Receives a stream.
    case receive(ReceiveRequest)

    /// Its word in answers and in the store.
    public enum Operation: String, Sendable, Hashable, CaseIterable {
        /// Sends.
        case send
        /// Receives.
        case receive
    }

    /// Its word.
    public var operation: Operation {
        switch self {
        case .send: .send
        case .receive: .receive
        }
    }

    /// The dataset that it reads or changes.
    public var dataset: DatasetName {
        switch self {
        case .send(let request): request.snapshot.dataset
        case .receive(let request): request.dataset
        }
    }
}
