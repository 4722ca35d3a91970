/// The form of a value, as far as a client needs to know it: a small part of JSON Schema.
indirect enum Schema: Sendable {
    case string(String = "")
    case integer(String = "")
    case number(String = "")
    case boolean(String = "")
    case constant(JSONValue)
    case choice([String], String = "")
    case array(Schema, String = "")
    case object([Member])
    /// An object with names that are not known beforehand.
    case map(Schema, String = "")
    case nullable(Schema)
    case any(String = "")

    /// A member of an object.
    struct Member: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
    }

    /// An object whose members are all there.
    static func object(_ members: KeyValuePairs<String, Schema>, optional: KeyValuePairs<String, Schema> = [:])
        -> Schema
    {
        .object(
            members.map { Member(name: $0.key, schema: $0.value, isRequired: true) }
                + optional.map { Member(name: $0.key, schema: $0.value, isRequired: false) })
    }

    /// As JSON Schema.
    var json: JSONValue {
        switch self {
        case .string(let text): Self.typed("string", text)
        case .integer(let text): Self.typed("integer", text)
        case .number(let text): Self.typed("number", text)
        case .boolean(let text): Self.typed("boolean", text)
        case .constant(let value): .object(["const": value])
        case .choice(let words, let text):
            .object(["type": "string", "enum": .strings(words), "description": text.isEmpty ? nil : .string(text)])
        case .array(let element, let text):
            .object(["type": "array", "items": element.json, "description": text.isEmpty ? nil : .string(text)])
        case .object(let members):
            .object([
                "type": "object",
                "properties": .object(members.map { JSONMember($0.name, $0.schema.json) }),
                "required": .strings(members.filter(\.isRequired).map(\.name)),
            ])
        case .map(let value, let text):
            .object([
                "type": "object", "additionalProperties": value.json,
                "description": text.isEmpty ? nil : .string(text),
            ])
        case .nullable(let schema): .object(["oneOf": [schema.json, .object(["type": "null"])]])
        case .any(let text): .object(["description": text.isEmpty ? nil : .string(text)])
        }
    }

    private static func typed(_ type: String, _ description: String) -> JSONValue {
        .object(["type": .string(type), "description": description.isEmpty ? nil : .string(description)])
    }

    /// Where a value does not have this form, nil when it does.
    func mismatch(_ value: JSONValue, at path: String = "result") -> String? {
        switch (self, value) {
        case (.any, _), (.string, .string), (.integer, .number), (.number, .number), (.boolean, .bool): return nil
        case (.constant(let expected), _): return expected == value ? nil : "\(path) is not \(expected)"
        case (.choice(let words, _), .string(let word)): return words.contains(word) ? nil : "\(path) is \(word)"
        case (.array(let element, _), .array(let elements)):
            return elements.enumerated().lazy.compactMap { element.mismatch($1, at: "\(path)[\($0)]") }.first
        case (.map(let schema, _), .object(let members)):
            return members.lazy.compactMap { schema.mismatch($0.value, at: "\(path).\($0.name)") }.first
        case (.nullable, .null): return nil
        case (.nullable(let schema), _): return schema.mismatch(value, at: path)
        case (.object(let expected), .object(let members)):
            for member in expected {
                guard let value = value[member.name] else {
                    if member.isRequired { return "\(path).\(member.name) is missing" }
                    continue
                }
                if let mismatch = member.schema.mismatch(value, at: "\(path).\(member.name)") { return mismatch }
            }
            let unknown = members.first { member in !expected.contains { $0.name == member.name } }
            return unknown.map { "\(path).\($0.name) is not declared" }
        default: return "\(path) has another type"
        }
    }
}
