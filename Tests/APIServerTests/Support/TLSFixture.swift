import APIServer
import NIOSSL

/// Certificates of the tests' own authority.
enum TLSFixture {
    /// A file below `Tests/Fixtures/tls`.
    static func path(_ name: String) -> String {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/") + "/Fixtures/tls/" + name
    }

    static func options(
        _ name: String = "server",
        key: String? = nil,
        clients: TLSOptions.ClientCertificates = .none
    ) -> TLSOptions {
        TLSOptions(
            certificateFile: path(name + ".pem"),
            keyFile: path((key ?? name) + ".key"),
            clientCertificates: clients,
            clientAuthorityFile: clients == .none ? nil : path("ca.pem")
        )
    }

    /// What a client uses that trusts the authority, with a certificate of its own if named.
    static func client(
        certificate: String? = nil,
        version: TLSVersion? = nil
    ) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(path("ca.pem"))
        if let certificate {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(path(certificate + ".pem")).map {
                .certificate($0)
            }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: path(certificate + ".key"), format: .pem)
            )
        }
        if let version {
            configuration.minimumTLSVersion = version
            configuration.maximumTLSVersion = version
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
