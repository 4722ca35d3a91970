import ArgumentParser

/// How the command ends, by the kind of error.
///
/// `Docs/zfs-api.md` lists them.
enum CommandExit: Int32, CaseIterable {
    /// OpenZFS refused or failed.
    case operationFailed = 1
    /// What was named does not exist.
    case notFound = 2
    /// The present state is in the way.
    case conflict = 3
    /// A stream broke off, or could not be sent or received.
    case transferFailed = 4
    /// A migration ended without success.
    case migrationFailed = 5
    /// The user said no, or could not be asked.
    case declined = 6
    /// It took too long.
    case timedOut = 7
    /// Somebody ended it.
    case cancelled = 8
    /// The command, a parameter, a name or a value is not legal.
    case usage = 64
    /// The daemon, ZFS or another host can not be reached or does not work.
    case unavailable = 69
    /// A fault of the daemon.
    case internalError = 70
    /// There were too many requests.
    case rateLimited = 75
    /// What came is nothing that zfs-apid says.
    case protocolError = 76
    /// There is no valid token, or it does not allow this.
    case denied = 77
    /// The configuration or a file of a token can not be used.
    case configuration = 78

    /// As ArgumentParser has it.
    var code: ExitCode { ExitCode(rawValue) }
}
