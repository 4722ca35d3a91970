/// One `zfs` or `zpool` invocation as a value: typed fields in, `arguments` out.
///
/// ```swift
/// let command = ZFS.Destroy(try DatasetName("tank/old"), recursive: true)
/// command.arguments // ["destroy", "-r", "tank/old"]
/// ```
///
/// Every operand is a parsed type, none of which can start with `-`, so that no operand is taken for an option: glibc's
/// `getopt` permutes, and OpenZFS does not always accept `--`.
public protocol Command: Sendable, Hashable {
    /// The program that takes the arguments.
    static var program: Program { get }

    /// Everything after the program's name, in order.
    var arguments: [String] { get }

    /// Whether the command only reads. Identical reads may share one execution.
    var isRead: Bool { get }

    /// The pool that the command works on, where it is just one; a pool that hangs then holds up its own commands only.
    var pool: PoolName? { get }
}

/// The programs of OpenZFS that have commands here.
public enum Program: String, Sendable, Hashable, CaseIterable {
    /// `zfs(8)`: datasets.
    case zfs
    /// `zpool(8)`: pools.
    case zpool
}

/// The commands of `zfs(8)`, one type for each.
public enum ZFS {}

/// The commands of `zpool(8)`, one type for each.
public enum ZPool {}
