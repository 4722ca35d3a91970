/// The body of an answer: JSON in memory, or in an unlinked file when it is large; whole before it is sent.
public struct ResponseBody: Sendable {
    /// Its media type.
    public private(set) var contentType = "application/json"
    /// The HTTP status that goes with it.
    public private(set) var status = 200
    /// Seconds until it makes sense to ask again, for `Retry-After`.
    public private(set) var retryAfter: Int?
    private var pieces: [Piece] = []
    /// Bytes in all.
    public private(set) var count = 0

    private enum Piece: Sendable {
        case bytes([UInt8])
        case spool(Spool)
    }

    init(_ bytes: [UInt8] = []) {
        append(bytes)
    }

    mutating func append(_ bytes: [UInt8]) {
        count += bytes.count
        pieces.append(.bytes(bytes))
    }

    mutating func append(_ spool: Spool) {
        count += spool.count
        pieces.append(.spool(spool))
    }

    mutating func append(_ other: ResponseBody) {
        count += other.count
        pieces += other.pieces
        contentType = other.contentType
    }

    mutating func setContentType(_ type: String) {
        contentType = type
    }

    mutating func setStatus(_ status: Int, retryAfter: Int? = nil) {
        self.status = status
        self.retryAfter = retryAfter
    }

    /// Hands over the bytes in order, in pieces of at most 256 KiB.
    /// - Throws: What `body` throws, or an error when the file can not be read: then the answer must be cut off.
    public func forEachChunk(_ body: (ArraySlice<UInt8>) async throws -> Void) async throws {
        for piece in pieces {
            switch piece {
            case .bytes(let bytes):
                var rest = bytes[...]
                while !rest.isEmpty {
                    try await body(rest.prefix(Spool.memoryLimit))
                    rest = rest.dropFirst(Spool.memoryLimit)
                }
            case .spool(let spool):
                var offset = 0
                while offset < spool.count {
                    let bytes = try spool.piece(at: offset)
                    try await body(bytes)
                    offset += bytes.count
                }
            }
        }
    }
}
