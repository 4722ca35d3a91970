internal import ZFSCommandBuilder

extension ParameterType<DatasetName> {
    /// The name of a file system or volume, for what works within it.
    static let dataset = name.reaching(.dataset) { Reach(datasets: [$0]) }

    /// The name of a file system or volume that the call makes, removes or renames.
    static let datasetEntry = name.reaching(.dataset) { Reach(entries: [$0]) }

    private static let name = parsed("the name of a file system or volume", "tank/home/anna") {
        text throws(NameError) in try DatasetName(text)
    }
}

extension ParameterType<PoolName> {
    /// The name of a pool: the call reaches all of its datasets.
    static let pool = parsed("the name of a pool", "tank") { text throws(NameError) in try PoolName(text) }
        .reaching(.pool) { Reach(datasets: [$0.rootDataset]) }
}

extension ParameterType<ComponentName> {
    /// What stands after `@`.
    static let component = parsed("the short name of a snapshot, without dataset", "monday") { text throws(NameError) in
        try ComponentName(text)
    }
}

extension ParameterType<SnapshotName> {
    /// `dataset@name`.
    static let snapshot = parsed("dataset@name", "tank/home/anna@monday") { text throws(NameError) in
        try SnapshotName(text)
    }.reaching(.dataset) { Reach(datasets: [$0.dataset]) }
}

extension ParameterType<BookmarkName> {
    /// `dataset#name`.
    static let bookmark = parsed("dataset#name", "tank/home/anna#monday") { text throws(NameError) in
        try BookmarkName(text)
    }.reaching(.dataset) { Reach(datasets: [$0.dataset]) }
}

extension ParameterType<PropertyName> {
    /// A property to read.
    static let property = name.reaching(nil) { Reach(reading: $0) }

    /// A property that the call sets or clears.
    static let changedProperty = name.reaching(nil) { Reach(changedProperties: [$0]) }

    private static let name = parsed("the name of a property", "compression") { text throws(NameError) in
        try PropertyName(text)
    }
}

extension ParameterType<HoldTag> {
    /// The tag of a hold.
    static let holdTag = parsed("the tag of a hold", "keep") { text throws(NameError) in try HoldTag(text) }
}

extension ParameterType<DatasetReference> {
    /// A dataset, snapshot or bookmark.
    static let reference = parsed("the name of a dataset, snapshot or bookmark", "tank/home/anna") {
        text throws(NameError) in try DatasetReference(text)
    }.reaching(.dataset) { Reach(datasets: [$0.dataset]) }
}

extension ParameterType<PropertyName?> {
    /// A property, or `all`, which is nil.
    static let propertySelection = parsed("the name of a property, or \"all\"", "compression") {
        text throws(NameError) in text == "all" ? nil : try PropertyName(text)
    }.reaching(nil) { $0.map { Reach(reading: $0) } ?? Reach() }
}

extension ParameterType<Size> {
    /// A number of bytes with a suffix.
    static let size = parsed("a size such as 16K", "16K") { text throws(NameError) in try Size(text) }
}
