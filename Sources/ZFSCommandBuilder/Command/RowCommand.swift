/// A command that prints one record a line, so that its output can be decoded while it still runs.
public protocol RowCommand: ReportingCommand where Output == [Row] {
    /// What one line says.
    associatedtype Row: Sendable

    /// Decodes one line, without its newline.
    /// - Throws: `OutputError` when the line does not have the fields that the options ask for.
    func decodeRow(_ line: ArraySlice<UInt8>) throws(OutputError) -> Row
}

extension RowCommand {
    /// Decodes every line.
    /// - Throws: `OutputError` for the first line that does not have the fields that the options ask for.
    public func decode(_ output: [UInt8]) throws(OutputError) -> [Row] {
        var rows: [Row] = []
        for line in output.split(separator: 0x0A) {
            rows.append(try decodeRow(line))
        }
        return rows
    }
}
