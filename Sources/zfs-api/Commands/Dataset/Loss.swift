/// What is lost, in words.
enum Loss {
    /// The question before it.
    static func question(of names: [String], reclaims bytes: Int?, besides name: String, _ output: Output) -> String {
        let what = names.count > 1 ? "these \(names.count) of \(name)" : names.first ?? name
        return "destroy \(what)\(freed(bytes, output))"
    }

    /// The names beside the question; one alone is in it.
    static func several(_ names: [String]) -> [String] { names.count > 1 ? names : [] }

    /// The sentence after it.
    static func sentence(_ names: [String], _ bytes: Int?, _ output: Output) -> String {
        "destroyed \(names.joined(separator: ", "))\(freed(bytes, output))"
    }

    private static func freed(_ bytes: Int?, _ output: Output) -> String {
        bytes.map { " (\(output.size($0)) freed)" } ?? ""
    }
}
