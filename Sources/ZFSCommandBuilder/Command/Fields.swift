/// The tab-separated fields of one line of `-H` output, taken from left to right.
struct Fields {
    private let line: ArraySlice<UInt8>
    private let fields: [ArraySlice<UInt8>]
    private var next = 0

    /// Splits a line.
    /// - Throws: `OutputError` unless the line has just `count` fields.
    init(_ line: ArraySlice<UInt8>, count: Int) throws(OutputError) {
        self.line = line
        fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        if fields.count != count { throw OutputError(expected: "\(count) fields", line: line) }
    }

    /// The next field as text; invalid UTF-8 is replaced.
    mutating func text() -> String {
        defer { next += 1 }
        return String(decoding: fields[next], as: UTF8.self)
    }

    /// The next field through a parser that gives nil for what it does not understand.
    mutating func parsed<Value>(_ expected: String, _ parse: (String) -> Value?) throws(OutputError) -> Value {
        guard let value = parse(text()) else { throw OutputError(expected: expected, line: line) }
        return value
    }

    /// The next field as an unsigned number.
    mutating func number() throws(OutputError) -> UInt64 {
        try parsed("a number") { UInt64($0) }
    }

    /// The next field as a number, or nil for `-`, which stands for "does not apply".
    mutating func optionalNumber() throws(OutputError) -> UInt64? {
        try parsed("a number or \"-\"") { $0 == "-" ? .some(nil) : UInt64($0).map { .some($0) } }
    }
}
