extension String {
    /// Whether two strings are the same when ASCII letters of either case are taken as equal.
    func isEqualIgnoringCase(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        var others = other.utf8.makeIterator()
        for byte in utf8 {
            guard let counterpart = others.next() else { return false }
            guard byte != counterpart else { continue }
            guard byte | 0x20 == counterpart | 0x20, (0x61...0x7A).contains(byte | 0x20) else { return false }
        }
        return true
    }
}
