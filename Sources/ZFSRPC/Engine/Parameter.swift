internal import ZFSCommandBuilder

/// A parameter of a method: how it is called, what it takes, and what stands for it when it is not given.
struct Parameter<Value: Sendable>: Sendable {
    let description: Method.ParameterDescription
    /// Decodes the value; nil stands for one that is not given.
    let decode: @Sendable (JSONValue?) throws(RPCError) -> Value
    /// What a call with this value reaches.
    let reach: @Sendable (Value) -> Reach

    /// A parameter that must be given.
    static func required(_ name: String, _ type: ParameterType<Value>, _ summary: String) -> Parameter {
        let description = Method.ParameterDescription(name, type, summary, isRequired: true)
        return Parameter(
            description: description,
            decode: { value throws(RPCError) in
                guard let value else {
                    throw .parameter(
                        name, "missing_parameter", "the parameter \"\(name)\" is missing; give \(type.noun)")
                }
                return try type.decode(name, value)
            },
            reach: type.reach)
    }

    /// A parameter with a default.
    private static func defaulted(
        _ name: String,
        _ type: ParameterType<Value>,
        _ fallback: Value,
        _ json: JSONValue,
        _ summary: String
    ) -> Parameter {
        Parameter(
            description: Method.ParameterDescription(name, type, summary, isRequired: false, defaultValue: json),
            decode: { value throws(RPCError) in
                guard let value else { return fallback }
                return try type.decode(name, value)
            },
            reach: type.reach)
    }

    /// A parameter that need not be given.
    static func optional<Wrapped>(
        _ name: String,
        _ type: ParameterType<Wrapped>,
        _ summary: String
    ) -> Parameter where Value == Wrapped? {
        Parameter(
            description: Method.ParameterDescription(name, type, summary, isRequired: false),
            decode: { value throws(RPCError) in
                guard let value else { return nil }
                return try type.decode(name, value)
            },
            reach: { $0.map(type.reach) ?? Reach() })
    }
}

extension Parameter<Bool> {
    /// A switch with a default.
    static func flag(_ name: String, isOn: Bool = false, _ summary: String) -> Parameter {
        defaulted(name, .boolean, isOn, .bool(isOn), summary)
    }

    /// A switch, off by default, that makes the call reach datasets which it does not name.
    /// - Parameter effect: Completes the sentence "name ...".
    static func outwardFlag(_ name: String, _ effect: String, _ summary: String) -> Parameter {
        let type = ParameterType.boolean.reaching(nil) { $0 ? Reach(outward: ["\(name) \(effect)"]) : Reach() }
        return defaulted(name, type, false, false, summary)
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

extension Parameter<String> {
    /// One of a few words, one of them by default.
    static func choice(_ name: String, _ words: [String], default word: String, _ summary: String) -> Parameter {
        defaulted(name, .choice(words), word, .string(word), summary)
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
