import ZFSRPC

/// The trace identifier of a W3C `traceparent` header (Trace Context, section 3.2).
enum TraceParent {
    /// The 32 lower-case hexadecimal digits of the trace, or nil when the header is not valid.
    static func traceID(of header: String) -> String? {
        let bytes = Array(header.utf8.prefix(56))
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash else { return nil }
        // Version 00 has exactly these fields; a later version may add more behind a dash.
        let isFirstVersion = bytes[0] == UInt8(ascii: "0") && bytes[1] == UInt8(ascii: "0")
        guard bytes.count == 55 || (!isFirstVersion && bytes[55] == dash) else { return nil }
        guard bytes[0..<2] != [UInt8(ascii: "f"), UInt8(ascii: "f")] else { return nil }
        let trace = bytes[3..<35]
        let parent = bytes[36..<52]
        for field in [bytes[0..<2], trace, parent, bytes[53..<55]] where !field.allSatisfy(HexDigits.isLower) {
            return nil
        }
        let zero = UInt8(ascii: "0")
        guard trace.contains(where: { $0 != zero }), parent.contains(where: { $0 != zero }) else { return nil }
        return String(decoding: trace, as: UTF8.self)
    }
}
