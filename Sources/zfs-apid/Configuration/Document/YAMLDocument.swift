import Yams

/// Reads YAML into nodes.
///
/// Only what a configuration needs is taken: no anchors and aliases, so that a short file cannot mean a long one.
enum YAMLDocument {
    /// The root of the text; nil when there is nothing to read, or when a fault has been reported.
    ///
    /// Of a key that is given twice the later value is kept, so that both can be checked.
    static func compose(_ text: String, reader: ConfigurationReader) -> Node? {
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        let indicators = YAMLIndicators.unsupported(in: scalars)
        guard indicators.isEmpty else {
            for (position, advice) in indicators { reader.report(position, "", advice) }
            return nil
        }
        var duplicates: [DuplicateKey] = []
        while true {
            do {
                let root = try Yams.compose(yaml: String(String.UnicodeScalarView(scalars)), .default, .default, .utf8)
                return root.map { withoutDuplicates($0, duplicates, path: "", reader: reader) }
            } catch YamlError.duplicatedKeysInMapping(_, let context) {
                guard duplicates.count < mostDuplicates,
                    let duplicate = DuplicateKey(
                        at: TextPosition(context.mark),
                        number: duplicates.count,
                        hiding: &scalars
                    )
                else {
                    reader.report(TextPosition(context.mark), "", "the key is given more than once; keep one")
                    return nil
                }
                duplicates.append(duplicate)
            } catch {
                for duplicate in duplicates {
                    reader.report(duplicate.position, "", "the key is given more than once; keep one")
                }
                report(error, in: scalars, reader: reader)
                return nil
            }
        }
    }

    /// Past this many, the rest is found once these are gone.
    private static let mostDuplicates = 20

    /// Drops the renamed keys, and reports each at the place where it is given again.
    private static func withoutDuplicates(
        _ node: Node,
        _ duplicates: [DuplicateKey],
        path: String,
        reader: ConfigurationReader
    ) -> Node {
        guard !duplicates.isEmpty else { return node }
        if let sequence = node.sequence {
            let members = sequence.enumerated().map { index, member in
                withoutDuplicates(member, duplicates, path: "\(path)[\(index)]", reader: reader)
            }
            return .sequence(Node.Sequence(members, .implicit, sequence.style, sequence.mark))
        }
        guard let mapping = node.mapping else { return node }
        var pairs: [(Node, Node)] = []
        // Where the first of equal keys is, until the next one is met.
        var earlier: [String: TextPosition] = [:]
        for (key, value) in mapping {
            let duplicate = duplicates.first { $0.hides(key) }
            let name = duplicate?.name(of: key) ?? key.scalar?.string
            let dotted = path.isEmpty ? name ?? "?" : "\(path).\(name ?? "?")"
            let value = withoutDuplicates(value, duplicates, path: dotted, reader: reader)
            if let name, let before = earlier[name] {
                reader.report(key.position, dotted, "is given before, in line \(before.line); keep one")
            }
            if let duplicate, let name {
                earlier[name] = duplicate.position
            } else {
                pairs.append((key, value))
            }
        }
        return .mapping(Node.Mapping(pairs, .implicit, mapping.style, mapping.mark))
    }

    private static func report(_ error: any Error, in scalars: [Unicode.Scalar], reader: ConfigurationReader) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            reader.report(TextPosition(mark), "", problem)
        case .reader(let problem, let offset, _, _):
            // The offset counts bytes.
            var line = 1
            var left = offset ?? 0
            for scalar in scalars {
                left -= UTF8.width(scalar)
                guard left >= 0 else { break }
                if scalar == "\n" { line += 1 }
            }
            reader.report(TextPosition(line: line, column: 1), "", problem)
        case .some, .none:
            reader.report(nil, "", "is not valid YAML in UTF-8")
        }
    }
}
