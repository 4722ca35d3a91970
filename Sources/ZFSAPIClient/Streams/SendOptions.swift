/// What a stream holds.
public struct SendOptions: Hashable, Sendable {
    /// What the receiver has already, as `snapshot` or `dataset#bookmark`; without it the stream is full.
    public var fromSnapshot: String?
    /// With everything below, and properties (`-R`).
    public var isRecursive = false
    /// Blocks as they are on disk (`-w`); by default if the dataset is encrypted.
    public var isRaw: Bool?
    /// Blocks compressed as they are on disk (`-c`); by default if they are.
    public var isCompressed: Bool?
    /// Go on where an interrupted receive of this very snapshot stopped; it decides about the rest.
    public var resumeToken: String?

    /// A full stream of one dataset.
    public init() {}
}
