/// The keys that are live: one that signs, and during a rotation the one before it, whose tokens are still valid.
public struct SigningKeys: Sendable {
    /// Signs new tokens.
    public let current: SigningKey
    /// Only verifies.
    public let previous: SigningKey?

    /// Makes a pair.
    public init(current: SigningKey, previous: SigningKey? = nil) {
        self.current = current
        self.previous = previous
    }

    /// The key that a token names.
    func key(named identifier: String) -> SigningKey? {
        if current.identifier == identifier { return current }
        return previous?.identifier == identifier ? previous : nil
    }
}
