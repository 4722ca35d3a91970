internal import Glibc
internal import ZFSRPC

/// One line of the audit log being made, without the member that ties it to the line before.
///
/// Control characters are escaped and every text is cut, so that an event is one line of at most ``longest`` bytes.
struct AuditEntry {
    /// The longest line in bytes, with all that is added later.
    static let longest = 16 << 10
    /// How every line begins.
    static let beginning = Array(#"{"time":""#.utf8)

    /// What is left for the members after the parameters; parameters that fit before that are kept as they are.
    private static let reservedBytes = 3584
    /// The longest other text; escapes make six bytes of one.
    private static let textBytes = 256
    /// How much is kept of parameters that are longer or no JSON; escapes make six bytes of one.
    private static let cutBytes = 768

    private(set) var object: [UInt8] = AuditEntry.beginning

    /// Begins a line about something that happens now.
    private init(phase: String) {
        object.reserveCapacity(512)
        object += Self.now.utf8
        object += #"","monotonic_us":"#.utf8
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        object += String(time.tv_sec * 1_000_000 + time.tv_nsec / 1000).utf8
        add("phase", phase)
    }

    /// A call that is about to run.
    static func intent(_ call: CallRecord) -> AuditEntry {
        var entry = AuditEntry(phase: "intent")
        entry.add(call)
        return entry
    }

    /// A call that is over.
    static func outcome(_ call: CallRecord, error: RPCError?, duration: Duration) -> AuditEntry {
        var entry = AuditEntry(phase: "outcome")
        entry.add(call)
        if let error {
            entry.add("result", "error")
            entry.add("code", error.code.rawValue)
            entry.add("reason", error.reason)
        } else {
            entry.add("result", "ok")
        }
        let (seconds, attoseconds) = duration.components
        entry.add("duration_us", Int(clamping: seconds) &* 1_000_000 &+ Int(attoseconds / 1_000_000_000_000))
        return entry
    }

    /// The last line was not whole: the machine or its disk failed while it was written.
    static let tornLineEvent = "torn_line"

    /// Something about the log itself.
    static func note(_ event: String, count: Int? = nil) -> AuditEntry {
        var entry = AuditEntry(phase: "note")
        entry.add("event", event)
        if let count { entry.add("count", count) }
        return entry
    }

    private mutating func add(_ call: CallRecord) {
        add("user", call.principal?.name)
        if let principal = call.principal {
            add("kind", principal.kind.rawValue)
            add("role", principal.role.rawValue)
            if let tokenID = principal.tokenID { add("token_id", tokenID) }
        }
        add("peer", call.peer)
        add("method", call.method)
        add(parameters: call.parameters)
        add("request_id", call.requestID)
    }

    private mutating func add(parameters: [UInt8]) {
        if parameters.isEmpty { return }
        let isOneLine = !parameters.contains { $0 < 0x20 || $0 == 0x7F }
        let fits = object.count + parameters.count <= Self.longest - Self.reservedBytes
        if fits, isOneLine, (try? JSONParser.parse(parameters)) != nil {
            object += #","parameters":"#.utf8
            object += parameters
            return
        }
        add("parameters_text", String(decoding: parameters.prefix(Self.cutBytes), as: UTF8.self), upTo: Self.cutBytes)
        add("parameters_bytes", parameters.count)
    }

    private mutating func add(_ name: String, _ value: Int) {
        object += ",\"\(name)\":\(value)".utf8
    }

    private mutating func add(_ name: String, _ value: String?, upTo limit: Int = AuditEntry.textBytes) {
        object += ",\"\(name)\":".utf8
        guard let value else {
            object += "null".utf8
            return
        }
        let isShort = value.utf8.count <= limit
        JSONText.append(isShort ? value : String(decoding: value.utf8.prefix(limit), as: UTF8.self), to: &object)
    }

    /// RFC 3339 with microseconds.
    private static var now: String {
        let now = UTCDateTime.now
        let digits = String(now.nanosecond / 1000)
        return now.rfc3339.dropLast() + "." + String(repeating: "0", count: 6 - digits.count) + digits + "Z"
    }
}
