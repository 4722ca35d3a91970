/// A property and the value that it shall get.
public struct PropertyAssignment: Hashable, Sendable {
    /// The property.
    public let name: PropertyName
    /// Its new value.
    public let value: PropertyValue

    /// Joins a name and a value.
    public init(_ name: PropertyName, _ value: PropertyValue) {
        self.name = name
        self.value = value
    }

    /// `name=value`, the form of `zfs set` and of `-o`.
    ///
    /// OpenZFS splits at the first `=`, which no property name has, so that the value may have some.
    public var argument: String { "\(name.text)=\(value.text)" }
}

extension PropertyAssignment: CustomStringConvertible {
    /// `name=value`.
    public var description: String { argument }
}
