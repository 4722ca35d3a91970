import Synchronization
import TestSupport
import ZFSReplication

@testable import ZFSRPC

extension TransferSecrets {
    /// Counts instead of guessing; its digest tells texts apart, and hides nothing.
    static func counting() -> TransferSecrets {
        let count = Counter()
        return TransferSecrets(
            random: { length in
                let number = count.next()
                return (0..<length).map { UInt8(truncatingIfNeeded: number &* 31 &+ UInt64($0)) }
            },
            digest: { bytes in
                (UInt8(0)..<32).map { seed in
                    let start = UInt64(seed) &+ 0xcbf2_9ce4_8422_2325
                    let hash = bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
                    return UInt8(truncatingIfNeeded: hash >> 32)
                }
            })
    }

    private final class Counter: Sendable {
        private let value = Atomic<UInt64>(0)
        func next() -> UInt64 { value.wrappingAdd(1, ordering: .relaxed).newValue }
    }
}
