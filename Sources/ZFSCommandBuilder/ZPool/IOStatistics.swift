/// One line of `zpool iostat`: the space and traffic of a pool or device.
public struct IOStatistics: Hashable, Sendable {
    /// The pool, group or device.
    public let name: String
    /// Bytes in use; zero for a device inside a group.
    public let allocated: UInt64?
    /// Bytes free; zero for a device inside a group.
    public let free: UInt64?
    /// Reads a second.
    public let readOperations: UInt64?
    /// Writes a second.
    public let writeOperations: UInt64?
    /// Bytes read a second.
    public let readBytes: UInt64?
    /// Bytes written a second.
    public let writtenBytes: UInt64?

    /// Reads one line of `zpool iostat -H -p`; a number is nil where the line has `-`.
    /// - Throws: `OutputError` unless there are a name and six numbers.
    init(_ line: ArraySlice<UInt8>) throws(OutputError) {
        var fields = try Fields(line, count: 7)
        name = fields.text()
        allocated = try fields.optionalNumber()
        free = try fields.optionalNumber()
        readOperations = try fields.optionalNumber()
        writeOperations = try fields.optionalNumber()
        readBytes = try fields.optionalNumber()
        writtenBytes = try fields.optionalNumber()
    }
}
