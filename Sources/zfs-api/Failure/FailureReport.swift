import ArgumentParser
import ZFSAPIClient

/// Says on standard error what went wrong, and what to do.
enum FailureReport {
    /// Reports an error.
    /// - Returns: What ends the command with the right code.
    static func report(_ error: any Error, _ output: Output) -> any Error {
        switch error {
        case let error as ClientError:
            write(Report(error), output)
            return CommandExit(error.kind).code
        case let error as CommandFailure:
            write(Report(message: error.message, hint: error.hint), output)
            return error.exit.code
        default: return error
        }
    }

    private static func write(_ report: Report, _ output: Output) {
        if output.json {
            StandardError.write(Output.text(of: ["error": report], pretty: false) + "\n")
            return
        }
        let style = Style.standardError
        var lines = ["\(style.paint("zfs-api:", .red)) \(Printable.text(report.message))"]
        if !output.quiet {
            if let hint = report.hint { lines.append("\(style.paint("hint:", .yellow)) \(Printable.text(hint))") }
            let parts = [report.reason.map { "reason \($0)" }, report.requestID.map { "request \($0)" }]
            let known = parts.compactMap { $0 }
            if !known.isEmpty { lines.append(style.paint("(\(known.joined(separator: ", ")))", .faint)) }
        }
        StandardError.write(lines.joined(separator: "\n") + "\n")
    }

    private struct Report: Encodable {
        let message: String
        var hint: String?
        var kind: String?
        var code: Int?
        var reason: String?
        var retryable: Bool?
        var requestID: String?
        var details: [String: JSONValue]?
        var stderr: String?

        init(message: String, hint: String?) {
            self.message = message
            self.hint = hint
        }

        init(_ error: ClientError) {
            message = error.message
            hint = Remedy.of(error)
            kind = error.kind.description
            code = error.code
            reason = error.reason.isEmpty ? nil : Printable.text(error.reason)
            retryable = error.isRetryable
            requestID = error.requestID.map(Printable.text)
            details = error.details.isEmpty ? nil : error.details
            stderr = error.stderr
        }

        private enum CodingKeys: String, CodingKey {
            case message, hint, kind, code, reason, retryable, details, stderr
            case requestID = "request_id"
        }
    }
}
