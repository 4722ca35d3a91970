/// A `zfs` or `zpool` run that failed, understood as far as its standard error allows.
///
/// The text is read by its structure (see `FailurePattern`), so a dataset that is named like an error does not change
/// the reason. Run the program with `LC_ALL=C`: a translated text is `operation_failed`.
public struct CommandFailure: Error, Hashable, Sendable {
    /// How the program ended.
    public enum Status: Hashable, Sendable {
        /// It ended by itself, with this status: 1 is a failure, 2 a usage error, but also some plain failures.
        case exited(Int32)
        /// This signal ended it.
        case signalled(Int32)
    }

    /// Why it failed.
    public let reason: FailureReason
    /// The name that the message is about, as the program printed it, if it gave one.
    public let subject: String?
    /// What the program said, one line without the heading that repeats the action and the subject.
    public let message: String
    /// The names listed after the message (children, clones, newer snapshots), at most 100.
    public let names: [String]
    /// The token with which a broken receive can go on, when the program printed the whole of it.
    ///
    /// libzfs cuts its messages at 1023 bytes; the property `receive_resume_token` has every token.
    public let resumeToken: String?
    /// Standard error, or the first and the last 16 KiB of it; without the page of usage after a usage error.
    ///
    /// Invalid UTF-8 is replaced, control characters other than tab and newline are shown as `\xNN`.
    public let standardError: String
    /// How the program ended.
    public let status: Status

    /// Reads the standard error of a run that failed.
    /// - Parameters:
    ///   - program: The program that ran.
    ///   - arguments: Its arguments, the subcommand first.
    ///   - status: How it ended.
    ///   - standardError: What it wrote to standard error, whole or cut.
    public init(program: Program, arguments: [String], status: Status, standardError: [UInt8]) {
        let report = FailureReport(standardError)
        let match = report.findMessage(subcommand: arguments.first)
        let subject = match?.subject.map { report.text($0) }
        var message = match.map { report.firstLine($0.message) } ?? report.firstLine(0..<report.bytes.count)
        if message.isEmpty { message = Self.describe(status) }
        var reason = Self.refine(match?.reason ?? .operationFailed, program, subject)
        // `zfs bookmark` names the new bookmark when the dataset that it would belong to is not there.
        if reason == .bookmarkNotFound, arguments.first == "bookmark" { reason = .datasetNotFound }
        // libzfs calls abort() after printing an error number that it does not know: that is a failure like others.
        if case .signalled(let signal) = status, signal != Self.abortSignal {
            reason = signal == Self.brokenPipeSignal && program == .zfs ? .readerGone : .killedBySignal
            message = Self.describe(status)
        }
        self.reason = reason
        self.subject = subject
        self.message = message
        self.names = match.map { report.names(after: $0) } ?? []
        self.resumeToken = match.flatMap { report.resumeToken(after: $0) }
        self.standardError = report.text(status == .exited(2) ? report.beforeUsage : 0..<report.bytes.count)
        self.status = status
    }

    /// `SIGABRT` of Linux, `signal(7)`.
    private static let abortSignal: Int32 = 6
    /// `SIGPIPE` of Linux, `signal(7)`: what ends `zfs send` when nobody reads its stream any more.
    private static let brokenPipeSignal: Int32 = 13

    private static func describe(_ status: Status) -> String {
        switch status {
        case .exited(let code): "the program ended with status \(code) and said nothing"
        case .signalled(let signal): "signal \(signal) ended the program"
        }
    }

    /// libzfs has one text for whatever does not exist; the program and the form of the name tell what it was.
    private static func refine(_ reason: FailureReason, _ program: Program, _ subject: String?) -> FailureReason {
        guard reason == .datasetNotFound || reason == .poolNotFound else { return reason }
        if program == .zpool { return .poolNotFound }
        guard let subject else { return reason }
        if subject.utf8.contains(0x40) { return .snapshotNotFound }
        if subject.utf8.contains(0x23) { return .bookmarkNotFound }
        return subject.utf8.contains(0x2F) ? .datasetNotFound : reason
    }
}

extension CommandFailure: CustomStringConvertible {
    /// The reason, the subject and the message in one line.
    public var description: String {
        subject.map { "\(reason.rawValue): \($0): \(message)" } ?? "\(reason.rawValue): \(message)"
    }
}
