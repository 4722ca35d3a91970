/// One hold on one snapshot: one line of `zfs holds`.
public struct HoldEntry: Sendable, Hashable {
    /// The full name of the snapshot.
    public let snapshot: String
    /// The tag.
    public let tag: String
    /// When the hold was placed: seconds since 1970 with `-p`, otherwise as `Tue Nov 18 10:00 2025` in local time.
    public let timestamp: String

    /// Reads `name<tab>tag<tab>time`.
    ///
    /// The tag is everything between the first and the last tab: other programs may put tabs into tags.
    init(_ line: ArraySlice<UInt8>) throws(OutputError) {
        guard
            let first = line.firstIndex(of: 0x09), let last = line.lastIndex(of: 0x09), first < last
        else {
            throw OutputError(expected: "3 fields", line: line)
        }
        snapshot = String(decoding: line[..<first], as: UTF8.self)
        tag = String(decoding: line[(first + 1)..<last], as: UTF8.self)
        timestamp = String(decoding: line[(last + 1)...], as: UTF8.self)
    }
}
