import Foundation
import Glibc
import TestSupport

/// Answers each request in a way that the test decides.
///
/// ## Concurrency
/// One thread accepts and answers, a connection after the other, until the socket is closed.
final class ScriptedService: Sendable {
    let port: Int
    private let descriptor: Int32

    var address: String { "http://127.0.0.1:\(port)" }

    /// Begins to answer.
    /// - Parameter answer: The bytes to answer with, from those that came; the connection then ends.
    init(_ answer: @escaping @Sendable (String) -> String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = descriptor
        let isReady = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                unsafe bind(socket, place, length) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, place, &length) == 0
            }
        }
        guard isReady else { throw TestError("no port") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                Self.serve(connection, answer)
                close(connection)
            }
        }
    }

    deinit {
        // It wakes the thread.
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// An answer of JSON-RPC.
    static func answer(_ member: String, status: String = "200 OK", fields: String = "") -> String {
        let body = #"{"jsonrpc":"2.0","id":1,\#(member)}"#
        return "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            + "Connection: close\r\n\(fields)\r\n\(body)"
    }

    /// The answer of an error.
    static func failure(_ code: Int, _ reason: String, status: String = "200 OK", fields: String = "") -> String {
        let data = #"{"reason":"\#(reason)","retryable":false,"request_id":"r-1"}"#
        return answer(
            #""error":{"code":\#(code),"message":"it went wrong","data":\#(data)}"#, status: status, fields: fields)
    }

    private static func serve(_ connection: Int32, _ answer: (String) -> String) {
        var request: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while !isWhole(request) {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(connection, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            request += piece[..<count]
        }
        let bytes = Array(answer(String(decoding: request, as: UTF8.self)).utf8)
        _ = unsafe bytes.withUnsafeBytes {
            unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
    }

    /// Whether a request has come to its end.
    private static func isWhole(_ request: [UInt8]) -> Bool {
        let text = String(decoding: request, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let fields = text[..<end.lowerBound].lowercased()
        guard let field = fields.range(of: "content-length: ") else { return true }
        let length = Int(fields[field.upperBound...].prefix { $0.isNumber }) ?? 0
        return text[end.upperBound...].utf8.count >= length
    }
}
