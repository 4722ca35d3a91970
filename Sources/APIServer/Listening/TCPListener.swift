/// A TCP port to listen on.
public struct TCPListener: Sendable {
    /// An IP address or a name of this machine; beyond loopback ``tls`` or ``allowsPlaintext`` is needed.
    public var host: String
    /// A TCP port, 0...65535; 0 lets the kernel choose one.
    public var port: Int
    /// The certificate that connections are encrypted with; nil speaks plain text.
    public var tls: TLSCredentials?
    /// Whether plain text beyond loopback is wanted, for example behind a proxy that ends TLS.
    public var allowsPlaintext: Bool
    /// The section of the configuration that it comes from, for messages.
    public var section: String

    /// Creates a listener; the default is plain HTTP on the loopback port 8545.
    public init(
        host: String = "127.0.0.1",
        port: Int = 8545,
        tls: TLSCredentials? = nil,
        allowsPlaintext: Bool = false,
        section: String = "server.http"
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.allowsPlaintext = allowsPlaintext
        self.section = section
    }

    /// What speaks against listening like this, as a sentence, or nil.
    var objection: String? {
        guard tls == nil, !allowsPlaintext, !LoopbackName.matches(host) else { return nil }
        return "cannot listen on \(host): without TLS passwords and tokens could be read on the way; "
            + "set tls.certificate and tls.key, or set \(section).host to 127.0.0.1, ::1 or localhost, "
            + "or set tls.required to false if a proxy in front of it ends TLS"
    }
}
