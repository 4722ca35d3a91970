/// A command whose standard output says something, and that decodes it.
public protocol ReportingCommand: Command {
    /// What the command's standard output says.
    associatedtype Output: Sendable

    /// Decodes the whole standard output of a run that ended with status 0.
    /// - Throws: `OutputError` when the output does not have the form that this command's options ask for.
    func decode(_ output: [UInt8]) throws(OutputError) -> Output
}
