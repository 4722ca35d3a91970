import Testing

@testable import APIServer

struct BegunRequestTests {
    private static func missing(_ text: String) -> BegunRequest.Part? {
        BegunRequest.missingPart(of: Array(text.utf8), longestBody: 1_000_000, longestHead: 10_000)
    }

    private static func call(_ fields: String, _ body: String = "", line: String = "POST / HTTP/1.1") -> String {
        "\(line)\r\nHost: localhost\r\n\(fields)\r\n\(body)"
    }

    @Test func `without its blank line a head is not whole`() {
        let whole = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for length in 0..<whole.utf8.count {
            #expect(
                BegunRequest.missingPart(of: Array(whole.utf8.prefix(length)), longestBody: 0, longestHead: 10_000)
                    == .head)
        }
        #expect(Self.missing(whole) == nil)
        #expect(Self.missing("\r\n\n" + whole) == nil)
        #expect(Self.missing("\r\n\r\n") == .head)
        #expect(Self.missing("GET / HTTP/1.1\n\n") == nil)
    }

    @Test(arguments: ["POST / HTTP/1.1", "POST /rpc HTTP/1.1", "POST /?a=b HTTP/1.1"])
    func `a call waits for its body`(line: String) {
        let fields = "cOnTent-Length: 10\r\n"
        #expect(Self.missing(Self.call(fields, line: line)) == .body)
        #expect(Self.missing(Self.call(fields, "123456789", line: line)) == .body)
        #expect(Self.missing(Self.call(fields, "1234567890", line: line)) == nil)
        #expect(Self.missing(Self.call(fields, "1234567890GET ", line: line)) == nil)
    }

    @Test func `a chunked call waits for an empty line`() {
        let fields = "Transfer-Encoding: chunked\r\n"
        #expect(Self.missing(Self.call(fields)) == .body)
        #expect(Self.missing(Self.call(fields, "5\r\n12345\r\n0\r\n\r")) == .body)
        #expect(Self.missing(Self.call(fields, "5\r\n12345\r\n0\r\n\r\n")) == nil)
        #expect(Self.missing(Self.call(fields, "0\r\nTrailer: 1\r\n\r\nGET ")) == nil)
    }

    @Test func `a body that grows is for the parser`() {
        let fields = "Content-Length: 1000000\r\n"
        #expect(Self.missing(Self.call(fields, String(repeating: "x", count: 8191))) == .body)
        #expect(Self.missing(Self.call(fields, String(repeating: "x", count: 8192))) == nil)
    }

    @Test func `a long head does not wait for its body`() {
        let field = "X: \(String(repeating: "x", count: 9_000))\r\n"
        #expect(Self.missing(Self.call("Content-Length: 10\r\n" + field)) == .body)
        #expect(Self.missing(Self.call("Content-Length: 10\r\n" + field + field)) == nil)
    }

    @Test(arguments: [
        "POST /stream/1 HTTP/1.1", "POST /unknown HTTP/1.1", "GET / HTTP/1.1", "PUT / HTTP/1.1", "POST /",
        "nonsense", "POST",
    ])
    func `what is not a call waits for nothing`(line: String) {
        #expect(Self.missing(Self.call("Content-Length: 10\r\n", line: line)) == nil)
    }

    @Test(arguments: [
        "", "Content-Length: 0\r\n", "Content-Length: -1\r\n", "Content-Length: ten\r\n",
        "Content-Length: 1000001\r\n", "Content-Length: 99999999999999999999999999\r\n", "Content-Length:\r\n",
        "Content-Length: 10\r\nExpect: 100-continue\r\n", "Content-Length : 10\r\n",
    ])
    func `a call without a length that can be waited for is for the parser`(fields: String) {
        #expect(Self.missing(Self.call(fields)) == nil)
    }
}
