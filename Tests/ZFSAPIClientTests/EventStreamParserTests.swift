import Testing

@testable import ZFSAPIClient

@Suite struct EventStreamParserTests {
    private static let text = """
        : events\r
        retry: 2500
        id: 6

        id: 7
        event: created
        data: {"a":
        data:1}

        data: cut
        """

    @Test(arguments: [1, 3, 7, 1000])
    func `events come whole, however the bytes are cut`(size: Int) throws {
        var parser = EventStreamParser()
        var events: [String] = []
        var rest = Array(Self.text.utf8)[...]
        while !rest.isEmpty {
            let found = parser.feed(rest.prefix(size))
            events += try #require(found).map { String(decoding: $0, as: UTF8.self) }
            rest = rest.dropFirst(size)
        }
        #expect(events == ["{\"a\":\n1}"])
        #expect(parser.lastID == "7")
        #expect(parser.retry == 2.5)
        parser.connectionEnded()
        let after = parser.feed(Array("\n\n".utf8))
        #expect(after == [])
    }

    @Test func `an event that was cut is asked for again`() {
        var parser = EventStreamParser()
        let whole = parser.feed(Array("id: 6\ndata: a\n\nid: 7\ndata: b\n".utf8))
        #expect(whole?.count == 1)
        parser.connectionEnded()
        #expect(parser.lastID == "6")
    }

    @Test func `a line without end is given up`() {
        var parser = EventStreamParser()
        let piece = [UInt8](repeating: 0x61, count: EventStreamParser.longest)
        let first = parser.feed(piece)
        #expect(first == [])
        let second = parser.feed([0x61])
        #expect(second == nil)
    }
}
