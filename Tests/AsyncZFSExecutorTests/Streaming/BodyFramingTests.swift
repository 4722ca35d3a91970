import AsyncZFSExecutor
import Testing

@testable import AsyncZFSExecutor

@Suite struct BodyFramingTests {
    /// Takes a body apart that comes in pieces of a size.
    private static func content(
        _ text: String, length: UInt64? = nil, pieces: Int = .max
    ) throws -> (content: String, rest: String, isWhole: Bool) {
        var framing = BodyFraming(length: length)
        var rest = Array(text.utf8)[...]
        var content: [UInt8] = []
        while !rest.isEmpty {
            let piece = rest.prefix(pieces)
            switch framing.next {
            case .end: return (String(decoding: content, as: UTF8.self), String(decoding: rest, as: UTF8.self), true)
            case .marks: rest = rest.dropFirst(try framing.takeMarks(piece))
            case .content(let count):
                content += piece.prefix(count)
                framing.takeContent(min(count, piece.count))
                rest = rest.dropFirst(min(count, piece.count))
            }
        }
        return (String(decoding: content, as: UTF8.self), "", framing.next == .end)
    }

    @Test(arguments: [1, 2, 3, 1000])
    func `chunks are put together, and what is behind them is left`(pieces: Int) throws {
        let body = "5\r\nhello\r\n00B;a=\"b c\";d\r\n, world\r\n!!\r\n1 \t;x\r\n?\r\n0\r\nTrailer: x\tä\r\nB:\r\n\r\n"
        let (content, rest, isWhole) = try Self.content(body + "GET /", pieces: pieces)
        #expect(content == "hello, world\r\n!!?" && isWhole)
        #expect(rest == "GET /" || pieces < 1000)
        #expect(try Self.content("0\r\n\r\n", pieces: pieces).isWhole)
        #expect(try Self.content("ffffffff\r\nx", pieces: pieces).content == "x")
    }

    @Test func `a length is a length`() throws {
        #expect(BodyFraming(length: 0).next == .end)
        let (content, rest, isWhole) = try Self.content("hello\r\nrest", length: 5)
        #expect(content == "hello" && rest == "\r\nrest" && isWhole)
        #expect(try Self.content("hell", length: 5).isWhole == false)
        #expect(BodyFraming(length: .max).next == .content(.max))
    }

    @Test(arguments: [
        "\r\n", "\n", "g\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", " 1\r\n", "1\nx", "1\rx", "1\r\nxy", "1\r\nx\n",
        "1\r\nx\r\r",
        "0\r\n\n", "0\r\n x: y\r\n\r\n", "0\r\nx\n\r\n", "0\r\n\r\r", "1;\u{1}\r\nx\r\n", "11111111111111111\r\n",
        "1;x\ny\r\n",
        "1;" + String(repeating: "x", count: 9000) + "\r\n", "0\r\n" + String(repeating: "a: b\r\n", count: 3000),
    ])
    func `what could be read in two ways is refused`(body: String) {
        #expect(throws: StreamError.sourceInvalid) { _ = try Self.content(body) }
        #expect(throws: StreamError.sourceInvalid) { _ = try Self.content(body, pieces: 1) }
    }

    @Test func `the beginning of the content is found between marks`() throws {
        let body = MessageBody(socket: try Pipe().reading, begun: [], length: nil)
        let bytes = Array("2\r\nhe\r\n1\r\nl\r\n5\r\nlo wo".utf8)
        #expect(try body.content(of: bytes, atMost: 4) == Array("hell".utf8))
        #expect(try body.content(of: bytes, atMost: 100) == Array("hello wo".utf8))
        #expect(try body.content(of: Array("2\r\nhe\r\n0\r\n\r\nmore".utf8), atMost: 100) == Array("he".utf8))
        #expect(throws: StreamError.sourceInvalid) { try body.content(of: Array("x".utf8), atMost: 4) }
    }
}
