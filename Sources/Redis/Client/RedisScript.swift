internal import Synchronization

/// A Lua script that Redis runs as one atomic step.
///
/// Make one for each script and keep it: it remembers the digest by which the server knows the script, which depends
/// on the source alone.
public final class RedisScript: Sendable {
    /// The Lua source.
    public let source: String
    private let knownDigest = Mutex<[UInt8]?>(nil)

    /// Makes a script of its source.
    public init(_ source: String) {
        self.source = source
    }

    /// The SHA-1 that `SCRIPT LOAD` answered.
    var digest: [UInt8]? {
        get { knownDigest.withLock { $0 } }
        set { knownDigest.withLock { $0 = newValue } }
    }
}
