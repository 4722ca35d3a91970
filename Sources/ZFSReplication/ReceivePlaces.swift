internal import Synchronization
internal import ZFSCommandBuilder

/// The datasets that are received into now.
///
/// OpenZFS refuses a second receive by itself, but not without harm: `zfs receive -s -F` of a dataset that another
/// receive without `-s` is just making fails with "dataset is busy", and yet marks the dataset so that the first one
/// leaves a part behind when it breaks off (seen with 2.3.2). Without `-F` it says that the destination exists.
final class ReceivePlaces: Sendable {
    private let taken = Mutex<Set<DatasetName>>([])

    /// Runs the body while nobody else receives into the dataset.
    /// - Throws: `ReplicationError.receiveRuns`, and what the body throws.
    func hold<Result>(_ dataset: DatasetName, _ body: () async throws -> Result) async throws -> Result {
        guard taken.withLock({ $0.insert(dataset).inserted }) else { throw ReplicationError.receiveRuns(dataset) }
        defer { taken.withLock { _ = $0.remove(dataset) } }
        return try await body()
    }
}
