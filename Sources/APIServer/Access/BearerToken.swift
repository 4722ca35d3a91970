import NIOHTTP1

/// What the `Authorization` header says (RFC 6750, section 2.1).
enum BearerToken {
    case missing
    case token(String)
    /// Another scheme, or more than one header.
    case unusable

    init(_ headers: HTTPHeaders) {
        let values = headers["Authorization"]
        guard let value = values.first else {
            self = .missing
            return
        }
        let words = value.split(separator: " ", omittingEmptySubsequences: true)
        guard values.count == 1, words.count == 2, String(words[0]).isEqualIgnoringCase("bearer") else {
            self = .unusable
            return
        }
        self = .token(String(words[1]))
    }
}
