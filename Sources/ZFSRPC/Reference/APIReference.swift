/// The reference of all methods as Markdown, made from the declarations that decode and check the calls.
public enum APIReference {
    /// The text of `Docs/API.md`.
    public static var markdown: String {
        var text = """
            # API

            Made from the declarations of the methods; `zfs-apid reference` prints it, `rpc.discover` and `GET /openrpc.json`
            give the same as an OpenRPC document. Parameters come by name, or as an array in the order below. Sizes are bytes,
            times are RFC 3339 in UTC.

            The calls of a batch run at the same time, and none waits for another: send a call that needs the effect of
            another one by itself, once the other is answered. The answers come in the order of the calls.

            Every error has `data.reason`, a word that never changes, `data.retryable`, `data.request_id` and, where there
            is one, `data.stderr`, `data.exit_status` and `data.details`.

            | code | meaning |
            |---|---|

            """
        for code in RPCError.Code.allCases { text += "| \(code.rawValue) | \(code.summary) |\n" }
        text += "\n| method | what it does | role |\n|---|---|---|\n"
        for method in Method.catalogue {
            text += "| [\(method.name)](#\(method.name)) | \(method.summary) | \(method.role.rawValue) |\n"
        }
        for method in Method.catalogue { text += section(method) }
        return text
    }

    private static func section(_ method: Method) -> String {
        var text = "\n## \(method.name)\n\n\(method.summary)\n\n"
        if method.parameters.isEmpty {
            text += "No parameters.\n"
        } else {
            text += "| parameter | type | default | |\n|---|---|---|---|\n"
            for parameter in method.parameters {
                let fallback = parameter.isRequired ? "required" : parameter.defaultValue.map(code) ?? ""
                text += "| `\(parameter.name)` | \(type(of: parameter.schema)) | \(fallback) | \(parameter.summary) |\n"
            }
        }
        return text + "\nResult: `\(outline(method.result))`\n"
    }

    private static func code(_ value: JSONValue) -> String {
        "`\(String(decoding: value.encoded, as: UTF8.self))`"
    }

    private static func type(of schema: Schema) -> String {
        switch schema {
        case .string: "string"
        case .integer(let range): range.isEmpty ? "integer" : "integer, \(range)"
        case .number: "number"
        case .boolean: "boolean"
        case .constant(let value): code(value)
        case .choice(let words, _): words.map { "`\($0)`" }.joined(separator: " or ")
        case .array(let element, _): "array of \(type(of: element))"
        case .object, .map: "object"
        case .nullable(let schema): "\(type(of: schema)) or null"
        case .any: "any"
        }
    }

    private static func outline(_ schema: Schema) -> String {
        switch schema {
        case .string(let note), .integer(let note), .number(let note), .boolean(let note):
            note.isEmpty ? type(of: schema) : "\(type(ofPlain: schema)): \(note)"
        case .constant(let value): String(decoding: value.encoded, as: UTF8.self)
        case .choice(let words, _): words.joined(separator: "|")
        case .array(let element, _): "[\(outline(element))]"
        case .object(let members):
            "{" + members.map { "\($0.name)\($0.isRequired ? "" : "?"): \(outline($0.schema))" }.joined(separator: ", ")
                + "}"
        case .map(let value, _): "{name: \(outline(value))}"
        case .nullable(let schema): "\(outline(schema)) or null"
        case .any(let note): note
        }
    }

    private static func type(ofPlain schema: Schema) -> String {
        switch schema {
        case .string: "string"
        case .integer: "integer"
        case .number: "number"
        default: "boolean"
        }
    }
}
