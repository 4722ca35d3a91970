import ZFSCommandBuilder

/// What a program printed, and what it must be understood as.
struct FailureCase: Sendable, CustomStringConvertible {
    let reason: FailureReason
    let subject: String?
    let text: String
    var program = Program.zfs

    init(_ reason: FailureReason, _ subject: String?, _ text: String, _ program: Program = .zfs) {
        self.reason = reason
        self.subject = subject
        self.text = text
        self.program = program
    }

    var description: String { text }

    var failure: CommandFailure { CommandFailure(text, program: program) }
}

extension CommandFailure {
    /// A run that ended with status 1.
    init(_ text: String, program: Program = .zfs, arguments: [String] = ["list"]) {
        self.init(program: program, arguments: arguments, status: .exited(1), standardError: Array(text.utf8))
    }
}
