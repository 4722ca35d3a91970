import AsyncZFSExecutor
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

    /// A folder in it for the sockets of shared ssh connections, made with mode 0700; nil when ssh cannot take its path.
    static func sshSockets(in path: String) throws(DaemonError) -> String? {
        let folder = path + "/ssh"
        guard SSHDestination.takesControlFolder(folder) else { return nil }
        try prepare(folder)
        return folder
    }
}
