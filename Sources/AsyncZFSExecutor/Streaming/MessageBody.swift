/// The body of an HTTP/1.1 message that comes over a socket (RFC 9112, section 6).
public struct MessageBody: Sendable {
    /// The connection.
    public let socket: Descriptor
    /// What was read of it already behind the head of the message.
    public let begun: [UInt8]
    /// How many bytes it has; nil when it comes in chunks.
    public let length: UInt64?

    /// Makes a body.
    /// - Parameters:
    ///   - socket: The connection.
    ///   - begun: What was read of it already behind the head of the message.
    ///   - length: How many bytes the body has (Content-Length); nil when it comes in chunks.
    public init(socket: Descriptor, begun: [UInt8], length: UInt64?) {
        self.socket = socket
        self.begun = begun
        self.length = length
    }

    /// The first bytes of the content, as far as they are among bytes of the connection behind the head.
    /// - Throws: `StreamError.sourceInvalid` when they are no body.
    public func content(of bytes: [UInt8], atMost most: Int) throws(StreamError) -> [UInt8] {
        var framing = BodyFraming(length: length)
        var rest = bytes[...]
        var content: [UInt8] = []
        while content.count < most, !rest.isEmpty {
            switch framing.next {
            case .content(let count):
                let piece = rest.prefix(min(count, most - content.count))
                content += piece
                framing.takeContent(piece.count)
                rest = rest.dropFirst(piece.count)
            case .marks: rest = rest.dropFirst(try framing.takeMarks(rest))
            case .end: return content
            }
        }
        return content
    }
}
