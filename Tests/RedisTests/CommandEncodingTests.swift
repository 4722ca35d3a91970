import Testing

@testable import Redis

@Suite struct CommandEncodingTests {
    @Test func `writes words with their lengths, whatever they hold`() {
        let words: [[UInt8]] = [Array("SET".utf8), [0, 1, 0], [], [13, 10, 255]]
        let bytes = unsafe CommandEncoding.encode(words) { unsafe Array($0) }
        let expected =
            Array("*4\r\n$3\r\nSET\r\n$3\r\n".utf8) + [0, 1, 0]
            + Array("\r\n$0\r\n\r\n$3\r\n".utf8) + [13, 10, 255, 13, 10]
        #expect(bytes == expected)
    }
}
