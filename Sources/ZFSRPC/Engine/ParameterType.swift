internal import ZFSCommandBuilder

/// What a parameter takes: its form in documents, and how it becomes a typed value.
struct ParameterType<Value: Sendable>: Sendable {
    let schema: Schema
    /// For messages: `a string`.
    let noun: String
    let decode: @Sendable (_ name: String, JSONValue) throws(RPCError) -> Value
}

extension ParameterType<String> {
    /// Text without NUL, which no argument of a process can hold.
    static let string = ParameterType(schema: .string(), noun: "a string") { name, value throws(RPCError) in
        try text(name, value)
    }

    /// One of some words.
    static func choice(_ words: [String]) -> ParameterType {
        let noun = "one of \(words.joined(separator: ", "))"
        return ParameterType(schema: .choice(words), noun: noun) { name, value throws(RPCError) in
            let word = try text(name, value)
            if !words.contains(word) { throw .value(name, "\"\(printable(word.utf8))\" is not \(noun)") }
            return word
        }
    }
}

extension ParameterType<[UInt8]> {
    /// An encryption key: one line, since ZFS reads no further.
    static let key = ParameterType(schema: .string("one line"), noun: "a string") { name, value throws(RPCError) in
        let bytes = Array(try text(name, value).utf8)
        if bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
            throw .value(name, "a key has no line break; ZFS would read only its first line")
        }
        return bytes
    }
}

private func text(_ name: String, _ value: JSONValue) throws(RPCError) -> String {
    switch value {
    case .string(let text) where !text.utf8.contains(0): return text
    case .string: throw .parameter(name, "mistyped_parameter", "\"\(name)\" must not have a NUL character")
    case .loneSurrogate:
        throw .parameter(name, "mistyped_parameter", "\"\(name)\" has a surrogate without partner, which is no text")
    default: throw .mistyped(name, value, "a string")
    }
}

extension RPCError {
    fileprivate static func mistyped(_ name: String, _ value: JSONValue, _ noun: String) -> RPCError {
        .parameter(name, "mistyped_parameter", "\"\(name)\" must be \(noun), not \(value.kind)")
    }
}

extension JSONValue {
    fileprivate var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string, .loneSurrogate: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension ParameterType<Bool> {
    /// `true` or `false`.
    static let boolean = ParameterType(schema: .boolean(), noun: "true or false") { name, value throws(RPCError) in
        guard case .bool(let flag) = value else { throw .mistyped(name, value, "true or false") }
        return flag
    }
}

extension ParameterType<Int> {
    /// A whole number in a range.
    static func integer(_ range: ClosedRange<Int>) -> ParameterType {
        ParameterType(schema: .integer("\(range.lowerBound) to \(range.upperBound)"), noun: "a whole number") {
            name, value throws(RPCError) in
            guard case .number(let text) = value, let number = whole(text) else {
                throw .mistyped(name, value, "a whole number")
            }
            if !range.contains(number) {
                throw .value(name, "\(number) is not within \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    /// `10`, and `10.0` or `1e1` as some clients write it.
    private static func whole(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        guard let number = Double(text), number.magnitude < 9_007_199_254_740_992 else { return nil }
        return Int(exactly: number)
    }
}

extension ParameterType {
    /// Text that a name type parses.
    private static func parsed(
        _ noun: String,
        _ parse: @escaping @Sendable (String) throws(NameError) -> Value
    ) -> ParameterType {
        ParameterType(schema: .string(noun), noun: noun) { name, value throws(RPCError) in
            let text = try text(name, value)
            do throws(NameError) {
                return try parse(text)
            } catch {
                throw .value(name, error.description, reason: "invalid_name")
            }
        }
    }

    /// An array of another type.
    static func list<Element>(_ element: ParameterType<Element>) -> ParameterType where Value == [Element] {
        let noun = "an array, each element \(element.noun)"
        return ParameterType(schema: .array(element.schema), noun: noun) { name, value throws(RPCError) in
            guard case .array(let elements) = value else { throw .mistyped(name, value, noun) }
            if elements.count > 256 { throw .value(name, "it has \(elements.count) elements; 256 are allowed") }
            var values: [Element] = []
            for (index, value) in elements.enumerated() {
                values.append(try element.decode("\(name)[\(index)]", value))
            }
            return values
        }
    }
}

extension ParameterType<DatasetName> {
    /// The name of a file system or volume.
    static let dataset = parsed("the name of a file system or volume") { text throws(NameError) in try DatasetName(text)
    }
}

extension ParameterType<PoolName> {
    /// The name of a pool.
    static let pool = parsed("the name of a pool") { text throws(NameError) in try PoolName(text) }
}

extension ParameterType<ComponentName> {
    /// What stands after `@`.
    static let component = parsed("the short name of a snapshot, without dataset") { text throws(NameError) in
        try ComponentName(text)
    }
}

extension ParameterType<SnapshotName> {
    /// `dataset@name`.
    static let snapshot = parsed("dataset@name") { text throws(NameError) in try SnapshotName(text) }
}

extension ParameterType<BookmarkName> {
    /// `dataset#name`.
    static let bookmark = parsed("dataset#name") { text throws(NameError) in try BookmarkName(text) }
}

extension ParameterType<PropertyName> {
    /// A property.
    static let property = parsed("the name of a property") { text throws(NameError) in try PropertyName(text) }
}

extension ParameterType<PropertyValue> {
    /// The value of a property; a number or boolean is taken as its text.
    static let propertyValue = ParameterType(schema: .string("the value of a property"), noun: "a string") {
        name, value throws(RPCError) in
        let text: String
        switch value {
        case .number(let number): text = number
        case .bool(let flag): text = flag ? "on" : "off"
        default: text = try string(name, value)
        }
        do throws(NameError) {
            return try PropertyValue(text)
        } catch {
            throw .value(name, error.description)
        }
    }

    private static func string(_ name: String, _ value: JSONValue) throws(RPCError) -> String {
        try ParameterType<String>.string.decode(name, value)
    }
}

extension ParameterType<HoldTag> {
    /// The tag of a hold.
    static let holdTag = parsed("the tag of a hold") { text throws(NameError) in try HoldTag(text) }
}

extension ParameterType<[PropertyAssignment]> {
    /// An object of properties and their values.
    static let properties = ParameterType(
        schema: .map(.string(), "property names and values"),
        noun: "an object of property names and values"
    ) { name, value throws(RPCError) in
        guard case .object(let members) = value else { throw .mistyped(name, value, "an object") }
        var list: [PropertyAssignment] = []
        for member in members {
            let property = try ParameterType<PropertyName>.property.decode(name, .string(member.name))
            let value = try ParameterType<PropertyValue>.propertyValue.decode("\(name).\(member.name)", member.value)
            list.append(PropertyAssignment(property, value))
        }
        return list
    }
}

extension ParameterType<DatasetReference> {
    /// A dataset, snapshot or bookmark.
    static let reference = parsed("the name of a dataset, snapshot or bookmark") { text throws(NameError) in
        try DatasetReference(text)
    }
}

extension ParameterType<PropertyName?> {
    /// A property, or `all`, which is nil.
    static let propertySelection = parsed("the name of a property, or \"all\"") { text throws(NameError) in
        text == "all" ? nil : try PropertyName(text)
    }
}

extension ParameterType<Size> {
    /// A number of bytes with a suffix.
    static let size = parsed("a size such as 16K") { text throws(NameError) in try Size(text) }
}
