/// A Unix domain socket to listen on.
public struct UnixListener: Sendable, Hashable {
    /// The longest path in bytes: `sun_path` of unix(7) has 108 with the NUL.
    public static let longestPath = 107

    /// The absolute path of the socket; its folder must exist.
    public var path: String
    /// The permissions of the socket: whoever may write to it may connect.
    public var mode: UInt32
    /// The group that owns the socket; nil keeps the daemon's own.
    public var group: String?

    /// Creates a listener; by default the owner and the group may connect.
    public init(path: String, mode: UInt32 = 0o660, group: String? = nil) {
        self.path = path
        self.mode = mode
        self.group = group
    }
}
