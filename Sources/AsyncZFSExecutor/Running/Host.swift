public import ZFSCommandBuilder

/// Where a command runs.
public enum Host: Hashable, Sendable {
    /// On this machine.
    case local
    /// On another machine, through OpenSSH's client.
    case ssh(SSHDestination)
}

/// A machine that is reached by ssh, and how.
public struct SSHDestination: Hashable, Sendable {
    /// Host name or address, with a user if need be.
    public var host: SSHHost
    /// TCP port; nil is ssh's default, 22.
    public var port: UInt16?
    /// The private key to use; nil leaves the choice to ssh.
    public var identityFile: AbsolutePath?
    /// The known host keys; nil is ssh's default, and a host that is not in it is refused.
    public var knownHostsFile: AbsolutePath?

    /// Makes a destination.
    public init(
        _ host: SSHHost,
        port: UInt16? = nil,
        identityFile: AbsolutePath? = nil,
        knownHostsFile: AbsolutePath? = nil
    ) {
        self.host = host
        self.port = port
        self.identityFile = identityFile
        self.knownHostsFile = knownHostsFile
    }

    /// The arguments of `ssh` that run programs over there, each of which reads what the one before it writes (`ssh(1)`,
    /// `ssh_config(5)`).
    ///
    /// Nothing is read from configuration files, nothing is asked, nothing is forwarded, and a host key that is unknown or
    /// changed ends the attempt.
    /// - Throws: `ExecutionError.invalidArgument` for a path that ssh would expand or split.
    func arguments(running programs: [[String]]) throws(ExecutionError) -> [String] {
        for path in [identityFile, knownHostsFile].compactMap({ $0?.text })
        where path.utf8.contains(where: { byte in #"%$~"\ "#.utf8.contains(byte) }) {
            throw .invalidArgument(path)
        }
        var list = [
            "-F", "/dev/null", "-T", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes",
            "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3",
            "-o", "PermitLocalCommand=no", "-o", "ClearAllForwardings=yes",
        ]
        if let port { list += ["-p", String(port)] }
        if let identityFile { list += ["-o", "IdentitiesOnly=yes", "-i", identityFile.text] }
        if let knownHostsFile {
            list += ["-o", "UserKnownHostsFile=\(knownHostsFile.text)", "-o", "GlobalKnownHostsFile=/dev/null"]
        }
        return list + ["--", host.text, programs.map(ShellWord.join).joined(separator: " | ")]
    }
}
