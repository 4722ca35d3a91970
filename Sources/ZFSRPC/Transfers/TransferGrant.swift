/// The right to run one transfer.
public struct TransferGrant: Sendable {
    /// What may run.
    public let request: TransferRequest
    /// On whose behalf.
    public let principal: Principal
    /// Who asked for it first: the maker of the token or session, else the principal; the user who sees it listed.
    public let owner: String
    /// The session that it runs for; nil for a token or a direct request.
    public let session: String?
    /// The most bytes that it may move; nil for no limit.
    public let byteLimit: UInt64?

    init(
        _ request: TransferRequest, by principal: Principal, owner: String? = nil, session: String? = nil,
        byteLimit: UInt64? = nil
    ) {
        self.request = request
        self.principal = principal
        self.owner = owner ?? principal.name
        self.session = session
        self.byteLimit = byteLimit
    }
}
