import Yams

/// The first of two equal keys of a mapping, renamed in the text so that the second can be read and found.
///
/// Yams names only the first of them.
struct DuplicateKey {
    /// Where the first one is.
    let position: TextPosition
    private let original: Unicode.Scalar
    private let marker: Unicode.Scalar

    /// Replaces the first character of the key at the position; nil when there is none that can be replaced.
    init?(at position: TextPosition, number: Int, hiding scalars: inout [Unicode.Scalar]) {
        // A private-use character is legal in YAML and never part of a key of ours.
        guard let marker = Unicode.Scalar(0xE000 + UInt32(number)) else { return nil }
        var line = 1
        var index = 0
        while line < position.line, index < scalars.count {
            if YAMLIndicators.isLineEnd(at: index, in: scalars) { line += 1 }
            index += 1
        }
        index += position.column - 1
        guard index < scalars.count else { return nil }
        if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
        guard index < scalars.count, scalars[index].properties.isAlphabetic || scalars[index] == "_" else { return nil }
        self.position = position
        self.original = scalars[index]
        self.marker = marker
        scalars[index] = marker
    }

    /// Whether the key is the renamed one.
    func hides(_ key: Node) -> Bool {
        key.position == position && key.scalar?.string.unicodeScalars.first == marker
    }

    /// The name that the renamed key had.
    func name(of key: Node) -> String {
        var scalars = String.UnicodeScalarView([original])
        scalars.append(contentsOf: (key.scalar?.string ?? "").unicodeScalars.dropFirst())
        return String(scalars)
    }
}
