import Foundation
import Glibc

/// Prints answers on standard output, as tables or as JSON, and remarks on standard error.
struct Output {
    let json: Bool
    let quiet: Bool
    let exact: Bool

    /// Prints an answer.
    /// - Parameters:
    ///   - answer: What the daemon answered; this is what `--json` prints.
    ///   - table: The same as a table.
    func show(_ answer: some Encodable, table: () -> Table) throws(CommandFailure) {
        guard !json else { return try print(Self.text(of: answer, pretty: true)) }
        let lines = table().lines(
            width: TerminalWidth.of(STDOUT_FILENO), headings: !quiet, style: .standardOutput)
        guard !lines.isEmpty else { return }
        try print(lines.joined(separator: "\n"))
    }

    /// Prints an answer that is one sentence; nothing with `--quiet`.
    func show(_ answer: some Encodable, sentence: String) throws(CommandFailure) {
        if json {
            try print(Self.text(of: answer, pretty: true))
        } else if !quiet {
            try print(Printable.text(sentence))
        }
    }

    /// Prints an answer that is lines, which `--quiet` does not silence.
    func show(_ answer: some Encodable, lines: [String]) throws(CommandFailure) {
        try print(json ? Self.text(of: answer, pretty: true) : lines.map(Printable.text).joined(separator: "\n"))
    }

    /// A line on standard error; nothing with `--quiet` or `--json`.
    func remark(_ text: String) {
        if !quiet, !json { StandardError.write(Printable.text(text) + "\n") }
    }

    /// A size, for a person unless exact ones are wanted.
    func size(_ bytes: Int?) -> String {
        guard let bytes else { return "-" }
        return exact ? String(bytes) : ByteSize.text(bytes)
    }

    /// Prints a text and a line end on standard output.
    func print(_ text: String) throws(CommandFailure) {
        guard !text.isEmpty else { return }
        guard Descriptor.write(Array((text + "\n").utf8), to: STDOUT_FILENO) else {
            // Whoever reads a pipe may have enough, as `head` has.
            if errno == EPIPE { exit(0) }
            throw CommandFailure(.operationFailed, "standard output can not be written")
        }
    }

    /// A value as JSON, with names in order.
    static func text(of value: some Encodable, pretty: Bool) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }
}
