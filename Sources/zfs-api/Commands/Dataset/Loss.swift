/// What is lost, in words.
enum Loss {
    private static let most = 10

    /// The question before it.
    static func question(of names: [String], reclaims bytes: Int?, besides name: String, _ output: Output) -> String {
        let names = names.isEmpty ? [name] : names
        if names.count == 1 { return "destroy \(Printable.text(names[0]))\(freed(bytes, output))" }
        for name in names.prefix(most) { output.remark("  \(name)") }
        if names.count > most { output.remark("  and \(names.count - most) more") }
        return "destroy these \(names.count)\(freed(bytes, output))"
    }

    /// The sentence after it.
    static func sentence(_ names: [String], _ bytes: Int?, _ output: Output) -> String {
        "destroyed \(names.joined(separator: ", "))\(freed(bytes, output))"
    }

    private static func freed(_ bytes: Int?, _ output: Output) -> String {
        bytes.map { " (\(output.size($0)) freed)" } ?? ""
    }
}
