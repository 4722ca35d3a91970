import CLinux

/// What a process with secrets in its memory does first.
enum ProcessProtection {
    /// Forbids core dumps and reading the memory from outside, and takes as many descriptors as are allowed.
    ///
    /// None of it can fail by the rules of prctl(2) and setrlimit(2); where a sandbox forbids it, the daemon still runs.
    /// - Returns: What could not be done, for the log.
    static func apply() -> [String] {
        var failed: [String] = []
        if clinux_protect_memory() != 0 { failed.append("forbid core dumps") }
        if clinux_raise_descriptor_limit() != 0 { failed.append("raise the limit of open files") }
        return failed
    }
}
