internal import CLinux

/// Who is at the other end of a Unix socket, as the kernel saw it at connect(2) (SO_PEERCRED of unix(7)).
public struct PeerCredentials: Sendable, Hashable {
    /// The process identifier; it may have been used again since.
    public let pid: Int32
    /// The effective user.
    public let uid: UInt32
    /// The effective group; supplementary groups are not told.
    public let gid: UInt32

    init(pid: Int32, uid: UInt32, gid: UInt32) {
        self.pid = pid
        self.uid = uid
        self.gid = gid
    }

    /// Asks the kernel; nil when the descriptor is no connected Unix socket.
    init?(ofSocket descriptor: Int32) {
        var pid: Int32 = 0
        var uid: UInt32 = 0
        var gid: UInt32 = 0
        guard unsafe clinux_peer_credentials(descriptor, &pid, &uid, &gid) == 0 else { return nil }
        self.init(pid: pid, uid: uid, gid: gid)
    }
}
