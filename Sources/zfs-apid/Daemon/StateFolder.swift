import Glibc

/// The folder of what must outlive the daemon.
enum StateFolder {
    /// Makes it with mode 0700 unless it is there; its parent must exist.
    static func prepare(_ path: String) throws(DaemonError) {
        guard unsafe mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        let reason = unsafe String(cString: strerror(errno))
        throw DaemonError(
            description: "cannot make the state folder \(path): \(reason); make it, or set state_dir to another one")
    }
}
