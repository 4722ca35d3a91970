/// What the receiver of an incremental stream has already.
public enum SendSource: Sendable, Hashable {
    /// `-i`: a snapshot; the stream holds the difference alone.
    case snapshot(SnapshotName)
    /// `-I`: a snapshot; the stream holds all snapshots in between.
    case intermediates(SnapshotName)
    /// `-i`: a bookmark; its snapshot may be gone at the sender.
    case bookmark(BookmarkName)

    var words: [String] {
        switch self {
        case .snapshot(let name): ["-i", name.text]
        case .intermediates(let name): ["-I", name.text]
        case .bookmark(let name): ["-i", name.text]
        }
    }
}
