import CLinux
import Glibc
import ZFSRPC

/// One GET of HTTP/1.1 to a daemon on this machine.
enum HTTPQuestion {
    private static let longest = 64 << 10
    private static let patience = Duration.seconds(4)

    /// The JSON document at a path, whatever the status; nil when there is none in time.
    static func document(_ path: String, from endpoint: SocketEndpoint) -> JSONValue? {
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        let bytes = try? endpoint.connect { socket in
            let sent = unsafe request.withUnsafeBytes { unsafe clinux_send(socket, $0.baseAddress, $0.count, 0) }
            return sent == request.count ? answer(on: socket) : []
        }
        return bytes.flatMap(document(in:))
    }

    /// The document of an answer.
    static func document(in answer: [UInt8]) -> JSONValue? {
        guard answer.starts(with: "HTTP/1.1 ".utf8), let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
            return nil
        }
        return try? JSONParser.parse(Array(answer[end.upperBound...]))
    }

    private static func answer(on socket: Int32) -> [UInt8] {
        let deadline = ContinuousClock.now + patience
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8192)
        while answer.count < longest, .now < deadline {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(socket, $0.baseAddress, $0.count)
            }
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }
}
