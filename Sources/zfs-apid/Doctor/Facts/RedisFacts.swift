/// What Redis says about itself: the lines `name:value` of INFO.
struct RedisFacts: Sendable, Hashable {
    private let values: [Substring: Substring]

    /// Reads the text of INFO.
    init(_ text: String) {
        var values: [Substring: Substring] = [:]
        for line in text.split(whereSeparator: \.isNewline) where line.first != "#" {
            guard let colon = line.firstIndex(of: ":") else { continue }
            values[line[..<colon]] = line[line.index(after: colon)...]
        }
        self.values = values
    }

    /// A value; nil when the server does not tell it.
    subscript(name: String) -> String? { values[name[...]].map(String.init) }
}
