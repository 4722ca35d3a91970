internal import CHiredis

/// Reads replies out of a stream of bytes, with libhiredis.
///
/// ## Concurrency
/// Used by one connection, on its event loop.
@safe
final class ReplyReader {
    /// An array may have this many elements: libhiredis takes memory for all of them when it reads their number.
    static let arrayElements = 1 << 20

    private let reader: UnsafeMutablePointer<redisReader>
    private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
    private let replyBytes: Int
    /// Bytes that came since the last whole reply.
    private var unfinishedBytes = 0

    /// Takes memory for a reader of replies of at most `replyBytes`.
    init?(replyBytes: Int) {
        guard let reader = unsafe redisReaderCreate(), let defaults = unsafe reader.pointee.fn else { return nil }
        unsafe self.reader = unsafe reader
        unsafe functions = .allocate(capacity: 1)
        unsafe functions.initialize(to: defaults.pointee)
        unsafe functions.pointee.createArray = { task, count in
            guard count <= ReplyReader.arrayElements else { return nil }
            return unsafe createDefaultArray?(task, count)
        }
        unsafe reader.pointee.fn = unsafe functions
        self.replyBytes = replyBytes
    }

    deinit {
        unsafe redisReaderFree(reader)
        unsafe functions.deallocate()
    }

    /// Takes bytes as they came.
    func feed(_ bytes: UnsafeRawBufferPointer) throws(RedisError) {
        unfinishedBytes += bytes.count
        let text = unsafe bytes.assumingMemoryBound(to: CChar.self)
        guard unsafe redisReaderFeed(reader, text.baseAddress, text.count) == REDIS_OK else { throw fault }
    }

    /// The next whole reply, or nil until more bytes come.
    func next() throws(RedisError) -> RedisReply? {
        var object: UnsafeMutableRawPointer?
        guard unsafe redisReaderGetReply(reader, &object) == REDIS_OK else { throw fault }
        guard let reply = unsafe object else {
            guard unfinishedBytes <= replyBytes else {
                throw .protocolError("a reply is larger than \(replyBytes) bytes")
            }
            return nil
        }
        defer { unsafe freeReplyObject(reply) }
        let rest = unsafe reader.pointee.len - reader.pointee.pos
        guard unfinishedBytes - rest <= replyBytes else {
            throw .protocolError("a reply is larger than \(replyBytes) bytes")
        }
        unfinishedBytes = rest
        return unsafe Self.value(of: reply.assumingMemoryBound(to: redisReply.self))
    }

    private var fault: RedisError {
        // The text may quote a byte of what came, which is the server's and not ours: only the kind is told.
        unsafe reader.pointee.err == REDIS_ERR_OOM
            ? .protocolError("a reply asks for too much memory") : .protocolError("it is not the Redis protocol")
    }

    /// Copies a reply; libhiredis reads at most seven arrays in each other, so this cannot run out of stack.
    private static func value(of pointer: UnsafeMutablePointer<redisReply>) -> RedisReply {
        let reply = unsafe pointer.pointee
        switch unsafe reply.type {
        case REDIS_REPLY_STATUS:
            return unsafe .simple(String(decoding: bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ERROR:
            return unsafe .error(String(decoding: bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_INTEGER:
            return unsafe .integer(reply.integer)
        case REDIS_REPLY_STRING:
            return unsafe .bulk([UInt8](bytes(of: reply)))
        case REDIS_REPLY_ARRAY:
            let elements = unsafe UnsafeBufferPointer(start: reply.element, count: reply.elements)
            return unsafe .array(elements.map { unsafe $0.map { unsafe value(of: $0) } ?? .null })
        default:
            return .null
        }
    }

    private static func bytes(of reply: redisReply) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: reply.str, count: reply.len)
    }
}

/// How libhiredis itself makes an array.
private let createDefaultArray: (@convention(c) (UnsafePointer<redisReadTask>?, Int32) -> UnsafeMutableRawPointer?)? = {
    guard let reader = unsafe redisReaderCreate() else { return nil }
    defer { unsafe redisReaderFree(reader) }
    return unsafe reader.pointee.fn?.pointee.createArray
}()
