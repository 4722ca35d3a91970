/// What a caller gives for a parameter; nil leaves it out, so that the daemon takes its default.
extension JSONValue? {
    static func given(_ value: String?) -> JSONValue? { value.map(JSONValue.string) }
    static func given(_ value: Int?) -> JSONValue? { value.map(JSONValue.integer) }
    static func given(_ value: Double?) -> JSONValue? { value.map(JSONValue.number) }
    static func given(_ value: Bool?) -> JSONValue? { value.map(JSONValue.bool) }
    static func given(_ value: [String]?) -> JSONValue? { value.map { .array($0.map(JSONValue.string)) } }
    static func given(_ value: [String: String]?) -> JSONValue? {
        value.map { .object($0.mapValues(JSONValue.string)) }
    }
    static func given(_ value: [String: JSONValue]?) -> JSONValue? { value.map(JSONValue.object) }
}
