import NIOHTTP1

/// Finds what the HTTP parser lets through although RFC 9112 does not, or although two readers could differ on it.
enum RequestSyntax {
    /// What is wrong with a request head, as a sentence for the answer 400, or nil.
    static func fault(in head: HTTPRequestHead) -> String? {
        guard head.version.major == 1, head.version.minor <= 1 else {
            return "Only HTTP/1.0 and HTTP/1.1 are spoken here."
        }
        guard head.uri.utf8.first == UInt8(ascii: "/"), head.uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "The request target must be a path that starts with a slash."
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
