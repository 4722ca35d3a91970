/// The one declaration of a method: decoding, checking, OpenRPC and the reference all come from it.
struct Method: Sendable {
    /// What a parameter can name.
    enum Target: Sendable {
        /// A dataset, or a snapshot or bookmark of one.
        case dataset
        /// A pool, and so all of its datasets.
        case pool
    }

    /// How far a method reaches; it decides what is open to principals who are limited to subtrees.
    enum Scope: String, Sendable, CaseIterable {
        /// Nothing of any dataset: open to all who have the role.
        case open
        /// The datasets that the parameters name, which must be within the principal's subtrees.
        case datasets
        /// The pool that a parameter names, which must be one of the subtrees as a whole.
        case pool
        /// More than the parameters name: only for principals without limits.
        case everything
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

    /// A call whose parameters are decoded, and which nothing has run of.
    struct Prepared: Sendable {
        /// What it reaches.
        let reach: Reach
        /// Runs it.
        let run: @Sendable (Call) async throws -> Answer
    }

    let name: String
    let summary: String
    /// The least role that may call it; nil for a method that needs no authentication.
    let role: Role?
    let scope: Scope
    /// Whether it changes anything.
    let isWrite: Bool
    /// The code of a failure that has no code of its own.
    let failureCode: RPCError.Code
    let parameters: [ParameterDescription]
    let result: Schema
    /// Decodes the parameters, in the order of their declaration.
    let prepare: @Sendable ([JSONValue?]) throws(RPCError) -> Prepared

    /// Declares a method.
    /// - Parameters:
    ///   - scope: How far it reaches; as far as its parameters name things unless said otherwise.
    ///   - isWrite: Whether it changes anything; what needs more than a viewer does unless said otherwise.
    init<each Value: Sendable>(
        _ name: String,
        _ summary: String,
        _ role: Role?,
        scope: Scope? = nil,
        isWrite: Bool? = nil,
        failureCode: RPCError.Code = .operationFailed,
        _ parameters: repeat Parameter<each Value>,
        result: Schema,
        answer body: @escaping @Sendable (Call, repeat each Value) async throws -> Answer
    ) {
        self.name = name
        self.summary = summary
        self.role = role
        self.isWrite = isWrite ?? role.map { $0 > .viewer } ?? true
        self.failureCode = failureCode
        self.result = result
        var descriptions: [ParameterDescription] = []
        for parameter in repeat each parameters { descriptions.append(parameter.description) }
        self.parameters = descriptions
        self.scope = scope ?? Scope(of: descriptions)
        let parameterPack = (repeat each parameters)
        prepare = { values throws(RPCError) in
            var index = 0
            func next<T>(_ parameter: Parameter<T>) throws(RPCError) -> T {
                defer { index += 1 }
                return try parameter.decode(values[index])
            }
            let decoded = (repeat try next(each parameterPack))
            var reach = Reach()
            for (parameter, value) in repeat (each parameterPack, each decoded) { reach.add(parameter.reach(value)) }
            return Prepared(reach: reach) { call in try await body(call, repeat each decoded) }
        }
    }

    /// Declares a method that answers with a value.
    init<each Value: Sendable>(
        _ name: String,
        _ summary: String,
        _ role: Role?,
        scope: Scope? = nil,
        isWrite: Bool? = nil,
        failureCode: RPCError.Code = .operationFailed,
        _ parameters: repeat Parameter<each Value>,
        result: Schema,
        _ body: @escaping @Sendable (Call, repeat each Value) async throws -> JSONValue
    ) {
        self.init(
            name, summary, role, scope: scope, isWrite: isWrite, failureCode: failureCode, repeat each parameters,
            result: result,
            answer: {
                (call: Call, values: repeat each Value) in
                .value(try await body(call, repeat each values))
            })
    }
}

extension Method.Scope {
    /// As far as the parameters name things.
    fileprivate init(of parameters: [Method.ParameterDescription]) {
        let targets = parameters.compactMap(\.target)
        self = targets.contains(.pool) ? .pool : targets.contains(.dataset) ? .datasets : .everything
    }
}
