import Yams

/// A place in a text; lines and columns count from 1, columns in Unicode scalars.
struct TextPosition: Sendable, Hashable, Comparable {
    let line: Int
    let column: Int

    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }

    static func < (left: TextPosition, right: TextPosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension Node {
    /// Where the node begins.
    var position: TextPosition? {
        mark.map(TextPosition.init)
    }
}
