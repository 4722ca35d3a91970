internal import ZFSCommandBuilder

/// What a call reaches, told by its decoded parameters before anything runs.
struct Reach: Sendable {
    /// Datasets that it reads or changes.
    var datasets: [DatasetName] = []
    /// Datasets that it makes, removes or renames.
    var entries: [DatasetName] = []
    /// Properties that it sets or clears on the datasets that it names.
    var changedProperties: [PropertyName] = []
    /// Properties of what it makes.
    var givenProperties: [PropertyName] = []
    /// What it does beyond the datasets that it names, as sentences.
    var outward: [String] = []

    /// Adds what another parameter reaches.
    mutating func add(_ other: Reach) {
        datasets += other.datasets
        entries += other.entries
        changedProperties += other.changedProperties
        givenProperties += other.givenProperties
        outward += other.outward
    }
}

extension Reach {
    /// Reading a property: `written@tank/home@monday` names a dataset of its own.
    init(reading property: PropertyName) {
        let parts = property.text.split(maxSplits: 1) { $0 == "@" || $0 == "#" }
        guard parts.count == 2, parts[0] == "written", parts[1].contains(where: { $0 == "@" || $0 == "#" }),
            let reference = try? DatasetReference(String(parts[1]))
        else { return }
        datasets = [reference.dataset]
    }
}
