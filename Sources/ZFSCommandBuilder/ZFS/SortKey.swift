/// A property that `zfs list` sorts by, and the direction.
public struct SortKey: Sendable, Hashable {
    /// The property.
    public var property: PropertyName
    /// Whether the largest comes first: `-S` instead of `-s`.
    public var descending: Bool

    /// Sorts by a property.
    public init(_ property: PropertyName, descending: Bool = false) {
        self.property = property
        self.descending = descending
    }
}
