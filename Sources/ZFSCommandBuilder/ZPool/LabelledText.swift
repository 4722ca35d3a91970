/// The form that `zpool status` and `zpool import` share: lines that start with a label, and lines that go on.
///
/// ```text
///   pool: tank
/// action: Online the device using 'zpool online' or replace the device with
///     'zpool replace'.
/// ```
struct LabelledText {
    /// One label with its lines; the first is what stands behind the label, maybe empty.
    struct Section {
        let label: String
        var lines: [ArraySlice<UInt8>]

        /// All lines as one text, without the white space around each.
        var text: String {
            lines.map { String(decoding: trimmed($0), as: UTF8.self) }.filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    /// All labels, in order.
    private(set) var sections: [Section] = []

    /// Splits text at its labels.
    ///
    /// `last` is the label after which everything belongs to its section: what follows `errors:` are the names of files,
    /// which may look like anything.
    /// - Throws: `OutputError` when a line stands before the first label.
    init(_ output: [UInt8], last: String? = nil) throws(OutputError) {
        for line in output.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if last == nil || sections.last?.label != last, let section = Self.section(line) {
                sections.append(section)
            } else if sections.isEmpty {
                if !line.isEmpty { throw OutputError(expected: "a label such as \"pool:\"", line: line) }
            } else {
                sections[sections.count - 1].lines.append(line)
            }
        }
    }

    /// The text of the first section with a label, or nil.
    func text(_ label: String) -> String? {
        sections.first { $0.label == label }?.text
    }

    /// At most five spaces, a word in lower case, a colon.
    private static func section(_ line: ArraySlice<UInt8>) -> Section? {
        let indent = line.prefix { $0 == 0x20 }.count
        let rest = line.dropFirst(indent)
        let word = rest.prefix { (0x61...0x7A).contains($0) }
        let value = rest.dropFirst(word.count + 1)
        guard indent <= 5, !word.isEmpty, rest.dropFirst(word.count).first == 0x3A, value.first ?? 0x20 == 0x20
        else { return nil }
        return Section(label: String(decoding: word, as: UTF8.self), lines: [value.dropFirst()])
    }
}

/// `line` without spaces and tabs at its ends.
func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    guard let first = line.firstIndex(where: { !isBlank($0) }), let last = line.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return line[first...last]
}
