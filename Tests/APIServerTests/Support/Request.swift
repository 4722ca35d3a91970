/// Request texts as clients send them.
enum Request {
    /// A JSON-RPC call that the server accepts, with more header lines if told.
    static func call(_ body: String, path: String = "/", host: String = "127.0.0.1", _ lines: String...) -> String {
        let more = lines.map { $0 + "\r\n" }.joined()
        return "POST \(path) HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\(more)\r\n\(body)"
    }

    static func get(_ path: String, method: String = "GET", _ lines: String...) -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
    }
}
