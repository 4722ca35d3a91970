import Testing

@testable import Redis

@Suite struct ReplyReaderTests {
    private func replies(
        _ text: String, pieces: Int = 1, replyBytes: Int = 1 << 20
    ) throws -> [RedisReply] {
        let reader = try #require(ReplyReader(replyBytes: replyBytes))
        var found: [RedisReply] = []
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: max(1, bytes.count / pieces)) {
            let piece = Array(bytes[start..<min(bytes.count, start + max(1, bytes.count / pieces))])
            try unsafe piece.withUnsafeBytes { try unsafe reader.feed($0) }
            while let reply = try reader.next() { found.append(reply) }
        }
        return found
    }

    @Test(arguments: [1, 3, 1000])
    func `reads every type, in pieces of any size`(pieces: Int) throws {
        let text =
            "+OK\r\n-ERR no\r\n:-7\r\n$3\r\na\u{0}b\r\n$-1\r\n*-1\r\n"
            + "*3\r\n:1\r\n*1\r\n$0\r\n\r\n-ERR in\r\n*0\r\n"
        let found = try replies(text, pieces: pieces)
        #expect(
            found == [
                .simple("OK"), .error("ERR no"), .integer(-7), .bulk([97, 0, 98]), .null, .null,
                .array([.integer(1), .array([.bulk([])]), .error("ERR in")]), .array([]),
            ])
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\n", "\0\0\0\0", "$x\r\n", "*x\r\n", ":1x\r\n", "$-2\r\n", "*-2\r\n",
        "*99999999999\r\n", "*2147483647\r\n", "*1048577\r\n", "$99999999999999999999\r\n",
        String(repeating: "*1\r\n", count: 12),
    ])
    func `refuses what is not the protocol, or asks for too much memory`(text: String) {
        #expect { try replies(text) } throws: { error in
            guard case RedisError.protocolError = error else { return false }
            return true
        }
    }

    @Test func `refuses a reply above the bound, whole or not`() {
        let big = "$2000\r\n" + String(repeating: "x", count: 2000) + "\r\n"
        for text in [big, String(big.prefix(1500)), "+" + String(repeating: "x", count: 1200)] {
            #expect(throws: RedisError.self) { try replies(text, replyBytes: 1000) }
        }
    }

    @Test func `many replies together may be larger than the bound`() throws {
        let one = "$100\r\n" + String(repeating: "x", count: 100) + "\r\n"
        let found = try replies(String(repeating: one, count: 100), replyBytes: 200)
        #expect(found.count == 100)
    }
}
