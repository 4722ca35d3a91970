/// The OpenRPC 1.3 document of the service, made from the declarations that decode and check the calls.
enum OpenRPCDocument {
    /// The method that serves the document; its name is reserved by the OpenRPC specification.
    static func discover(_ document: JSONValue) -> Method {
        Method(
            "rpc.discover", "Describes every method as an OpenRPC document.", .viewer, scope: .open,
            result: .any("an OpenRPC document")
        ) { _ in document }
    }

    /// Makes the document.
    static func make(_ methods: [Method], version: String) -> JSONValue {
        .object([
            "openrpc": "1.3.2",
            "info": .object([
                "title": "zfs-apid",
                "description": "Remote management of OpenZFS over JSON-RPC 2.0.",
                "version": .string(version),
                "license": .object(["name": "Apache-2.0"]),
            ]),
            "methods": .array((methods + [discover(.null)]).map(describe)),
        ])
    }

    private static func describe(_ method: Method) -> JSONValue {
        .object([
            "name": .string(method.name),
            "summary": .string(method.summary),
            "paramStructure": "either",
            "params": .array(
                method.parameters.map { parameter in
                    .object([
                        "name": .string(parameter.name),
                        "summary": .string(parameter.summary),
                        "required": .bool(parameter.isRequired),
                        "schema": schema(of: parameter),
                    ])
                }),
            "result": .object(["name": "result", "schema": method.result.json]),
            "errors": .array(
                method.errorCodes.map { code in
                    .object(["code": .integer(code.rawValue), "message": .string(code.summary)])
                }),
            "x-role": .string(method.role?.rawValue ?? "none"),
            "x-scope": .string(method.scope.rawValue),
        ])
    }

    private static func schema(of parameter: Method.ParameterDescription) -> JSONValue {
        guard case .object(var members) = parameter.schema.json else { return parameter.schema.json }
        if let value = parameter.defaultValue { members.append(JSONMember("default", value)) }
        if parameter.isSecret { members.append(JSONMember("writeOnly", true)) }
        members.append(JSONMember("examples", .array([parameter.example])))
        return .object(members)
    }
}

extension Method {
    /// The codes that every method can answer with, and its own.
    var errorCodes: [RPCError.Code] {
        var codes: [RPCError.Code] = [
            .invalidParameters, .invalidValue, .notFound, .permissionDenied, .operationFailed, .conflict, .unavailable,
            .timedOut, .cancelled,
        ]
        if role != nil { codes += [.authenticationRequired, .credentialsRefused, .notAllowed] }
        if failureCode != .operationFailed { codes.append(failureCode) }
        return codes
    }
}

extension RPCError.Code {
    /// The meaning of the code, for documents.
    var summary: String {
        switch self {
        case .parseError: "The body is not a JSON text"
        case .invalidRequest: "The JSON text is not a request"
        case .methodNotFound: "There is no such method"
        case .invalidParameters: "A parameter is missing, unknown or mistyped"
        case .internalError: "A fault of the service"
        case .rateLimited: "Too many requests"
        case .invalidValue: "A name, property, path or number is not legal"
        case .notFound: "The dataset, pool or bookmark does not exist"
        case .snapshotNotFound: "The snapshot does not exist"
        case .permissionDenied: "ZFS denies the permission"
        case .operationFailed: "The operation failed"
        case .sendFailed: "The send failed"
        case .receiveFailed: "The receive failed"
        case .snapshotFailed: "The snapshot could not be created"
        case .holdFailed: "The hold or release failed"
        case .diffFailed: "The comparison failed"
        case .authenticationRequired: "Authentication is required"
        case .credentialsRefused: "Credentials or token are refused"
        case .notAllowed: "The principal is not allowed to do this"
        case .taskNotFound: "The task, token or stream does not exist"
        case .conflict: "The present state is in the way"
        case .unavailable: "ZFS, the pool or the store is unavailable"
        case .timedOut: "It took too long"
        case .cancelled: "It was cancelled"
        }
    }
}
