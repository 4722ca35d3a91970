/// A transfer token as the store keeps it: whatever but the token.
public struct TransferToken: Sendable, Hashable {
    /// The SHA-256 of the token.
    public let digest: TokenDigest
    /// The first 8 characters of the token, by which its owner tells it from others.
    public let prefix: String
    /// What it allows, as JSON text (``TransferRequest/encoded``).
    public let request: String
    /// Whether it sends or receives.
    public let operation: TransferRequest.Operation
    /// The dataset.
    public let dataset: String
    /// Who made it.
    public let user: String
    /// When it was made: seconds since 1970.
    public let created: Int64
    /// When it ends by the wall clock as it was when it was made: seconds since 1970.
    public let expires: Int64
    /// How often it can be used.
    public let maximumUses: Int
    /// How often it was used.
    public let uses: Int
    /// The most bytes of one transfer; nil for no limit.
    public let byteLimit: UInt64?

    /// Makes a token.
    public init(
        digest: TokenDigest, prefix: String, request: String, operation: TransferRequest.Operation, dataset: String,
        user: String, created: Int64, expires: Int64, maximumUses: Int, uses: Int, byteLimit: UInt64?
    ) {
        self.digest = digest
        self.prefix = prefix
        self.request = request
        self.operation = operation
        self.dataset = dataset
        self.user = user
        self.created = created
        self.expires = expires
        self.maximumUses = maximumUses
        self.uses = uses
        self.byteLimit = byteLimit
    }
}

/// The SHA-256 of a transfer token.
public struct TokenDigest: Sendable, Hashable {
    /// 64 lowercase hexadecimal digits.
    public let text: String

    /// Takes 64 hexadecimal digits.
    public init(_ text: String) {
        self.text = text
    }
}
