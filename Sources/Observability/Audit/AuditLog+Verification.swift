internal import Glibc
internal import ZFSRPC

extension AuditLog {
    /// Checks the lines of a file against each other; it may be in use.
    /// - Parameters:
    ///   - path: The file.
    ///   - hash: The hash that it was written with.
    ///   - head: What the first line must follow: ``AuditVerification/head`` of the file before; nil for anything.
    /// - Throws: `AuditError` when the file cannot be read.
    public static func verify(
        path: String,
        hash: @escaping @Sendable ([UInt8]) -> [UInt8],
        following head: String? = nil
    ) throws(AuditError) -> AuditVerification {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw AuditError(errno: errno, path: path) }
        defer { close(descriptor) }
        var check = AuditCheck(hash: hash, expecting: head)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw AuditError(errno: errno, path: path) }
            if count == 0 { return check.finish() }
            guard check.take(buffer[..<count]) else {
                throw AuditError("line \(check.result.lines + 1) is too long to be one of an audit log", path: path)
            }
        }
    }
}

/// The check of a file as its bytes come.
private struct AuditCheck {
    private(set) var result = AuditVerification()
    private var chain: AuditChain
    private let expected: String?
    private var unfinished: [UInt8] = []
    /// Whether the line before was not whole, which only the note about it excuses.
    private var isAfterTorn = false

    init(hash: @escaping @Sendable ([UInt8]) -> [UInt8], expecting expected: String?) {
        chain = AuditChain(hash: hash)
        self.expected = expected
    }

    /// Takes the next bytes; false when a line does not end.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> Bool {
        unfinished += bytes
        var rest = unfinished[...]
        while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
            check(rest[..<newline])
            rest = rest[(newline + 1)...]
        }
        unfinished = Array(rest)
        return unfinished.count <= 4 * AuditEntry.longest
    }

    mutating func finish() -> AuditVerification {
        excuseTorn(with: nil)
        result.endsTorn = !unfinished.isEmpty
        return result
    }

    private mutating func check(_ line: ArraySlice<UInt8>) {
        let members = try? JSONParser.parse(Array(line))
        excuseTorn(with: members)
        result.lines += 1
        if let members, members["time"] != nil, let previous = AuditChain.previous(in: line) {
            if result.lines == 1 { result.follows = previous }
            if let wanted = result.lines == 1 ? expected : chain.head, previous != wanted {
                let other = result.lines == 1 ? "the file before" : "line \(result.lines - 1)"
                result.addFault("it does not follow \(other); that one was changed, or lines were removed or moved")
            }
        } else {
            isAfterTorn = true
        }
        chain.follow(line)
        result.head = chain.head
    }

    /// Decides about a line that was not whole, by the line after it.
    private mutating func excuseTorn(with next: JSONValue?) {
        guard isAfterTorn else { return }
        isAfterTorn = false
        if next?["event"] == .string(AuditEntry.tornLineEvent) {
            result.tornLines.append(result.lines)
        } else {
            result.addFault("it is not a whole line of an audit log")
        }
    }
}
