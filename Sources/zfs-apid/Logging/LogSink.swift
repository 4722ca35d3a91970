import Glibc
import Logging

/// Standard error as the place of log lines.
struct LogSink: Sendable {
    /// Whether standard error is the journal, which reads a priority in front of each line.
    let isJournal: Bool

    /// Compares standard error with `$JOURNAL_STREAM`, "device:inode" (systemd.exec(5)).
    init(journalStream: String?) {
        var status = stat()
        guard let journalStream, unsafe fstat(STDERR_FILENO, &status) == 0 else {
            isJournal = false
            return
        }
        isJournal = journalStream == "\(status.st_dev):\(status.st_ino)"
    }

    /// The first bytes of a line: the priority of sd-daemon(3), or nothing.
    func prefix(for level: Logger.Level) -> [UInt8] {
        guard isJournal else { return [] }
        let priority =
            switch level {
            case .trace, .debug: 7
            case .info: 6
            case .notice: 5
            case .warning: 4
            case .error: 3
            case .critical: 2
            }
        return Array("<\(priority)>".utf8)
    }

    /// Writes a line, newline included, in one write(2), so that lines of several threads never mix.
    ///
    /// A line that cannot be written is lost: a daemon must not stop because nobody reads its log.
    func write(_ line: [UInt8]) {
        unsafe line.withUnsafeBytes { bytes in
            _ = unsafe Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
