/// One line of `zpool iostat`: the space and traffic of a pool or device.
public struct IOStatistics: Hashable, Sendable {
    /// The pool, group or device.
    public let name: String
    /// Bytes in use; nil for what has no capacity of its own, such as a device inside a mirror.
    public let allocated: UInt64?
    /// Bytes free; nil for what has no capacity of its own.
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
    ///
    /// Of what has no capacity the line has two zeros (`zpool_main.c`, print_vdev_stats): used and free together are
    /// the capacity, which is never zero where there is one.
    /// - Throws: `OutputError` unless there are a name and six numbers.
    init(_ line: ArraySlice<UInt8>) throws(OutputError) {
        var fields = try Fields(line, count: 7)
        name = fields.text()
        let used = try fields.optionalNumber()
        let rest = try fields.optionalNumber()
        let hasCapacity = used != 0 || rest != 0
        allocated = hasCapacity ? used : nil
        free = hasCapacity ? rest : nil
        readOperations = try fields.optionalNumber()
        writeOperations = try fields.optionalNumber()
        readBytes = try fields.optionalNumber()
        writtenBytes = try fields.optionalNumber()
    }
}
