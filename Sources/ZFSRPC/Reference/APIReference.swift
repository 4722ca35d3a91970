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
        text += authorization
        text += "\n## Methods\n\n| method | what it does | role | reach |\n|---|---|---|---|\n"
        for method in Method.catalogue {
            text += "| [\(method.name)](#\(method.name)) | \(method.summary) | \(role(method)) | \(method.scope) |\n"
        }
        for method in Method.catalogue { text += section(method) }
        return text
    }

    /// What decides who may call a method.
    private static var authorization: String {
        func list(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }
        return """

            Calls are answered with HTTP 200, errors too, except that a single call gets 401 with -32040 and -32041, 403 with
            -32042, 429 with -32000, then with `Retry-After`, and 503 with -32052. A batch gets 200, or 401 when nothing in it
            was answered but -32040 and -32041.

            ## Who may call

            A caller is known by the localhost rule, by the credentials of its process on a Unix socket, or by a token: in
            `Authorization: Bearer`, or as a member `token` of the parameters, which the method does not see. A token among the
            parameters counts only where the caller is not known otherwise. Each member of a batch is checked on its own.

            Without a token every call is answered -32040, with one that is not valid -32041: unknown methods, wrong parameters
            and bodies that are no JSON as well. Notifications are then dropped. Only `auth_login` is open.

            The role `viewer` reads; `operator` may also make and destroy snapshots, holds and bookmarks, and scrub and trim;
            `admin` may do everything. Too small a role is answered -32042 before the parameters are read.

            ### Subtrees

            A user may be limited to datasets and what is below them. Then the *reach* of a method counts, in OpenRPC `x-scope`:

            | reach | open to a limited user |
            |---|---|
            | open | always |
            | datasets | when each dataset that the parameters name, also by a snapshot or bookmark, is within a subtree |
            | pool | when a subtree is the whole pool |
            | everything | never |

            A call that names no dataset, where that is optional, would reach all of them and is refused. What is refused is
            decided by names alone and tells nothing about what exists; the reason is `outside_subtrees` or `not_allowed`. An
            answer about an own dataset can still name others: its origin, its clones, where a property is inherited from.

            Ways out of a subtree are closed to a limited user:

            - The top of a subtree is not made, removed or renamed, only what is below it. Limits of the top itself are not
              changed: \(list(ConfinedProperty.limits)).
            - `parents` can create file systems above a subtree, and `dependents` destroys clones wherever they are.
            - `dataset_promote` takes snapshots from the origin, and `pool_set_property` changes what concerns the host.
            - Only properties that act within a dataset are set or cleared, also when something is created: user properties,
              quotas of users, groups and projects, and those listed here. The others reach the host, its network or other
              datasets, as `mountpoint`, `sharenfs` and `keylocation` do; of one that is not known the same is assumed.
              User properties on which programs of the host act are refused: \(list(ConfinedProperty.hostPrefixes.map { $0 + "*" })).

            \(list(ConfinedProperty.native))

            One way stays open, as it does with `zfs allow`. Who can write files in a mounted file system, also over the
            network, can put a symbolic link there, and a new file system of that name is mounted where the link leads. So a
            limited `admin` whose subtree has mount points must be trusted with the host; `mountpoint=none` on the top of the
            subtree closes the way.

            """
    }

    private static func role(_ method: Method) -> String {
        method.role?.rawValue ?? "none"
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
