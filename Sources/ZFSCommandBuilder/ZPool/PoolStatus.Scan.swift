extension PoolStatus {
    /// A scrub or resilver that runs or ran last.
    public struct Scan: Hashable, Sendable {
        /// What it does.
        public let function: Function
        /// Whether it runs.
        public let state: State
        /// How much is done, 0 to about 100, while it runs or is paused; a live pool can take it slightly past 100.
        public let percent: Double?
        /// Errors that it could not repair, once it is finished.
        public let errors: UInt64?
        /// The lines as they were, without indentation.
        public let text: String

        /// What a scan does.
        public enum Function: String, Hashable, Sendable, CaseIterable {
            /// Nothing was ever asked for.
            case none
            /// All data is read.
            case scrub
            /// Files with known errors are read; not in 2.1.
            case errorScrub = "error_scrub"
            /// Data that a device missed is written to it.
            case resilver
        }

        /// How a scan goes.
        public enum State: String, Hashable, Sendable, CaseIterable {
            /// Nothing was ever asked for.
            case none
            /// It runs.
            case running
            /// It waits for `zpool scrub`.
            case paused
            /// It came to its end.
            case finished
            /// It was stopped.
            case canceled
        }
    }
}

extension PoolStatus.Scan {
    /// Reads a `scan:` or ` scrub:` section (`print_scan_scrub_resilver_status`, `print_rebuild_status_impl`,
    /// `print_err_scrub_status`).
    /// - Throws: `OutputError` when the first line is none of those that OpenZFS prints.
    init(_ section: LabelledText.Section) throws(OutputError) {
        let lines = section.lines.map { String(decoding: trimmed($0), as: UTF8.self) }.filter { !$0.isEmpty }
        guard let first = lines.first, let function = Self.function(first), let state = Self.state(first) else {
            throw OutputError(expected: "a scrub or resilver", line: section.lines.first ?? [])
        }
        self.function = function
        self.state = state
        text = lines.joined(separator: "\n")
        percent = state == .running || state == .paused ? lines.lazy.compactMap(Self.percent).first : nil
        errors = state == .finished ? Self.errors(first) : nil
    }

    private static func function(_ line: String) -> Function? {
        if line == "none requested" { return Function.none }
        if line.hasPrefix("resilver") { return .resilver }
        if line.hasPrefix("error scrub ") || line.hasPrefix("scrubbed ") { return .errorScrub }
        return line.hasPrefix("scrub ") ? .scrub : nil
    }

    private static func state(_ line: String) -> State? {
        if line == "none requested" { return State.none }
        let words = line.split(separator: " ").map(String.init)
        if words.first == "resilvered" || words.first == "scrubbed" || words.starts(with: ["scrub", "repaired"]) {
            return .finished
        }
        // The word after "scrub", after "error scrub", after "resilver", or after "resilver (mirror-0)".
        let verb = words.dropFirst().first { $0 != "scrub" && !$0.hasPrefix("(") }
        switch verb {
        case "in": return .running
        case "paused": return .paused
        case "canceled": return .canceled
        default: return nil
        }
    }

    /// The number before `% done`; nil for what is no plain number, such as the `-nan` of an empty pool.
    private static func percent(_ line: String) -> Double? {
        let words = line.split(separator: " ")
        guard let done = words.firstIndex(where: { $0.hasPrefix("done") }), done > 0, words[done - 1].hasSuffix("%")
        else { return nil }
        let number = words[done - 1].dropLast()
        return number.utf8.allSatisfy { NameRules.isDigit($0) || $0 == 0x2E } ? Double(number) : nil
    }

    /// The number between `with` and `errors`.
    private static func errors(_ line: String) -> UInt64? {
        let words = line.split(separator: " ")
        guard let with = words.lastIndex(of: "with"), with + 2 < words.count, words[with + 2] == "errors"
        else { return nil }
        return UInt64(words[with + 1])
    }
}
