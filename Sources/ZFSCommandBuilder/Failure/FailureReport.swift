/// What a program wrote to standard error, cut to a bounded size, and the search for the message in it.
struct FailureReport {
    /// The text; the middle of a long one is left out, at line ends, with a line that says so.
    let bytes: [UInt8]

    /// Half of what is kept.
    ///
    /// The error stands first when names follow it, last when progress precedes it.
    private static let half = 16 * 1024
    /// How many lines are looked at: more than 32 KiB of what `zfs send -v` prints, a line of progress each second.
    private static let lineLimit = 2048
    /// Longer than any message: libzfs builds heading and text in buffers of 1024 bytes each.
    private static let messageLimit = 2100
    /// How many names are listed.
    private static let nameLimit = 100

    init(_ standardError: [UInt8]) {
        guard standardError.count > 2 * Self.half else {
            bytes = standardError
            return
        }
        var head = standardError.prefix(Self.half)
        var tail = standardError.suffix(Self.half)
        // Not inside a line, or a name could be cut into another name.
        if let end = head.lastIndex(of: 0x0A) { head = head[...end] }
        if let start = tail.firstIndex(of: 0x0A) { tail = tail[(start + 1)...] }
        let dropped = standardError.count - head.count - tail.count
        bytes = Array(head) + Array("\n[\(dropped) bytes left out]\n".utf8) + tail
    }

    /// Finds the message that decides.
    ///
    /// That is the first line with the form of an error, known or not: a later line may be a list of names, which
    /// others choose. Only the note of `create` and `clone` that the dataset is there outranks the error before it.
    func findMessage(subcommand: String?) -> FailureMatch? {
        if subcommand == "create" || subcommand == "clone", let outcome = find(in: FailureTable.outcomes) {
            return outcome
        }
        return find(in: FailureTable.errors)
    }

    private func find(in patterns: [FailurePattern]) -> FailureMatch? {
        for line in lines(from: 0).prefix(Self.lineLimit) {
            if line.isEmpty || line.count > Self.messageLimit { continue }
            for pattern in patterns {
                if let match = pattern.match(bytes, line: line) { return match }
            }
            if isListHeading(line) { return nil }
        }
        return nil
    }

    /// The names after a line such as `use '-r' to destroy the following datasets:`.
    func names(after match: FailureMatch) -> [String] {
        var isInList = false
        var names: [String] = []
        for line in lines(from: match.message.upperBound) {
            if !isInList {
                if isListHeading(line) { isInList = true }
                continue
            }
            let isName = !line.isEmpty && line.count <= NameRules.longestName
            // Ends at the next message, which has quotes or is longer than a name; a note on the length is no name.
            guard isName, line.allSatisfy({ FailurePattern.isNameByte(bytes[$0]) }) else { break }
            let name = text(line)
            if name.hasPrefix("Output limited to ") { break }
            names.append(name)
            if names.count == Self.nameLimit { break }
        }
        return names
    }

    /// The token in the line `zfs send -t <token>` of a resumable receive.
    func resumeToken(after match: FailureMatch) -> String? {
        guard match.reason == .streamIncomplete || match.reason == .streamCorrupt else { return nil }
        for line in lines(from: match.message.upperBound) {
            let words = text(line).split(separator: " ")
            guard words.count == 4, words[0] == "zfs", words[1] == "send", words[2] == "-t" else { continue }
            let isWhole = line.upperBound - match.message.lowerBound < 1023
            return isWhole ? (try? ResumeToken(String(words[3])))?.text : nil
        }
        return nil
    }

    /// What stands before the page of usage, all when there is none; a page that nothing precedes is kept.
    var beforeUsage: Range<Int> {
        let usage = lines(from: 0).first { bytes[$0].elementsEqual("usage:".utf8) }
        guard let usage, usage.lowerBound > 0 else { return 0..<bytes.count }
        return 0..<usage.lowerBound
    }

    /// The first line in a range that is not blank.
    func firstLine(_ range: Range<Int>) -> String {
        for line in lines(from: range.lowerBound) {
            let part = line.clamped(to: range)
            if part.contains(where: { bytes[$0] != 0x20 }) {
                return text(part.prefix(Self.messageLimit)).trimmingSpaces()
            }
            if line.upperBound >= range.upperBound { break }
        }
        return ""
    }

    /// A range as text: invalid UTF-8 replaced, control characters shown as `\xNN`.
    func text(_ range: Range<Int>) -> String {
        var text = ""
        for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
            let value = scalar.value
            if (value < 0x20 && value != 0x09 && value != 0x0A) || (0x7F...0x9F).contains(value) {
                let digits = String(value, radix: 16)
                text += digits.utf8.count == 1 ? "\\x0" + digits : "\\x" + digits
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private func lines(from start: Int) -> some Sequence<Range<Int>> {
        sequence(state: start) { (next: inout Int) -> Range<Int>? in
            guard next < bytes.count else { return nil }
            let end = bytes[next...].firstIndex(of: 0x0A) ?? bytes.count
            defer { next = end + 1 }
            return next..<end
        }
    }

    private func isListHeading(_ line: Range<Int>) -> Bool {
        bytes[line].starts(with: "use '-".utf8) && bytes[line].last == 0x3A
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
