internal import COpenSSL
internal import Synchronization

/// Bytes that must not be seen: a key or a password.
///
/// They are not printed by anything, and are overwritten when the last user is gone. Copies that others made, such as the
/// text of a request, are theirs to clear.
public final class SecretBytes: Sendable {
    /// How many there are.
    public let count: Int
    // A mutex because clearing needs a variable.
    private let bytes: Mutex<[UInt8]>

    /// Keeps a copy of bytes.
    public init(_ bytes: some Sequence<UInt8>) {
        let copy = Array(bytes)
        count = copy.count
        self.bytes = Mutex(copy)
    }

    deinit {
        bytes.withLock { bytes in
            Self.clear(&bytes)
        }
    }

    /// Lets `body` read the bytes; it must not keep them.
    func withBytes<Result, Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Result) throws(Failure) -> Result {
        try bytes.withLock { bytes throws(Failure) in try body(bytes) }
    }

    /// A copy, for who must have the bytes as such; clearing it is theirs.
    public func copy() -> [UInt8] {
        withBytes { $0 }
    }

    /// Whether the bytes are the same; takes as long when they are not.
    public func isEqual(to other: SecretBytes) -> Bool {
        // Not one lock within the other: both may be the same.
        let bytes = withBytes { $0 }
        return other.withBytes { ConstantTime.areEqual(bytes, $0) }
    }

    /// Overwrites an array in a way that the compiler does not leave out.
    public static func clear(_ bytes: inout [some BitwiseCopyable]) {
        unsafe bytes.withUnsafeMutableBytes { unsafe OPENSSL_cleanse($0.baseAddress, $0.count) }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says that it is a secret, and no more.
    public var description: String { "(secret)" }
    /// Says that it is a secret, and no more.
    public var debugDescription: String { description }
    /// Has no children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
