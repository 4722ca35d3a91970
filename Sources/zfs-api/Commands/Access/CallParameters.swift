import Foundation
import ZFSAPIClient

/// Parameters of a method from words `name=value`.
enum CallParameters {
    /// The values, as the declaration of the method wants them.
    static func values(_ words: [Assignment], of method: String) throws(CommandFailure) -> [String: JSONValue] {
        let declaration = MethodDeclaration.named(method)
        var values: [String: JSONValue] = [:]
        for word in words {
            let parameter = declaration?.parameters.first { $0.name == word.name }
            if parameter?.isSecret == true, word.value != "@-" {
                throw CommandFailure(
                    .usage, "\(word.name) is a secret, which others could see among the arguments",
                    hint: "Write \(word.name)=@- and give it on standard input.")
            }
            let text = word.value == "@-" ? try SecretPrompt.read("\(word.name): ") : word.value
            values[word.name] = try value(text, name: word.name, kind: parameter?.kind)
        }
        return values
    }

    /// Completes names, and the words that a parameter takes.
    static func complete(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        guard let method = arguments.lazy.compactMap(MethodDeclaration.named).first else { return [] }
        return method.parameters.flatMap { parameter in
            parameter.words.isEmpty ? ["\(parameter.name)="] : parameter.words.map { "\(parameter.name)=\($0)" }
        }
    }

    private static func value(
        _ text: String, name: String, kind: MethodDeclaration.Parameter.Kind?
    ) throws(CommandFailure) -> JSONValue {
        switch kind {
        case .string: return .string(text)
        case .integer:
            guard let number = Int(text) else { throw wrong(name, "a whole number") }
            return .integer(number)
        case .number:
            guard let number = Double(text), number.isFinite else { throw wrong(name, "a number") }
            return .number(number)
        case .boolean:
            guard let value = Bool(text) else { throw wrong(name, "true or false") }
            return .bool(value)
        case .array:
            // Words without brackets are a list of texts.
            if !text.hasPrefix("[") { return .array(text.split(separator: ",").map { .string(String($0)) }) }
            guard let value = json(text), case .array = value else { throw wrong(name, "a list in JSON") }
            return value
        case .object:
            guard let value = json(text), case .object = value else { throw wrong(name, "an object in JSON") }
            return value
        case nil:
            // Of a newer daemon's method nothing is known.
            return json(text) ?? .string(text)
        }
    }

    private static func json(_ text: String) -> JSONValue? {
        try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    private static func wrong(_ name: String, _ form: String) -> CommandFailure {
        CommandFailure(.usage, "\(name) is \(form)")
    }
}
