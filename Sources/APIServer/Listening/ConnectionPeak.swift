/// Tells when so many connections have ended that their memory is worth giving back.
struct ConnectionPeak {
    /// About 1.5 MB, and more when they had much to say.
    private static let worthwhile = 64

    private var peak = 0
    private var isAsked = false

    /// Notes how many connections are open now, after one more.
    mutating func opened(_ active: Int) {
        peak = max(peak, active)
    }

    /// Notes how many are open now, after one less; true when memory should be given back, after which ``settle(_:)``
    /// must be called.
    mutating func closed(_ active: Int) -> Bool {
        guard !isAsked, peak - active >= Self.worthwhile else { return false }
        isAsked = true
        return true
    }

    /// Notes how many are open at the moment at which memory is given back.
    mutating func settle(_ active: Int) {
        peak = active
        isAsked = false
    }
}
