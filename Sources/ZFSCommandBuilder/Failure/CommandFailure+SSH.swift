extension CommandFailure {
    /// The status of `ssh` for an error of its own (`ssh(1)`), and that of a shell or `env` for a program that is not there
    /// (POSIX, Shell Command Language).
    private static let sshFailed: Int32 = 255, programMissing: Int32 = 127

    /// Reads how `ssh` failed to run a program at all; nil when what it tells is the program's own failure.
    /// - Parameters:
    ///   - host: The host.
    ///   - status: How `ssh` ended.
    ///   - standardError: What it wrote to standard error, that of the program included.
    public init?(reaching host: SSHHost, status: Status, standardError: [UInt8]) {
        // The lines of ssh end with CR LF.
        let report = FailureReport(standardError.filter { $0 != 0x0D })
        let lines = report.text(0..<report.bytes.count).split(whereSeparator: \.isNewline)
        let said = lines.last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
        switch status {
        case .exited(Self.sshFailed):
            reason =
                if lines.contains(where: { $0.contains("Host key verification failed") }) {
                    .hostKeyRefused
                } else if said?.contains("Permission denied (") == true {
                    .hostLoginRefused
                } else {
                    .hostUnreachable
                }
            // ssh has this status also for a program that a signal ended, and then says nothing.
            message = said ?? "the connection was lost, or a signal ended the program"
        case .exited(Self.programMissing):
            reason = .zfsUnavailable
            message = said ?? "a program is not there"
        default: return nil
        }
        subject = host.text
        names = []
        resumeToken = nil
        self.standardError = lines.joined(separator: "\n")
        self.status = status
    }
}
