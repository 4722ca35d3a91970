internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL

extension HTTPClient.Configuration {
    /// What the calls of a client need of HTTP.
    static func forCalls(_ configuration: ClientConfiguration) throws(ClientError) -> HTTPClient.Configuration {
        var made = HTTPClient.Configuration()
        made.redirectConfiguration = .disallow
        made.httpVersion = .http1Only
        made.timeout.connect = .seconds(10)
        // Whoever calls decides whether to try again.
        made.connectionPool.retryConnectionEstablishment = false
        // The daemon closes what was idle for 60 seconds; the client is earlier, so that it never writes to what is
        // closing.
        made.connectionPool.idleTimeout = .seconds(30)
        if configuration.address.isEncrypted { made.tlsConfiguration = try tls(configuration.tls) }
        return made
    }

    private static func tls(_ settings: ClientConfiguration.TLS) throws(ClientError) -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = settings.authorityFile { tls.trustRoots = .file(file) }
        if !settings.verifiesCertificate { tls.certificateVerification = .none }
        do {
            if let file = settings.certificateFile {
                tls.certificateChain = try NIOSSLCertificate.fromPEMFile(file).map { .certificate($0) }
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: settings.keyFile ?? file, format: .pem))
            }
            // Files that can not be used are found now and not at the first call.
            _ = try NIOSSLContext(configuration: tls)
        } catch {
            let files = [settings.authorityFile, settings.certificateFile, settings.keyFile].compactMap { $0 }
            throw ClientError(
                .connectionFailed,
                "\(files.joined(separator: " or ")) can not be used; give PEM files that can be read",
                reason: "not_connected")
        }
        return tls
    }
}
