/// What a bearer token looks like.
enum BearerToken {
    /// More than any daemon signs.
    static let longest = 8192

    /// A token that may stand in a header.
    ///
    /// Its text is in no error.
    /// - Parameters:
    ///   - bytes: What was read.
    ///   - place: Where it was read.
    static func checked(_ bytes: some Collection<UInt8>, from place: String) throws(ClientError) -> String {
        let blanks: Set<UInt8> = [0x09, 0x0a, 0x0d, 0x20]
        var token = Array(bytes.drop { blanks.contains($0) })
        while let last = token.last, blanks.contains(last) { token.removeLast() }
        guard (1...longest).contains(token.count), token.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw unusable(
                "\(place) is no token: it must be one line of 1 to \(longest) printable ASCII characters without blanks"
            )
        }
        return String(decoding: token, as: UTF8.self)
    }

    static func unusable(_ message: String) -> ClientError {
        ClientError(.tokenUnusable, message, reason: "token_unusable")
    }
}
