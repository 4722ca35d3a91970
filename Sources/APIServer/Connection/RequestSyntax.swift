import NIOHTTP1

/// Finds what the HTTP parser lets through although RFC 9112 does not, or although two readers could differ on it.
enum RequestSyntax {
    /// Checks a request head, and turns a target in absolute form that names our host into its path.
    ///
    /// RFC 9112, section 3.2.2 wants the absolute form understood. Its authority counts instead of `Host` there; here both
    /// must say the same, so that no one can read one and judge by the other.
    ///
    /// - Throws: What is wrong, as a sentence for the answer 400.
    static func check(_ head: inout HTTPRequestHead) throws(RequestSyntaxError) {
        if let path = path(ofAbsolute: head.uri, host: head.headers.first(name: "host")) { head.uri = path }
        if let detail = fault(in: head) { throw RequestSyntaxError(detail: detail) }
    }

    private static func path(ofAbsolute target: String, host: String?) -> String? {
        guard let host, let colon = target.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let scheme = String(target[..<colon])
        guard scheme.isEqualIgnoringCase("http") || scheme.isEqualIgnoringCase("https") else { return nil }
        guard target[colon...].utf8.starts(with: "://".utf8) else { return nil }
        let rest = target[colon...].dropFirst(3)
        let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        guard !host.isEmpty, String(rest[..<end]).isEqualIgnoringCase(host) else { return nil }
        let path = String(rest[end...])
        return path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
    }

    private static func fault(in head: HTTPRequestHead) -> String? {
        guard head.version.major == 1, head.version.minor <= 1 else {
            return "Only HTTP/1.0 and HTTP/1.1 are spoken here."
        }
        guard head.uri.utf8.first == UInt8(ascii: "/"), head.uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "The request target must be a path that starts with a slash, or a URL of the host in Host."
        }
        var hosts = 0
        var lengths = 0
        var encodings = 0
        for (name, value) in head.headers {
            for byte in value.utf8 where byte < 0x20 && byte != 0x09 || byte == 0x7F {
                return "A header value holds a control character."
            }
            switch name.utf8.count {
            case 4 where name.isEqualIgnoringCase("host"):
                hosts += 1
            case 14 where name.isEqualIgnoringCase("content-length"):
                lengths += 1
                guard !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), Int(value) != nil else {
                    return "Content-Length must be a number."
                }
            case 17 where name.isEqualIgnoringCase("transfer-encoding"):
                encodings += 1
                guard value.isEqualIgnoringCase("chunked") else {
                    return "The only known transfer encoding is chunked."
                }
            default:
                break
            }
        }
        guard hosts <= 1, lengths <= 1, encodings <= 1 else {
            return "Host, Content-Length and Transfer-Encoding must not be repeated."
        }
        guard lengths + encodings <= 1 else { return "Content-Length and Transfer-Encoding exclude each other." }
        guard head.version.minor == 1 || encodings == 0 else { return "HTTP/1.0 knows no Transfer-Encoding." }
        guard head.version.minor == 0 || hosts == 1 else { return "A request needs a Host header." }
        return nil
    }
}
