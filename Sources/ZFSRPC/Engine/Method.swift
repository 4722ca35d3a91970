/// The one declaration of a method: decoding, checking, OpenRPC and the reference all come from it.
struct Method: Sendable {
    /// Who may call a method.
    enum Role: String, Sendable {
        /// Reads.
        case viewer
        /// Snapshots, holds, bookmarks, scrubs.
        case operate = "operator"
        /// Everything.
        case admin
    }

    /// What a method gives back.
    enum Answer: Sendable {
        /// A value.
        case value(JSONValue)
        /// The JSON text of a value.
        case text(ResponseBody)
        /// A value, then one JSON text a line.
        case lines(JSONValue, Spool)
    }

    /// A parameter, for documents.
    struct ParameterDescription: Sendable {
        let name: String
        let summary: String
        let schema: Schema
        let isRequired: Bool
        let defaultValue: JSONValue?
    }

    let name: String
    let summary: String
    let role: Role
    /// The code of a failure that has no code of its own.
    let failureCode: RPCError.Code
    let parameters: [ParameterDescription]
    let result: Schema
    /// Decodes the parameters, in the order of their declaration, and runs the method.
    let invoke: @Sendable (Call, [JSONValue?]) async throws -> Answer

    /// Declares a method.
    init<each Value: Sendable>(
        _ name: String,
        _ summary: String,
        _ role: Role,
        failureCode: RPCError.Code = .operationFailed,
        _ parameters: repeat Parameter<each Value>,
        result: Schema,
        answer body: @escaping @Sendable (Call, repeat each Value) async throws -> Answer
    ) {
        self.name = name
        self.summary = summary
        self.role = role
        self.failureCode = failureCode
        self.result = result
        var descriptions: [ParameterDescription] = []
        for parameter in repeat each parameters {
            descriptions.append(
                ParameterDescription(
                    name: parameter.name, summary: parameter.summary, schema: parameter.schema,
                    isRequired: parameter.isRequired, defaultValue: parameter.defaultValue))
        }
        self.parameters = descriptions
        let parameterPack = (repeat each parameters)
        invoke = { call, values in
            var index = 0
            func next<T>(_ parameter: Parameter<T>) throws(RPCError) -> T {
                defer { index += 1 }
                return try parameter.decode(values[index])
            }
            let decoded = (repeat try next(each parameterPack))
            return try await body(call, repeat each decoded)
        }
    }

    /// Declares a method that answers with a value.
    init<each Value: Sendable>(
        _ name: String,
        _ summary: String,
        _ role: Role,
        failureCode: RPCError.Code = .operationFailed,
        _ parameters: repeat Parameter<each Value>,
        result: Schema,
        _ body: @escaping @Sendable (Call, repeat each Value) async throws -> JSONValue
    ) {
        self.init(
            name, summary, role, failureCode: failureCode, repeat each parameters, result: result,
            answer: {
                (call: Call, values: repeat each Value) in
                .value(try await body(call, repeat each values))
            })
    }
}
