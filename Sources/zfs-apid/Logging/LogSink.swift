import AsyncZFSExecutor
import CLinux
import Glibc
import Logging
import Synchronization

/// Standard error as the place of log lines.
///
/// Lines are collected and written by a thread of their own, so that a request never waits for whoever reads the log.
/// When that reader falls behind by more than ``capacity``, lines are dropped and counted instead of kept.
///
/// ## Concurrency
/// Any thread may write. `waiting` is held for an append only, `turn` while lines are written.
final class LogSink: Sendable {
    private struct Waiting {
        var lines: [UInt8] = []
        var dropped = 0
    }

    /// The most bytes that wait to be written.
    static let capacity = 1 << 20
    /// What one write(2) takes at most: more than PIPE_BUF could mix with the lines of another process (pipe(7)).
    private static let pieceBytes = 4096
    /// How long lines may wait for company, in microseconds.
    private static let gathering: UInt32 = 2000

    /// How lines look.
    let format: LogFormat
    /// Whether standard error is the journal, which reads a priority in front of each line.
    let isJournal: Bool
    /// The time of lines.
    let clock = LogClock()
    private let currentLevel: Mutex<Logger.Level>
    private let waiting = Mutex(Waiting())
    private let turn = Mutex(())
    private let wakeup: Int32

    /// Compares standard error with `$JOURNAL_STREAM`, "device:inode" (systemd.exec(5)), and starts the thread.
    init(_ configuration: LoggingConfiguration, journalStream: String?) throws(LogSinkError) {
        format = configuration.format
        currentLevel = Mutex(configuration.level)
        var status = stat()
        isJournal =
            unsafe fstat(STDERR_FILENO, &status) == 0 && journalStream == "\(status.st_dev):\(status.st_ino)"
        wakeup = clinux_eventfd()
        guard wakeup >= 0 else { throw LogSinkError() }
        guard OwnThread.start({ [self] in run() }) == 0 else { throw LogSinkError() }
    }

    /// The lowest level that is written; a reload may change it.
    var level: Logger.Level {
        get { currentLevel.withLock { $0 } }
        set { currentLevel.withLock { $0 = newValue } }
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

    /// Takes a line, newline included; it is written within milliseconds, after those that were taken before it.
    func write(_ line: [UInt8]) {
        let isFirst = waiting.withLock { waiting in
            guard waiting.lines.count + line.count <= Self.capacity else {
                waiting.dropped += 1
                return false
            }
            defer { waiting.lines += line }
            return waiting.lines.isEmpty
        }
        guard isFirst else { return }
        var one: UInt64 = 1
        _ = unsafe Glibc.write(wakeup, &one, 8)
    }

    /// Writes what waits, before the process ends; gives up after a second when nobody reads.
    func flush() {
        for _ in 0..<100 {
            if turn.withLockIfAvailable({ _ in drain(patience: 1000) }) != nil { return }
            usleep(10_000)
        }
    }

    /// The thread, which ends with the process.
    private func run() {
        while true {
            var ready = pollfd(fd: wakeup, events: Int16(POLLIN), revents: 0)
            var value: UInt64 = 0
            _ = unsafe poll(&ready, 1, -1)
            _ = unsafe Glibc.read(wakeup, &value, 8)
            usleep(Self.gathering)
            turn.withLock { _ in drain(patience: -1) }
        }
    }

    /// Writes what waits; `patience` is how many milliseconds the reader may take for each piece, -1 for ever.
    private func drain(patience: Int32) {
        let (lines, dropped) = waiting.withLock { waiting in
            defer { waiting = Waiting() }
            return (waiting.lines, waiting.dropped)
        }
        var rest = lines[...]
        while !rest.isEmpty {
            var piece = rest.prefix(Self.pieceBytes)
            if piece.count < rest.count, let newline = piece.lastIndex(of: UInt8(ascii: "\n")) {
                piece = piece[...newline]
            }
            var writable = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
            guard unsafe poll(&writable, 1, patience) != 0 else { return }
            let count = unsafe piece.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // A log that cannot be written is lost: a daemon must not stop because its log has no place.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
        guard dropped > 0 else { return }
        var line = LogLine(sink: self, level: .warning, message: "log lines were dropped, nobody read them in time")
        line.add("count", dropped)
        write(line.bytes)
    }
}

/// The thread that writes the log cannot be had.
struct LogSinkError: Error, CustomStringConvertible {
    var description: String { "cannot start writing a log: the machine has no thread or descriptor to give" }
}
