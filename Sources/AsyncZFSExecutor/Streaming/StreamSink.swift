/// Where the bytes of a stream go.
public enum StreamSink: Sendable {
    /// A connected socket, a pipe or a file; blocking or not. Bytes go there without passing through user space where the
    /// kernel can do that.
    ///
    /// A socket is neither closed nor half-closed when the stream ends, so that an end mark of a protocol can follow.
    case descriptor(Descriptor, framing: StreamFraming)
    /// Called with the pieces in order; the next piece is read when it returns. When it throws, the stream is stopped.
    case writer(@Sendable (ArraySlice<UInt8>) async throws -> Void)
}

/// How the bytes of a stream are marked on their way into a descriptor.
public enum StreamFraming: Sendable, Hashable {
    /// As they are.
    case none
    /// Chunks of 1 byte to 16 MiB, each after its length: 8 bytes, big-endian. Neither an end mark nor an error mark is
    /// written.
    case lengthPrefixed
    /// Chunks of RFC 9112 section 7.1; the last chunk is not written.
    case chunked
}
