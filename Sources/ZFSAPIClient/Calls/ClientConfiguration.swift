/// Where a client calls, as whom, and how long it waits.
public struct ClientConfiguration: Sendable {
    /// Whom to believe over TLS, and who this is.
    public struct TLS: Hashable, Sendable {
        /// PEM file of the authorities that sign the certificate of the daemon; nil for those of the system.
        public var authorityFile: String?
        /// Whether the certificate of the daemon is checked at all.
        ///
        /// Without it anybody on the way can read and change everything.
        public var verifiesCertificate = true
        /// PEM file of a client certificate.
        public var certificateFile: String?
        /// PEM file of its key; nil when it is in the same file.
        public var keyFile: String?

        /// The system's authorities and no client certificate.
        public init() {}
    }

    /// Where the API is.
    public var address: ServiceAddress
    /// The bearer token.
    ///
    /// A direct caller on the machine of the daemon needs none by default.
    public var token: TokenSource
    /// For `https`.
    public var tls = TLS()
    /// How long a call may take; nil for no limit.
    ///
    /// `send_to_file` and `receive_from_file` have none, for the daemon ends what does not move.
    public var timeout: Duration? = .seconds(120)
    /// How often a read is tried again when its error may pass.
    ///
    /// A change is never sent twice.
    public var retries = 2
    /// The longest answer that is taken.
    public var maximumAnswerBytes = 256 << 20

    /// Makes one.
    /// - Parameters:
    ///   - address: Where the API is; by default at port 8545 of this machine.
    ///   - token: The bearer token.
    public init(address: ServiceAddress = .standard, token: TokenSource = .none) {
        self.address = address
        self.token = token
    }
}
