/// What a check of the doctor found out: that something works, or what is wrong and how to mend it.
struct Finding: Sendable, Hashable {
    /// How bad it is.
    enum Status: String, Sendable, CaseIterable {
        /// It works.
        case ok
        /// It works, but not well, or not for long, or could not be looked at.
        case warning
        /// It does not work, or loses something.
        case problem
    }

    /// Which check found it.
    let check: String
    let status: Status
    /// One sentence without its end: what is.
    let message: String
    /// What to do about it; nil when nothing is to be done, or the message says it.
    let remedy: String?

    init(check: String, status: Status, message: String, remedy: String?) {
        self.check = check
        self.status = status
        self.message = Self.withoutEnd(message)
        self.remedy = remedy
    }

    static func ok(_ check: String, _ message: String) -> Finding {
        Finding(check: check, status: .ok, message: message, remedy: nil)
    }

    static func warning(_ check: String, _ message: String, _ remedy: String?) -> Finding {
        Finding(check: check, status: .warning, message: message, remedy: remedy)
    }

    static func problem(_ check: String, _ message: String, _ remedy: String?) -> Finding {
        Finding(check: check, status: .problem, message: message, remedy: remedy)
    }

    /// What other programs say may end with a full stop, or with the carriage return of `ssh`, and goes on here.
    private static func withoutEnd(_ message: String) -> String {
        var rest = message[...]
        while let end = [".", " ", "\n", #"\x0d"#].first(where: rest.hasSuffix) { rest.removeLast(end.count) }
        return String(rest)
    }
}
