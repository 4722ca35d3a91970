/// What a caller may do; each role may do what those before it may.
public enum Role: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Reads.
    case viewer
    /// Also snapshots, holds, bookmarks, sends, scrubs.
    case `operator`
    /// Everything.
    case admin

    /// Whether the left role may do less.
    public static func < (left: Role, right: Role) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .viewer: 0
        case .operator: 1
        case .admin: 2
        }
    }
}
