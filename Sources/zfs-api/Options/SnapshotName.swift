import ArgumentParser

/// A snapshot as it is written: `dataset@snapshot`.
///
/// What is legal in it, the daemon decides.
struct SnapshotName: ExpressibleByArgument {
    let dataset: String
    let snapshot: String

    init?(argument: String) {
        let parts = argument.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        dataset = String(parts[0])
        snapshot = String(parts[1])
    }

    /// As it is written.
    var text: String { "\(dataset)@\(snapshot)" }
}
