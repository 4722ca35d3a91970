@testable import ZFSCommandBuilder

/// Every type that can stand in an argument list, with its parser.
enum OperandKind: String, CaseIterable, Sendable {
    case pool, dataset, component, snapshot, bookmark, reference, property, value, tag, guid, token, host, path, user
    case permission, permissionSet, size, redaction, scriptArgument, mountOption, keyLocation

    /// The text as the type gives it back.
    func parse(_ text: String) throws(NameError) -> String {
        switch self {
        case .pool: try PoolName(text).text
        case .dataset: try DatasetName(text).text
        case .component: try ComponentName(text).text
        case .snapshot: try SnapshotName(text).text
        case .bookmark: try BookmarkName(text).text
        case .reference: try DatasetReference(text).text
        case .property: try PropertyName(text).text
        case .value: try PropertyValue(text).text
        case .tag: try HoldTag(text).text
        case .guid: try GUID(text).text
        case .token: try ResumeToken(text).text
        case .host: try SSHHost(text).text
        case .path: try AbsolutePath(text).text
        case .user: try UserName(text).text
        case .permission: try Permission(text).text
        case .permissionSet: try PermissionSetName(text).text
        case .size: try Size(text).text
        case .redaction: try RedactionBookmark(text).text
        case .scriptArgument: try ScriptArgument(text).text
        case .mountOption: try MountOption(text).text
        case .keyLocation: try KeyLocation(text).text
        }
    }
}
