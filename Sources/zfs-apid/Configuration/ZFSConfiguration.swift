/// How `zfs` and `zpool` are run.
struct ZFSConfiguration: Sendable, Hashable {
    /// Folders searched for `zfs` and `zpool`, in order; each an absolute path.
    var path = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
    /// How many child processes run at once.
    var maxProcesses = 12
    /// How many calls may wait for a place; more are refused.
    var queue = 1024
    /// How long one command may take, in seconds.
    var deadline = 60
    /// Whether identical reads that come at the same time share one process.
    var shareReads = true
}
