/// Ties each line to the one before it: a line ends with the hash of that one.
///
/// Whoever changes, removes or moves a line must make every later line anew. That shows a change which was made by an
/// editor or by accident. It does not stop somebody who can write the file and knows the hash; with a keyed hash, they
/// must know the key too. Lines cut off at the end do not show: compare ``head`` with one that was noted elsewhere.
struct AuditChain {
    /// What stands for the line before the very first.
    static let beginning = String(repeating: "0", count: 64)
    /// Between the members of a line and the hash; always the last member.
    private static let member = Array(#","prev":""#.utf8)
    private static let end = Array(#""}"#.utf8)

    private let hash: @Sendable ([UInt8]) -> [UInt8]
    /// The hash of the last line, in hexadecimal digits.
    private(set) var head: String

    init(hash: @escaping @Sendable ([UInt8]) -> [UInt8], head: String = AuditChain.beginning) {
        self.hash = hash
        self.head = head
    }

    /// The whole line for an object that lacks its last member and bracket; the next line follows it.
    mutating func line(_ object: [UInt8]) -> [UInt8] {
        let line = object + Self.member + Array(head.utf8) + Self.end
        follow(line)
        return line
    }

    /// Makes the next line follow `line`.
    mutating func follow(_ line: some Sequence<UInt8>) {
        head = Hexadecimal.text(of: hash(Array(line)))
    }

    /// What a line says of the one before it; nil when it is not a whole line.
    static func previous(in line: ArraySlice<UInt8>) -> String? {
        guard line.last == end.last, line.dropLast().last == end.first else { return nil }
        let inner = line.dropLast(end.count)
        guard let quote = inner.lastIndex(of: UInt8(ascii: "\"")), inner[...quote].suffix(member.count) == member[...]
        else { return nil }
        return String(decoding: inner[(quote + 1)...], as: UTF8.self)
    }
}

private enum Hexadecimal {
    static func text(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
