import APIServer
import Synchronization
import Testing

@testable import ZFSRPC

/// Bytes that are no request, or that two readers could understand differently.
@Suite(.timeLimit(.minutes(1))) struct BrokenRequestTests {
    static let broken = [
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: +1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\nX: a\r\n\r\n",
        "GET /health HTTP/1.1\nHost: localhost\n\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u{0}b\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\u{1}b\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}",
        "GET https://localhost:1/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://user@localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET ftp://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http:///health HTTP/1.1\r\nHost: \r\n\r\n",
        "GET http://localhost/health HTTP/1.0\r\n\r\n",
        "GET health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        "GET /health\r\n\r\n",
        "GET /he\u{7F}alth HTTP/1.1\r\nHost: localhost\r\n\r\n",
        " GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\n Host: localhost\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x1\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length:\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1 \u{B}\r\n\r\nx",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: \u{B}chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer_Encoding\u{0}: chunked\r\n\r\n",
        "GET /health HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\n: no name\r\n\r\n",
        "GET /health HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
    ]

    @Test(arguments: broken)
    func `answers bytes that are no clear request with one 400 and closes`(request: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                // What follows must not be answered: the server cannot know where it begins.
                try await connection.send(request + Request.get("/health"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 400)
                #expect(answer.headers["connection"] == "close")
                #expect(answer.headers["x-request-id"] != nil)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    static let brokenBodies = [
        "xyz\r\nabc\r\n0\r\n\r\n",
        "-1\r\na\r\n0\r\n\r\n",
        "0x1\r\na\r\n0\r\n\r\n",
        "1\na\n0\n\n",
        "1\r\nab\r\n0\r\n\r\n",
        "1\r\na\n0\r\n\r\n",
        "fffffffffffffffff\r\na\r\n0\r\n\r\n",
        "1;" + String(repeating: "x", count: 2 << 20),
        "0\r\n" + String(repeating: "X: y\r\n", count: 101),
        "0\r\nX: " + String(repeating: "x", count: 90_000),
    ]

    @Test(arguments: brokenBodies)
    func `answers a chunked body that is not clear once at most and closes`(body: String) async throws {
        let counter = Mutex(0)
        let responder = StubResponder(respondTo: { body in
            counter.withLock { $0 += 1 }
            return ResponseBody(body)
        })
        try await TestServer.run(responder) { port, _ in
            try await RawConnection.run(port: port) { connection in
                let head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                let text = head + "Transfer-Encoding: chunked\r\n\r\n" + body
                try? await connection.send(text + Request.call("[2]"))
                let answer = try await connection.answer()
                #expect([400, 413, 431].contains(answer?.status))
                #expect(answer?.headers["connection"] == "close")
                #expect(await connection.countToEnd() == 0)
            }
        }
        #expect(counter.withLock { $0 } == 0)
    }

    static let floods = [
        "X: \(String(repeating: "x", count: 90_000))\r\n\r\n",
        "\(String(repeating: "x", count: 90_000)): y\r\n\r\n",
        "\(String(repeating: "X: y\r\n", count: 101))\r\n",
        String(repeating: "X: \(String(repeating: "y", count: 10_000))\r\n", count: 9) + "\r\n",
        String(repeating: "X: \(String(repeating: "y", count: 1_000_000))\r\n", count: 3) + "\r\n",
    ]

    @Test(arguments: floods)
    func `answers a header that is too large with 431 and closes`(fields: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                // The server may close while we still send.
                let request = "GET /health HTTP/1.1\r\nHost: localhost\r\n" + fields
                try? await connection.send(request + Request.get("/health"))
                let answer = try #require(try await connection.answer())
                #expect(answer.status == 431)
                #expect(answer.headers["connection"] == "close")
                #expect(await connection.countToEnd() == 0)
            }
        }
    }

    @Test(arguments: ["http://127.0.0.1:80/health?x", "HTTP://127.0.0.1:80/health", "https://127.0.0.1:80/health"])
    func `takes a target in absolute form that names our host`(target: String) async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n")
                #expect(try await connection.answer()?.status == 200)
            }
        }
    }

    @Test func `answers what came before broken bytes first`() async throws {
        try await TestServer.run { port, _ in
            try await RawConnection.run(port: port) { connection in
                try await connection.send(Request.call("[1]") + "GARBAGE\r\n\r\n")
                #expect(try await connection.answer()?.text == "[1]")
                #expect(try await connection.answer()?.status == 400)
                #expect(await connection.countToEnd() == 0)
            }
        }
    }
}
