import ZFSAPIClient

/// What a user of the command line does about an error, by its reason.
///
/// The daemon's own message speaks of parameters; this speaks of options.
enum Remedy {
    private static let byReason = [
        "already_exists": "Choose another name.",
        "authentication_required": "Log in with: zfs-api login",
        "busy": "Wait for its user, or look for one; then try again.",
        "created_not_mounted": "The file system is there. Mount it with: zfs-api dataset mount NAME",
        "dataset_not_found": "See: zfs-api dataset list",
        "destination_diverged":
            "Choose another destination, or pass --on-conflict keep or --on-conflict rollback.",
        "destination_exists": "Choose another destination; receive takes --force, migrate --on-conflict keep.",
        "destination_modified": "Roll the destination back, or pass --force to receive, which loses the changes.",
        "has_children": "Pass --recursive to destroy them too.",
        "has_clones": "Promote or destroy the clones; dataset destroy takes --dependents, snapshot destroy --defer.",
        "held": "See: zfs-api hold list SNAPSHOT; release them, or pass --defer.",
        "host_key_refused": "Check the key of the host, then put it into ssh.known_hosts_file of the daemon.",
        "host_login_refused": "Add the key of the daemon (ssh.identity_file) to authorized_keys on that host.",
        "host_unreachable": "See that the host runs and that its sshd answers.",
        "key_not_loaded": "Load it with: zfs-api dataset load-key NAME",
        "method_not_found": "See: zfs-api call --list",
        "newer_snapshots": "Pass --destroy-newer to destroy them too.",
        "no_common_snapshot": "Choose another destination, or destroy this one.",
        "no_space": "Free space in the pool, or raise the quota.",
        "no_users": "Configure auth.users of the daemon, and make a hash with: zfs-apid hash-password",
        "not_allowed": "Ask for the role that the message names.",
        "outside_subtrees": "Name a dataset within the subtrees that the message lists.",
        "overloaded": "Try again in a moment.",
        "parent_not_found": "Create the parent first, or pass --parents.",
        "permission_denied": "Run the daemon as root, or see: zfs-apid check-permissions",
        "pool_not_found": "See: zfs-api pool list; a pool is made by zpool create on its machine.",
        "pool_suspended": "Bring the devices back, then run zpool clear on that machine.",
        "resume_conflict":
            "Finish the part that is there, drop it with: zfs-api receive --abort, or pass --on-conflict rollback.",
        "scrub_running": "Wait, or stop it with: zfs-api pool scrub --stop POOL",
        "snapshot_exists": "Choose another name, or name it after the time with --tag.",
        "snapshot_not_found": "See: zfs-api snapshot list DATASET",
        "stream_cut": "Try again; a receive that was resumable goes on with --resume-token.",
        "task_not_found": "See: zfs-api task list",
        "token_expired": "Log in again with: zfs-api login",
        "token_invalid": "Log in again with: zfs-api login, or make a new transfer token.",
        "token_revoked": "Log in again with: zfs-api login",
        "would_shrink": "Pass --allow-shrink; what is beyond the new size is lost.",
        "zfs_unavailable": "Install OpenZFS on the machine of the daemon, load its module, or set zfs.path.",
    ]

    /// The sentence; nil when the message says it all.
    static func of(_ error: ClientError) -> String? {
        if let token = error.resumeToken { return "What came is kept. Send the rest with: --resume-token \(token)" }
        if let text = byReason[error.reason] { return text }
        if error.kind == .rateLimited {
            let seconds = error.retryAfter.flatMap { Int(exactly: $0.rounded(.up)) }
            return seconds.map { "Try again in \($0) s." } ?? "Try again in a minute."
        }
        if !error.isRetryable, ["connection_lost", "no_answer"].contains(error.reason) {
            return "Look whether it has happened before you try again."
        }
        return error.isRetryable ? "Try again in a moment." : nil
    }
}
