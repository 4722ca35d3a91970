/// What a resume token holds, as `zfs send -nvP -t` prints it before its estimate.
///
/// It is printed on any host, and also when the snapshot that it names is not there. A token is not signed: whatever it
/// says is a claim of whoever brought it.
public struct ResumeTokenContents: Sendable, Hashable {
    /// The snapshot at the sender, by its name when the receive began.
    public let snapshot: SnapshotName
    /// Its GUID.
    public let toGUID: UInt64
    /// The GUID of what the receiver had already; nil for a full stream.
    public let fromGUID: UInt64?
    /// Bytes of the stream that the receiver has.
    public let bytes: UInt64
    /// `-w`.
    public let raw: Bool
    /// `-c`.
    public let compressed: Bool
    /// `-L`.
    public let largeBlocks: Bool
    /// `-e`.
    public let embedded: Bool

    /// Reads the lines after `resume token contents:`, each a tab, a name, ` = ` and a value; numbers are hexadecimal.
    ///
    /// Source: `zfs_send_resume_impl_cb_impl` in `libzfs_sendrecv.c`, `nvlist_print` in `libnvpair.c`.
    /// - Parameter output: Standard output of the dry run, whether it ended well or not.
    /// - Throws: `OutputError` when the token could not be read.
    public init(output: [UInt8]) throws(OutputError) {
        var values: [String: String] = [:]
        for line in output.split(separator: 0x0A) where line.first == 0x09 {
            let text = String(decoding: line.dropFirst(), as: UTF8.self)
            guard let mark = text.firstRange(of: " = ") else { continue }
            let name = String(text[..<mark.lowerBound])
            if values[name] != nil { throw OutputError(expected: "a resume token with each name once", line: line) }
            values[name] = String(text[mark.upperBound...])
        }
        guard
            let name = values["toname"], let snapshot = try? SnapshotName(name),
            let toGUID = Self.number(values["toguid"]), let bytes = Self.number(values["bytes"])
        else { throw OutputError(expected: "the contents of a resume token", line: output) }
        self.snapshot = snapshot
        self.toGUID = toGUID
        self.bytes = bytes
        fromGUID = Self.number(values["fromguid"])
        raw = values["rawok"] != nil
        compressed = values["compressok"] != nil
        largeBlocks = values["largeblockok"] != nil
        embedded = values["embedok"] != nil
    }

    private static func number(_ text: String?) -> UInt64? {
        guard let text else { return nil }
        return text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }
}
