/// Finds the parts of YAML that a configuration does without: anchors, aliases, tags, and texts over several lines.
///
/// It follows the scanner of libyaml closely enough to see every place where one could begin. Where it is in doubt it
/// sees one too many: such a text must then be in quotes.
struct YAMLIndicators {
    /// Each place, with what to do.
    static func unsupported(in scalars: [Unicode.Scalar]) -> [(TextPosition, String)] {
        var scan = YAMLIndicators(scalars: scalars)
        scan.run()
        return scan.found
    }

    /// Whether the character ends a line: a line feed, or a carriage return without one.
    static func isLineEnd(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        if scalars[index] == "\n" { return true }
        return scalars[index] == "\r" && (index + 1 == scalars.count || scalars[index + 1] != "\n")
    }

    /// What came before on the line.
    private enum State {
        /// A token may begin here.
        case start
        /// In a text without quotes.
        case plain
    }

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    /// How many `[` and `{` are open.
    private var depth = 0
    private var state = State.start
    /// Whether the last line ended in a text without quotes, which the next one may go on with.
    private var mayContinue = false
    private var found: [(TextPosition, String)] = []

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private mutating func run() {
        while index < scalars.count, found.count < 20 {
            let scalar = scalars[index]
            if Self.isLineEnd(at: index, in: scalars) {
                mayContinue = state == .plain || (mayContinue && isFirstOfLine)
                state = .start
                line += 1
                lineStart = index + 1
            } else if scalar == "\u{85}" || scalar == "\u{2028}" || scalar == "\u{2029}" {
                refuse("this character ends a line in YAML; leave it out")
            } else if scalar == "#", index == lineStart || isBlank(index - 1) {
                skipComment()
                continue
            } else if !isBlank(index) {
                switch state {
                case .start: beginToken(scalar)
                case .plain: continuePlain(scalar)
                }
            }
            index += 1
        }
    }

    private mutating func beginToken(_ scalar: Unicode.Scalar) {
        let next = isBlank(index + 1)
        switch scalar {
        case "&", "*":
            refuse("anchors and aliases are not supported; write the value out, or in quotes if it begins so")
        case "!":
            refuse("tags are not supported; leave it out, or put the value in quotes if it begins so")
        case "|", ">":
            refuse("texts over several lines are not supported; write the value in quotes on one line")
        case "\"", "'":
            skipQuoted(scalar)
        case "[", "{":
            depth += 1
        case "]", "}":
            depth = max(0, depth - 1)
        case ",":
            break
        case "-" where index == lineStart && isDocumentStart:
            index += 2
        case "-" where next, "?" where next || depth > 0, ":" where next || depth > 0:
            break
        default:
            state = .plain
        }
    }

    private mutating func continuePlain(_ scalar: Unicode.Scalar) {
        switch scalar {
        case ":" where isBlank(index + 1), "?" where depth > 0 && isBlank(index + 1):
            state = .start
        case ",", "[", "]", "{", "}":
            guard depth > 0 else { return }
            state = .start
            beginToken(scalar)
        default:
            break
        }
    }

    /// Goes to the closing quote, which must be on the same line.
    private mutating func skipQuoted(_ quote: Unicode.Scalar) {
        // After an unfinished text in brackets the quote could be part of it, and what it encloses would count.
        guard depth == 0 || !mayContinue || !isFirstOfLine else {
            return refuse("begin a text in quotes on a line that does not follow an unfinished one")
        }
        var end = index + 1
        while end < scalars.count, !Self.isLineEnd(at: end, in: scalars) {
            if quote == "\"", scalars[end] == "\\", end + 1 < scalars.count, !Self.isLineEnd(at: end + 1, in: scalars) {
                end += 2
            } else if scalars[end] == quote {
                // In single quotes, two of them stand for one; taking them for two texts finds the same end.
                index = end
                return
            } else {
                end += 1
            }
        }
        refuse("a text in quotes must end on its line")
    }

    private mutating func skipComment() {
        while index < scalars.count, !Self.isLineEnd(at: index, in: scalars) {
            if ["\u{85}", "\u{2028}", "\u{2029}"].contains(scalars[index]) {
                refuse("this character ends a line in YAML; leave it out")
            }
            index += 1
        }
    }

    private var isFirstOfLine: Bool {
        scalars[lineStart..<index].allSatisfy { $0 == " " || $0 == "\t" }
    }

    private var isDocumentStart: Bool {
        scalars[index...].starts(with: ["-", "-", "-"]) && isBlank(index + 3)
    }

    /// Whether there is a space, a tab, a line end, or nothing.
    private func isBlank(_ index: Int) -> Bool {
        guard index < scalars.count else { return true }
        return [" ", "\t", "\r", "\n"].contains(scalars[index])
    }

    private mutating func refuse(_ advice: String) {
        found.append((TextPosition(line: line, column: index - lineStart + 1), advice))
        // The rest of the line would only give more of the same.
        while index + 1 < scalars.count, !Self.isLineEnd(at: index + 1, in: scalars) { index += 1 }
    }
}
