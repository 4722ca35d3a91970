import NIOHTTP1
import ZFSRPC

/// A whole HTTP answer that fits in memory.
struct Answer: Sendable {
    var status: HTTPResponseStatus
    var contentType: String
    var body: [UInt8]
    /// `Allow`, for 405 only.
    var allow: String?

    init(_ status: HTTPResponseStatus, contentType: String = "application/json", body: [UInt8], allow: String? = nil) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.allow = allow
    }

    /// An RFC 9457 problem; every text is ours, never the client's.
    static func problem(_ status: HTTPResponseStatus, detail: String, allow: String? = nil) -> Answer {
        let title = JSONText.quoted(status.reasonPhrase)
        let detail = JSONText.quoted(detail)
        let text = #"{"type":"about:blank","title":\#(title),"status":\#(status.code),"detail":\#(detail)}"#
        return Answer(status, contentType: "application/problem+json", body: Array(text.utf8), allow: allow)
    }
}
