import NIOCore

/// How many bytes one read brings at most: few of a head, for an idle connection keeps a buffer for one read.
struct ReadSize {
    /// What is read.
    enum Purpose {
        case ofHeads
        /// With so many bytes left.
        case ofBody(Int)
        case ofStream
    }

    private static let headBytes = 1024
    /// Of a record of TLS.
    private static let recordBytes = 4096
    private static let bodyBytes = 64 << 10
    private static let streamBytes = 256 << 10

    private let smallest: Int
    /// The size now; 0 before the first is set.
    private(set) var bytes = 0

    init(isEncrypted: Bool) {
        smallest = isEncrypted ? Self.recordBytes : Self.headBytes
    }

    /// Changes the size; gives what makes such buffers, or nil when the size is the same as before.
    mutating func change(_ purpose: Purpose) -> FixedSizeRecvByteBufferAllocator? {
        let size =
            switch purpose {
            case .ofHeads: smallest
            case .ofBody(let left): min(max(left, smallest), Self.bodyBytes)
            case .ofStream: Self.streamBytes
            }
        guard size != bytes else { return nil }
        bytes = size
        return FixedSizeRecvByteBufferAllocator(capacity: size)
    }
}
