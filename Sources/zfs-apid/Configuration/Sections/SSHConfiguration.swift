import ZFSCommandBuilder
import ZFSRPC

/// How other hosts are reached for migrations: `ssh`.
struct SSHConfiguration: Sendable, Hashable {
    /// The user there; nil is the daemon's own.
    var user: String?
    var port = 22
    /// File of the private key; nil leaves the choice to ssh.
    var identityFile: String?
    /// File of the known host keys; nil is ssh's default.
    var knownHostsFile: String?
    /// MiB of memory where a stream is received; 0 is none.
    var receiveBuffer = 128

    mutating func read(_ section: ConfigurationSection) {
        section.text("user", .word, into: &user)
        section.integer("port", 1...65_535, into: &port)
        section.text("identity_file", .path, into: &identityFile)
        section.text("known_hosts_file", .path, into: &knownHostsFile)
        section.integer("receive_buffer", 0...1024, into: &receiveBuffer)
    }

    /// As migrations take it.
    ///
    /// - Parameter folder: For the sockets of shared connections; nil shares none.
    func settings(sharingIn folder: String?) throws -> SSHSettings {
        SSHSettings(
            user: user, port: UInt16(clamping: port), identityFile: try identityFile.map { try AbsolutePath($0) },
            knownHostsFile: try knownHostsFile.map { try AbsolutePath($0) },
            receiveBuffer: receiveBuffer, controlFolder: try folder.map { try AbsolutePath($0) })
    }
}
