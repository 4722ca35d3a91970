internal import ZFSCommandBuilder

/// What a parameter takes: its form in documents, how it becomes a typed value, and what such a value reaches.
struct ParameterType<Value: Sendable>: Sendable {
    let schema: Schema
    /// For messages: `a string`.
    let noun: String
    /// A legal value, for documents.
    let example: JSONValue
    let decode: @Sendable (_ name: String, JSONValue) throws(RPCError) -> Value
    /// What values of this type name; nil when they name neither dataset nor pool.
    var target: Method.Target?
    /// Whether values must be kept out of logs.
    var isSecret = false
    /// What a call with this value reaches.
    var reach: @Sendable (Value) -> Reach = { _ in Reach() }

    init(
        schema: Schema,
        noun: String,
        example: JSONValue,
        decode: @escaping @Sendable (_ name: String, JSONValue) throws(RPCError) -> Value
    ) {
        self.schema = schema
        self.noun = noun
        self.example = example
        self.decode = decode
    }

    /// The same type, whose values name a dataset or pool or carry properties.
    func reaching(_ target: Method.Target?, _ reach: @escaping @Sendable (Value) -> Reach) -> ParameterType {
        var type = self
        type.target = target
        type.reach = reach
        return type
    }

    /// The same type, whose values are kept out of logs.
    var secret: ParameterType {
        var type = self
        type.isSecret = true
        return type
    }
}

extension ParameterType<String> {
    /// Text without NUL, which no argument of a process can hold.
    static let string = ParameterType(schema: .string(), noun: "a string", example: "text") {
        name, value throws(RPCError) in
        try text(name, value)
    }

    /// A password.
    static let password = string.secret

    /// The identifier of a token, which is no secret.
    static let tokenID = ParameterType(
        schema: .string("at most 128 letters, digits, hyphens and underscores"),
        noun: "the identifier of a token",
        example: "9f86d081884c7d659a2feaa0c55ad015"
    ) { name, value throws(RPCError) in
        let text = try text(name, value)
        let isLegal = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isLegal, (1...128).contains(text.utf8.count) else {
            throw .value(name, "this is no identifier of a token")
        }
        return text
    }

    /// One of some words.
    static func choice(_ words: [String]) -> ParameterType {
        let noun = "one of \(words.joined(separator: ", "))"
        let example: JSONValue = words.first.map { .string($0) } ?? ""
        return ParameterType(schema: .choice(words), noun: noun, example: example) { name, value throws(RPCError) in
            let word = try text(name, value)
            if !words.contains(word) { throw .value(name, "\"\(printable(word.utf8))\" is not \(noun)") }
            return word
        }
    }
}

extension ParameterType<[UInt8]> {
    /// An encryption key: one line, since ZFS reads no further.
    static let key = ParameterType(
        schema: .string("one line"),
        noun: "a string",
        example: "correct horse battery staple"
    ) { name, value throws(RPCError) in
        let bytes = Array(try text(name, value).utf8)
        if bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
            throw .value(name, "a key has no line break; ZFS would read only its first line")
        }
        return bytes
    }.secret
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
    static let boolean = ParameterType(schema: .boolean(), noun: "true or false", example: true) {
        name, value throws(RPCError) in
        guard case .bool(let flag) = value else { throw .mistyped(name, value, "true or false") }
        return flag
    }
}

extension ParameterType<Int> {
    /// A whole number in a range.
    static func integer(_ range: ClosedRange<Int>) -> ParameterType {
        ParameterType(
            schema: .integer("\(range.lowerBound) to \(range.upperBound)"),
            noun: "a whole number",
            example: .integer(range.lowerBound)
        ) { name, value throws(RPCError) in
            guard case .number(let text) = value else { throw .mistyped(name, value, "a whole number") }
            guard let number = whole(text) else {
                throw .parameter(
                    name, "mistyped_parameter", "\"\(name)\" must be a whole number, not \(text.prefix(32))")
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

extension ParameterType<Double> {
    /// A number in a range.
    static func number(_ range: ClosedRange<Double>) -> ParameterType {
        ParameterType(
            schema: .number("\(range.lowerBound) to \(range.upperBound)"), noun: "a number", example: .number("1.5")
        ) { name, value throws(RPCError) in
            guard case .number(let text) = value, let number = Double(text) else {
                throw .mistyped(name, value, "a number")
            }
            if !range.contains(number) {
                throw .value(name, "\(text.prefix(32)) is not within \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }
}

extension ParameterType {
    /// Text that a name type parses.
    static func parsed(
        _ noun: String,
        _ example: JSONValue,
        _ parse: @escaping @Sendable (String) throws(NameError) -> Value
    ) -> ParameterType {
        ParameterType(schema: .string(noun), noun: noun, example: example) { name, value throws(RPCError) in
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
        let type = ParameterType(schema: .array(element.schema), noun: noun, example: .array([element.example])) {
            name, value throws(RPCError) in
            guard case .array(let elements) = value else { throw .mistyped(name, value, noun) }
            if elements.count > 256 { throw .value(name, "it has \(elements.count) elements; 256 are allowed") }
            var values: [Element] = []
            for (index, value) in elements.enumerated() {
                values.append(try element.decode("\(name)[\(index)]", value))
            }
            return values
        }
        return type.reaching(element.target) { values in
            values.reduce(into: Reach()) { reach, value in reach.add(element.reach(value)) }
        }
    }
}

extension ParameterType<PropertyValue> {
    /// The value of a property; a number or boolean is taken as its text.
    static let propertyValue = ParameterType(
        schema: .string("the value of a property"),
        noun: "a string",
        example: "zstd"
    ) { name, value throws(RPCError) in
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

extension ParameterType<[PropertyAssignment]> {
    /// An object of properties and their values.
    static let properties = ParameterType(
        schema: .map(.string(), "property names and values"),
        noun: "an object of property names and values",
        example: .object(["compression": "zstd"])
    ) { name, value throws(RPCError) in
        guard case .object(let members) = value else { throw .mistyped(name, value, "an object") }
        var list: [PropertyAssignment] = []
        for member in members {
            let property = try ParameterType<PropertyName>.property.decode(name, .string(member.name))
            let value = try ParameterType<PropertyValue>.propertyValue.decode("\(name).\(member.name)", member.value)
            list.append(PropertyAssignment(property, value))
        }
        return list
    }.reaching(nil) { Reach(givenProperties: $0.map(\.name)) }
}
