/// The full name of one bookmark, such as `tank/home#monday`.
public struct BookmarkName: Hashable, Sendable {
    /// The dataset that the bookmark belongs to.
    public let dataset: DatasetName
    /// What stands after the `#`.
    public let component: ComponentName

    /// Parses `dataset#name`.
    /// - Throws: `NameError` with the first byte that is wrong.
    public init(_ text: String) throws(NameError) {
        (dataset, component) = try NameRules.split(text, at: 0x23, "bookmark name")
    }

    /// Joins a dataset and a short name.
    /// - Throws: `NameError` when both together are longer than 255 bytes.
    public init(_ dataset: DatasetName, _ component: ComponentName) throws(NameError) {
        self.dataset = dataset
        self.component = component
        try NameRules.checkLength(text, "bookmark name")
    }

    /// The name as OpenZFS writes it.
    public var text: String { "\(dataset.text)#\(component.text)" }
}

extension BookmarkName: CustomStringConvertible {
    /// The full name.
    public var description: String { text }
}
