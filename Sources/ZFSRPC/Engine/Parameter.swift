internal import ZFSCommandBuilder

/// A parameter of a method: how it is called, what it takes, and what stands for it when it is not given.
struct Parameter<Value: Sendable>: Sendable {
    let name: String
    let summary: String
    let schema: Schema
    let isRequired: Bool
    /// The default as JSON, for documents.
    let defaultValue: JSONValue?
    /// Decodes the value; nil stands for one that is not given.
    let decode: @Sendable (JSONValue?) throws(RPCError) -> Value

    /// A parameter that must be given.
    static func required(_ name: String, _ type: ParameterType<Value>, _ summary: String) -> Parameter {
        Parameter(name: name, summary: summary, schema: type.schema, isRequired: true, defaultValue: nil) {
            value throws(RPCError) in
            guard let value else {
                throw .parameter(name, "missing_parameter", "the parameter \"\(name)\" is missing; give \(type.noun)")
            }
            return try type.decode(name, value)
        }
    }

    /// A parameter with a default.
    private static func defaulted(
        _ name: String,
        _ type: ParameterType<Value>,
        _ fallback: Value,
        _ json: JSONValue,
        _ summary: String
    ) -> Parameter {
        Parameter(name: name, summary: summary, schema: type.schema, isRequired: false, defaultValue: json) {
            value throws(RPCError) in
            guard let value else { return fallback }
            return try type.decode(name, value)
        }
    }

    /// A parameter that need not be given.
    static func optional<Wrapped>(
        _ name: String,
        _ type: ParameterType<Wrapped>,
        _ summary: String
    ) -> Parameter where Value == Wrapped? {
        Parameter(name: name, summary: summary, schema: type.schema, isRequired: false, defaultValue: nil) {
            value throws(RPCError) in
            guard let value else { return nil }
            return try type.decode(name, value)
        }
    }
}

extension Parameter<Bool> {
    /// A switch with a default.
    static func flag(_ name: String, isOn: Bool = false, _ summary: String) -> Parameter {
        defaulted(name, .boolean, isOn, .bool(isOn), summary)
    }
}

extension Parameter<Int> {
    /// A whole number with a default.
    static func integer(_ name: String, _ range: ClosedRange<Int>, default number: Int, _ summary: String) -> Parameter
    {
        defaulted(name, .integer(range), number, .integer(number), summary)
    }
}

extension Parameter<[PropertyAssignment]> {
    /// Properties to set, none by default.
    static func properties(_ summary: String) -> Parameter {
        defaulted("properties", .properties, [], .object([JSONMember]()), summary)
    }
}

extension Parameter<PropertyName?> {
    /// One property, or all by default.
    static func propertySelection() -> Parameter {
        defaulted("property", .propertySelection, nil, "all", "One property, or \"all\".")
    }
}

extension Parameter<[String]> {
    /// Some of a few words, all by default.
    static func words(_ name: String, _ words: [String], _ summary: String) -> Parameter {
        defaulted(name, .list(.choice(words)), words, .strings(words), summary)
    }
}

extension RPCError {
    /// A parameter is missing, unknown or mistyped.
    static func parameter(_ name: String, _ reason: String, _ message: String) -> RPCError {
        RPCError(.invalidParameters, reason, message, details: .object(["parameter": .string(name)]))
    }

    /// A parameter has the right type but a value that is not legal.
    static func value(_ name: String, _ problem: String, reason: String = "invalid_value") -> RPCError {
        RPCError(.invalidValue, reason, "\(name): \(problem)", details: .object(["parameter": .string(name)]))
    }
}
