/// What a check of an audit log found.
public struct AuditVerification: Sendable, Hashable {
    /// A line that is not as it was written.
    public struct Fault: Sendable, Hashable, CustomStringConvertible {
        /// Its number, from 1.
        public let line: Int
        /// What is wrong with it.
        public let problem: String

        /// One sentence.
        public var description: String { "line \(line): \(problem)" }
    }

    /// The most faults that are kept.
    static let faultLimit = 100

    /// Lines in all.
    public internal(set) var lines = 0
    /// Lines that a crash or a full disk cut off, and that were closed off later; they are no faults.
    public internal(set) var tornLines: [Int] = []
    /// Whether the last line has no end: it is being written, or a crash cut it off.
    public internal(set) var endsTorn = false
    /// The hash that the first line names as that of the line before it: all 0 in the first file, else ``head`` of the
    /// file that was rotated away.
    public internal(set) var follows: String?
    /// The hash of the last whole line; noted elsewhere, it shows later whether lines were cut off.
    public internal(set) var head = AuditChain.beginning
    /// The lines that are wrong, at most 100 of them.
    public internal(set) var faults: [Fault] = []

    /// Whether no line was changed, removed or moved.
    public var isIntact: Bool { faults.isEmpty }

    mutating func addFault(_ problem: String) {
        if faults.count < Self.faultLimit { faults.append(Fault(line: lines, problem: problem)) }
    }
}
