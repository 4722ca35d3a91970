/// The output of a command does not have the form that its options ask for.
///
/// A new release that prints something else, or a value with a tab or newline that forged a row, ends here and never
/// in a wrong answer.
public struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was expected.
    public let expected: String
    /// The line that was read, cut to 256 bytes, with everything outside printable ASCII shown as `\xNN`.
    public let line: String

    /// Makes an error for a line.
    /// - Parameters:
    ///   - expected: What was expected, as a noun: `6 fields`.
    ///   - line: The bytes that were read.
    public init(expected: String, line: some Sequence<UInt8>) {
        self.expected = expected
        self.line = printable(line.prefix(256))
    }

    /// One sentence for a person.
    public var description: String { "expected \(expected), read \"\(line)\"" }
}
