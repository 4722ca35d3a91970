/// Where the bytes of a stream come from.
public enum StreamSource: Sendable {
    /// A connected socket, a pipe or a file, read to its end; blocking or not.
    case descriptor(Descriptor)
    /// The content of an HTTP message. When it ends before it is whole, the processes are stopped before the end of their
    /// input can look like the end of the stream.
    case body(MessageBody)
    /// Called for one piece after the other; nil is the end. When it throws, the processes are stopped before the end of
    /// their input can look like the end of the stream.
    case reader(@Sendable () async throws -> ArraySlice<UInt8>?)
}
