/// Texts that OpenZFS takes, as odd as the rules allow: hyphens first, spaces at the ends, three dots.
struct LegalTexts {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func bool() -> Bool { Bool.random(using: &random) }

    mutating func number(_ range: ClosedRange<UInt64>) -> UInt64 { UInt64.random(in: range, using: &random) }

    mutating func text(_ alphabet: String, _ count: ClosedRange<Int>) -> String {
        let characters = Array(alphabet)
        return String((0..<Int.random(in: count, using: &random)).map { _ in characters[index(characters.count)] })
    }

    mutating func component() -> String {
        let text = text("abzABZ09-_.: ", 1...12)
        return text == "." || text == ".." ? "..." : text
    }

    mutating func pool() -> String { text("abzABZ", 1...3) + text("abz09-_.: ", 0...6) }

    mutating func dataset() -> String {
        var text = pool()
        for _ in 0..<index(5) { text += "/" + component() }
        return text
    }

    mutating func snapshot() -> String { dataset() + "@" + component() }

    mutating func bookmark() -> String { dataset() + "#" + component() }

    mutating func tag() -> String { text("abzAZ09_:+=@", 1...1) + text("abzAZ09_.:+=@-", 0...20) }

    mutating func property() -> String {
        switch index(6) {
        case 0: "quota_" + text("abz09_", 0...5)
        case 1: text("abz09._", 1...5) + ":" + text("abz09-_.:", 0...9)
        case 2: "userquota@" + user()
        case 3: "written@" + component()
        case 4: "written@" + snapshot()
        default: "feature@" + text("abz09_", 1...9)
        }
    }

    mutating func value() -> String { text("abzAZ09-=, @#%/\\'\"*;$`äß€😀", 0...40) }

    mutating func user() -> String { text("abzAZ09_", 1...1) + text("abzAZ09_.-@$", 0...10) }

    mutating func path() -> String { "/" + text("abzAZ09-=, @#%/\\'\"*;$`.äß€😀", 0...40) }

    mutating func token() -> String {
        let half = text("0123456789abcdef", 1...60)
        return "1-\(text("0123456789abcdef", 1...16))-\(text("0123456789abcdef", 1...16))-\(half)\(half)"
    }

    private mutating func index(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
}
