public import ZFSCommandBuilder

/// Why a send or receive was refused or ended, where `zfs` alone does not say it.
public enum ReplicationError: Error, Sendable, Hashable {
    /// The receive broke off, and can be resumed with the token.
    case interrupted(CommandFailure, ResumeState)
    /// The resume token is not for what was asked for; the sentence says what it is for.
    case foreignResumeToken(String)
    /// The resume token cannot be read.
    case unreadableResumeToken
    /// The snapshot that was asked for was replaced by another one of its name before the stream began.
    case snapshotReplaced(SnapshotName)
    /// What the receiver is said to have is not here, so that nothing can build on it.
    case originNotFound(SendRequest.Origin)
    /// Something is received into the dataset already.
    case receiveRuns(DatasetName)
    /// The stream ended, but the snapshot that it should have made is not there.
    case nothingReceived(DatasetName)
}

/// What a resume token says, as `zfs send -nvt` prints it.
public struct ResumeState: Sendable, Hashable {
    /// The token.
    public let token: ResumeToken
    /// The snapshot at the sender, by its name when the token was made.
    public let snapshot: SnapshotName
    /// Its GUID.
    public let toGUID: UInt64
    /// The GUID of what the receiver had already; nil for a full stream.
    public let fromGUID: UInt64?
    /// Bytes that the receiver has.
    public let bytesReceived: UInt64

    /// Makes a state.
    public init(token: ResumeToken, snapshot: SnapshotName, toGUID: UInt64, fromGUID: UInt64?, bytesReceived: UInt64) {
        self.token = token
        self.snapshot = snapshot
        self.toGUID = toGUID
        self.fromGUID = fromGUID
        self.bytesReceived = bytesReceived
    }
}
