/// A digest of bytes that come piece by piece: this library brings no cryptography of its own.
public struct StreamDigest: Sendable {
    let add: @Sendable (ArraySlice<UInt8>) throws -> Void
    let finish: @Sendable () throws -> [UInt8]

    /// Takes both steps.
    /// - Parameters:
    ///   - add: Takes the next piece.
    ///   - finish: Gives the digest of all pieces; called once, last.
    public init(
        add: @escaping @Sendable (ArraySlice<UInt8>) throws -> Void, finish: @escaping @Sendable () throws -> [UInt8]
    ) {
        self.add = add
        self.finish = finish
    }
}
