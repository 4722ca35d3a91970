extension PoolStatus {
    /// One line of the table of devices, with those below it.
    public struct Vdev: Hashable, Sendable {
        /// A path, a group such as `mirror-0`, the guid of a missing device, or for the root the pool.
        public let name: String
        /// What the device is for.
        public let role: Role
        /// Its state.
        public let state: VdevState
        /// Read errors since they were last cleared; nil for hot spares.
        public let read: UInt64?
        /// Write errors.
        public let write: UInt64?
        /// Checksum errors.
        public let checksum: UInt64?
        /// What is said behind the counters: `was /dev/sdb1`, `too many errors`, `(resilvering)`.
        public let note: String?
        /// The members of a group, or the top-level devices of the pool.
        public internal(set) var children: [Vdev]
    }

    /// What a device is for, `zpoolconcepts(7)`.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// Data.
        case data
        /// Dedup tables.
        case dedup
        /// Metadata and small blocks.
        case special
        /// The intent log.
        case log
        /// A cache for reads.
        case cache
        /// A hot spare.
        case spare

        /// The role that a heading of the table stands for.
        init?(heading: ArraySlice<UInt8>) {
            switch String(decoding: heading, as: UTF8.self) {
            case "dedup": self = .dedup
            case "special": self = .special
            case "logs": self = .log
            case "cache": self = .cache
            case "spares": self = .spare
            default: return nil
            }
        }
    }
}
