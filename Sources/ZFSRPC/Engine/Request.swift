/// One member of a JSON-RPC text, checked against section 4 of the JSON-RPC 2.0 specification.
struct Request: Sendable {
    let method: String
    let parameters: JSONValue?
    /// The text of the `id`; nil for a notification.
    let identifier: [UInt8]?

    /// What a text in place of a request is: a request, or an error and the `id` that it is answered to.
    enum Parsed: Sendable {
        case request(Request)
        case invalid(RPCError, identifier: [UInt8])
    }

    /// The token that old clients put among the parameters; it is not the method's.
    static func token(in value: JSONValue) -> JSONValue? {
        value["params"]?["token"]?.unlessNull
    }

    static let null = Array("null".utf8)

    /// Checks one member.
    static func parse(_ value: JSONValue, identifier: [UInt8]?) -> Parsed {
        func invalid(_ message: String, _ identifier: [UInt8]?) -> Parsed {
            .invalid(RPCError(.invalidRequest, "invalid_request", message), identifier: identifier ?? null)
        }
        guard case .object = value else { return invalid("a request is a JSON object", nil) }
        switch value["id"] {
        case nil, .null, .number, .string, .loneSurrogate: break
        default: return invalid("\"id\" must be a string, a number or null", nil)
        }
        guard value["jsonrpc"] == "2.0" else { return invalid("\"jsonrpc\" must be \"2.0\"", identifier) }
        guard case .string(let method) = value["method"] else {
            return invalid("\"method\" must be a string", identifier)
        }
        let parameters = value["params"]
        switch parameters {
        case nil, .array:
            return .request(Request(method: method, parameters: parameters, identifier: identifier))
        case .object(let members):
            let own = JSONValue.object(members.filter { $0.name != "token" })
            return .request(Request(method: method, parameters: own, identifier: identifier))
        default: return invalid("\"params\" must be an object or an array", identifier)
        }
    }

    /// The parameters in the order of the method's declaration; nil where one is not given or `null`.
    /// - Throws: `RPCError` for unknown ones and for too many.
    func arguments(for method: Method) throws(RPCError) -> [JSONValue?] {
        let names = method.parameters.map(\.name)
        switch parameters {
        case .array(let values):
            if values.count > names.count {
                throw RPCError(
                    .invalidParameters, "too_many_parameters",
                    "\(method.name) takes at most \(names.count) parameters: \(names.joined(separator: ", "))",
                    details: .object(["given": .integer(values.count)]))
            }
            return names.indices.map { $0 < values.count ? values[$0].unlessNull : nil }
        case .object(let members):
            for member in members where !names.contains(member.name) {
                let known = names.isEmpty ? "none" : names.joined(separator: ", ")
                throw .parameter(
                    String(member.name.prefix(100)), "unknown_parameter",
                    "\(method.name) has no parameter \"\(member.name.prefix(100))\"; its parameters: \(known)")
            }
            return names.map { name in members.first { $0.name == name }?.value.unlessNull }
        default:
            return names.map { _ in nil }
        }
    }
}

extension JSONValue {
    var unlessNull: JSONValue? { self == .null ? nil : self }
}
