/// How `zfs` and `zpool` are run: `zfs`.
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

    mutating func read(_ section: ConfigurationSection) {
        path = section.list("path", .searchedFolder) ?? path
        section.integer("max_processes", 1...1024, into: &maxProcesses)
        section.integer("queue", 0...1_000_000, into: &queue)
        section.integer("deadline", 1...86_400, into: &deadline)
        section.flag("share_reads", into: &shareReads)
    }
}
