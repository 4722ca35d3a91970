/// A command whose output has no machine form.
public protocol TextCommand: ReportingCommand where Output == String {}

extension TextCommand {
    /// The text as it is, with invalid UTF-8 replaced.
    public func decode(_ output: [UInt8]) throws(OutputError) -> String {
        String(decoding: output, as: UTF8.self)
    }
}
