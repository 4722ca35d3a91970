/// One event that the kernel reported, `zpool-events(8)`.
public struct PoolEvent: Hashable, Sendable {
    /// When, in the time zone of the program: `Nov 21 2026 00:27:10.228256341`.
    public let time: String
    /// What: `sysevent.fs.zfs.scrub_finish`.
    public let eventClass: String
    /// What the event tells, a line each: `vdev_path = "/dev/sda"`; empty without `-v`.
    ///
    /// Names and values inside come from the datasets of the pool and prove nothing: a value with a newline can look like
    /// lines, and like events, of its own.
    public internal(set) var details: [String]

    /// Reads the output of `zpool events -H`, with or without `-v`.
    /// - Throws: `OutputError` when it starts with a line that is no event.
    static func list(_ output: [UInt8]) throws(OutputError) -> [PoolEvent] {
        var events: [PoolEvent] = []
        for line in output.split(separator: 0x0A) {
            if let event = PoolEvent(line) {
                events.append(event)
            } else if let last = events.indices.last {
                events[last].details.append(detail(line))
            } else {
                throw OutputError(expected: "a time and the class of an event", line: line)
            }
        }
        return events
    }

    private init?(_ line: ArraySlice<UInt8>) {
        let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
        guard fields.count == 2, let first = line.first, NameRules.isLetter(first), fields[0].contains(0x3A),
            !fields[1].isEmpty, fields[1].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        time = String(decoding: fields[0], as: UTF8.self)
        eventClass = String(decoding: fields[1], as: UTF8.self)
        details = []
    }

    /// The kernel's own lines stand eight spaces in, those of a nested list sixteen.
    private static func detail(_ line: ArraySlice<UInt8>) -> String {
        let indent = line.prefix { $0 == 0x20 }.count
        return String(decoding: line.dropFirst(min(indent, 8)), as: UTF8.self)
    }
}
