public import ZFSCommandBuilder

/// Where a command runs.
public enum Host: Hashable, Sendable {
    /// On this machine.
    case local
    /// On another machine, through OpenSSH's client.
    case ssh(SSHDestination)

    /// The same machine by a connection of its own, for what takes long: what is shared is encrypted by one processor.
    public var unshared: Host {
        guard case .ssh(var destination) = self else { return self }
        destination.controlFolder = nil
        return .ssh(destination)
    }
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
    /// A folder that only the daemon can use, for the sockets of connections that several commands share, which stay for a
    /// minute (`ControlMaster`, `ControlPersist` of `ssh_config(5)`); nil is a connection for each command.
    public var controlFolder: AbsolutePath?

    /// Makes a destination.
    public init(
        _ host: SSHHost,
        port: UInt16? = nil,
        identityFile: AbsolutePath? = nil,
        knownHostsFile: AbsolutePath? = nil,
        controlFolder: AbsolutePath? = nil
    ) {
        self.host = host
        self.port = port
        self.identityFile = identityFile
        self.knownHostsFile = knownHostsFile
        self.controlFolder = controlFolder
    }

    /// The longest path of a folder for control sockets: ssh adds 40 digits, and 18 while it makes one, and the kernel takes
    /// 107 bytes (`unix(7)`).
    private static let longestControlFolder = 107 - 1 - 40 - 18

    /// Whether ssh can have its control sockets in a folder of this path.
    public static func takesControlFolder(_ path: String) -> Bool {
        path.utf8.count <= longestControlFolder && isPlain(path)
    }

    /// Whether ssh neither expands nor splits a path.
    private static func isPlain(_ path: String) -> Bool {
        !path.utf8.contains { byte in #"%$~"\ "#.utf8.contains(byte) }
    }

    /// The arguments of `ssh` that run programs over there, each of which reads what the one before it writes (`ssh(1)`,
    /// `ssh_config(5)`).
    ///
    /// Nothing is read from configuration files, nothing is asked, nothing is forwarded, and a host key that is unknown or
    /// changed ends the attempt.
    /// - Throws: `ExecutionError.invalidArgument` for a path that ssh would expand or split.
    func arguments(running programs: [[String]]) throws(ExecutionError) -> [String] {
        for path in [identityFile, knownHostsFile, controlFolder].compactMap({ $0?.text }) where !Self.isPlain(path) {
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
        if let controlFolder {
            list += [
                "-o", "ControlMaster=auto", "-o", "ControlPath=\(controlFolder.text)/%C", "-o", "ControlPersist=60",
            ]
        }
        return list + ["--", host.text, programs.map(ShellWord.join).joined(separator: " | ")]
    }
}
