/// Reads elements of DER (X.690) one after the other.
struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// The contents of the next element if it has this tag; otherwise nil, and nothing is read.
    mutating func element(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard rest.first == tag else { return nil }
        var bytes = rest.dropFirst()
        guard let first = bytes.popFirst() else { return nil }
        var count = Int(first)
        if first >= 0x80 {
            // Three length bytes are 16 MiB, more than any certificate has.
            let lengthBytes = Int(first & 0x7F)
            guard (1...3).contains(lengthBytes), bytes.count >= lengthBytes else { return nil }
            count = bytes.prefix(lengthBytes).reduce(0) { $0 << 8 | Int($1) }
            bytes = bytes.dropFirst(lengthBytes)
        }
        guard bytes.count >= count else { return nil }
        rest = bytes.dropFirst(count)
        return bytes.prefix(count)
    }
}
