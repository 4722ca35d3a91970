/// TLS of the TCP listener: `tls`.
struct TLSConfiguration: Sendable, Hashable {
    /// Whether clients show certificates.
    enum ClientCertificates: String, Sendable, Hashable {
        /// They are not asked for one.
        case none
        /// One that is shown must be good.
        case optional
        /// Without a good one there is no connection.
        case required
    }

    /// PEM file of the certificate and those that lead to its authority.
    var certificate: String?
    /// PEM file of the private key.
    var key: String?
    /// PEM file of the authorities that sign client certificates.
    var clientCA: String?
    var clientCertificates = ClientCertificates.none
    /// Whether an address beyond loopback is refused without TLS.
    var required = true

    /// Whether the listener speaks TLS.
    var isOn: Bool { certificate != nil }

    mutating func read(_ section: ConfigurationSection) {
        section.text("certificate", .path, into: &certificate)
        section.text("key", .path, into: &key)
        section.text("client_ca", .path, into: &clientCA)
        section.text("client_certificates", .clientCertificates, into: &clientCertificates)
        section.flag("required", into: &required)
    }
}
