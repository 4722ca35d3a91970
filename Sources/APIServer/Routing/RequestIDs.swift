import Synchronization

/// Makes the request identifiers of this process: 12 random hexadecimal digits, a dash, a running number.
///
/// They tell requests apart in logs; they are no secret and must not be used as one.
final class RequestIDs: Sendable {
    private let prefix: String
    private let last = Atomic<UInt64>(0)

    init() {
        let digits = String(UInt64.random(in: 0..<(1 << 48)), radix: 16)
        prefix = String(repeating: "0", count: 12 - digits.utf8.count) + digits + "-"
    }

    /// The next identifier; never the same twice in one process.
    func next() -> String {
        prefix + String(last.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
