/// Who gets or loses permissions with `zfs allow` and `zfs unallow`.
public enum Grantee: Sendable, Hashable {
    /// `-u`: users, at least one.
    case users([UserName])
    /// `-g`: groups, at least one.
    case groups([UserName])
    /// `-e`: everyone.
    case everyone
    /// `-c`: whoever makes a dataset below, on that dataset.
    case creator
    /// `-s`: a set of permissions, which stands for them elsewhere.
    case set(PermissionSetName)

    var words: [String] {
        switch self {
        case .users(let names): ["-u", names.map(\.text).joined(separator: ",")]
        case .groups(let names): ["-g", names.map(\.text).joined(separator: ",")]
        case .everyone: ["-e"]
        case .creator: ["-c"]
        case .set(let name): ["-s", name.text]
        }
    }
}
