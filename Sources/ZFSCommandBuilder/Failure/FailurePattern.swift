/// One message of OpenZFS as its source has it, matched as a whole and never as a part of a line.
///
/// Names may contain spaces, colons and all the words of a message, so a search for words could be steered by whoever
/// names a dataset. Here a placeholder takes only bytes that can stand in its place, and the text around it must be the
/// rest of the message up to the end of the line. Placeholders:
///
/// - `'%s'`: anything but a quote, which no name can have;
/// - `%s`: the bytes of names, and of properties and numbers, at least one;
/// - `%w`: the words of an action (letters, spaces and hyphens), perhaps none;
/// - `%*`: the rest of what OpenZFS says, perhaps nothing.
///
/// None of them goes over the end of a line. Where several splits are possible the longest name wins, since the reason
/// stands at the end.
struct FailurePattern: Sendable {
    /// What the message means.
    let reason: FailureReason
    private let pieces: [Piece]
    /// How many pieces are the heading, its colon included.
    private let headingCount: Int
    /// What the line must end with, to refuse most lines at once; empty for a pattern that says nothing about that.
    private let ending: [UInt8]

    private enum Piece {
        case literal([UInt8])
        case placeholder(Placeholder)
    }

    private enum Placeholder {
        case quoted, name, words, text
    }

    /// Makes a pattern for `<heading>: <text>`, or for a line without heading when that is empty.
    init(_ reason: FailureReason, heading: String, text: String) {
        self.reason = reason
        let head = heading.isEmpty ? [] : Self.parse(heading + ": ")
        headingCount = head.count
        pieces = head + Self.parse(text)
        if case .literal(let literal) = pieces.last, !text.utf8.contains(0x0A) {
            ending = literal
        } else {
            ending = []
        }
    }

    /// Matches the message that starts with `line`; it must end where a line or the bytes end.
    func match(_ bytes: [UInt8], line: Range<Int>) -> FailureMatch? {
        guard line.count >= ending.count else { return nil }
        var place = line.upperBound
        for byte in ending.reversed() {
            place -= 1
            if bytes[place] != byte { return nil }
        }
        var search = Search(bytes: bytes)
        guard let end = match(piece: 0, at: line.lowerBound, &search) else { return nil }
        let message = search.textStart..<end
        let subject = search.headingNames.last ?? search.textNames.last
        return FailureMatch(reason: reason, subject: subject, message: message)
    }

    /// What is known at one point of the search.
    private struct Search {
        let bytes: [UInt8]
        var textStart = 0
        /// Names in the heading; the last is the subject: `cannot inherit <property> for '<dataset>'`.
        var headingNames: [Range<Int>] = []
        /// Names in the text, found from the last to the first, so that the last of them is the first in the text.
        var textNames: [Range<Int>] = []
    }

    private func match(piece index: Int, at start: Int, _ search: inout Search) -> Int? {
        if index == headingCount { search.textStart = start }
        guard index < pieces.count else {
            return start == search.bytes.count || search.bytes[start] == 0x0A ? start : nil
        }
        switch pieces[index] {
        case .literal(let literal):
            guard start + literal.count <= search.bytes.count else { return nil }
            for offset in literal.indices where search.bytes[start + offset] != literal[offset] { return nil }
            return match(piece: index + 1, at: start + literal.count, &search)
        case .placeholder(let placeholder):
            return match(placeholder, piece: index, at: start, &search)
        }
    }

    private func match(_ placeholder: Placeholder, piece index: Int, at start: Int, _ search: inout Search) -> Int? {
        var longest = start
        while longest < search.bytes.count, Self.takes(search.bytes[longest], placeholder) { longest += 1 }
        let shortest =
            switch placeholder {
            case .quoted: longest
            case .name: start + 1
            case .words, .text: start
            }
        guard shortest <= longest else { return nil }
        for end in (shortest...longest).reversed() {
            guard let last = match(piece: index + 1, at: end, &search) else { continue }
            note(start..<end, placeholder, inHeading: index < headingCount, &search)
            return last
        }
        return nil
    }

    private func note(_ range: Range<Int>, _ placeholder: Placeholder, inHeading: Bool, _ search: inout Search) {
        switch placeholder {
        case .words, .text: return
        case .quoted, .name:
            if inHeading {
                search.headingNames.insert(range, at: 0)
            } else {
                search.textNames.append(range)
            }
        }
    }

    private static func takes(_ byte: UInt8, _ placeholder: Placeholder) -> Bool {
        switch placeholder {
        case .quoted: byte != 0x27 && byte != 0x0A
        case .name: isNameByte(byte)
        case .words: NameRules.isLetter(byte) || byte == 0x20 || byte == 0x2D
        case .text: byte != 0x0A
        }
    }

    /// What stands in full names; `%` is in the hidden names of unfinished receives, `tank/a/%recv`.
    static func isNameByte(_ byte: UInt8) -> Bool {
        NameRules.isComponentByte(byte) || byte == 0x2F || byte == 0x40 || byte == 0x23 || byte == 0x25
    }

    private static func parse(_ template: String) -> [Piece] {
        var pieces: [Piece] = []
        var literal: [UInt8] = []
        var bytes = Array(template.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == 0x25, let kind = bytes.popFirst() else {
                literal.append(byte)
                continue
            }
            let isQuoted = literal.last == 0x27 && bytes.first == 0x27
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = []
            switch kind {
            case 0x77: pieces.append(.placeholder(.words))
            case 0x2A: pieces.append(.placeholder(.text))
            default: pieces.append(.placeholder(isQuoted ? .quoted : .name))
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        return pieces
    }
}

/// A message that was understood; the ranges are offsets into the bytes that were matched.
struct FailureMatch: Sendable {
    /// What the message means.
    let reason: FailureReason
    /// Where the name stands that the message is about.
    let subject: Range<Int>?
    /// Where the text after the heading stands.
    let message: Range<Int>
}
