/// Which files TLS uses, and what it asks of clients.
public struct TLSOptions: Sendable, Hashable {
    /// Whether clients show a certificate.
    public enum ClientCertificates: String, Sendable, CaseIterable {
        /// None is asked for.
        case none
        /// One is asked for, and must be valid if it comes.
        case optional
        /// Without a valid one there is no connection.
        case required
    }

    /// A PEM file with the server's certificate and those between it and its root, in this order.
    public var certificateFile: String
    /// A PEM file with the private key, without a passphrase.
    public var keyFile: String
    /// What is asked of clients.
    public var clientCertificates: ClientCertificates
    /// A PEM file with the authorities that clients' certificates must come from.
    public var clientAuthorityFile: String?

    /// Creates options; by default clients need no certificate.
    public init(
        certificateFile: String,
        keyFile: String,
        clientCertificates: ClientCertificates = .none,
        clientAuthorityFile: String? = nil
    ) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.clientCertificates = clientCertificates
        self.clientAuthorityFile = clientAuthorityFile
    }
}
