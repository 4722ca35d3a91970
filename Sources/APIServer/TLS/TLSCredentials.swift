internal import NIOSSL
internal import Synchronization

/// The certificate and key that new connections use; they can be read anew while the server runs.
///
/// ## Concurrency model
/// A mutex guards the present context; connections keep the one they began with.
public final class TLSCredentials: Sendable {
    private struct State {
        var options: TLSOptions
        var context: NIOSSLContext
        var expiry: Int
    }

    private let state: Mutex<State>

    /// Reads the files, which blocks for a moment.
    ///
    /// - Throws: ``TLSError`` that names the file that cannot be used.
    public init(_ options: TLSOptions) throws(TLSError) {
        state = Mutex(try Self.load(options))
    }

    /// Reads the files again for connections to come; on an error everything stays as it was.
    ///
    /// - Parameter options: Other files to use from now on; nil for the same.
    /// - Throws: ``TLSError`` that names the file that cannot be used.
    public func reload(_ options: TLSOptions? = nil) throws(TLSError) {
        let fresh = try Self.load(options ?? state.withLock { $0.options })
        state.withLock { $0 = fresh }
    }

    /// When the server's certificate expires, in seconds since 1970.
    public var expiry: Int { state.withLock { $0.expiry } }

    /// What a new connection uses.
    var context: NIOSSLContext { state.withLock { $0.context } }

    private static func load(_ options: TLSOptions) throws(TLSError) -> State {
        let chain = try certificates(options.certificateFile)
        guard let leaf = chain.first else {
            throw TLSError(description: "\(options.certificateFile) holds no certificate in PEM form")
        }
        let key: NIOSSLPrivateKey
        do {
            key = try NIOSSLPrivateKey(file: options.keyFile, format: .pem)
        } catch {
            throw TLSError(
                description: "\(options.keyFile) cannot be read as a private key in PEM form without a passphrase"
            )
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if options.clientCertificates != .none {
            guard let file = options.clientAuthorityFile else {
                throw TLSError(description: "client certificates need a file of authorities to check them against")
            }
            let authorities = try certificates(file)
            guard !authorities.isEmpty else { throw TLSError(description: "\(file) holds no certificate in PEM form") }
            configuration.trustRoots = .certificates(authorities)
            configuration.sendCANameList = true
            // There is no host name of a client to check.
            configuration.certificateVerification =
                options.clientCertificates == .required ? .noHostnameVerification : .optionalVerification
        }
        do {
            return State(
                options: options,
                context: try NIOSSLContext(configuration: configuration),
                expiry: Int(leaf.notValidAfter)
            )
        } catch {
            throw TLSError(
                description: "the certificate in \(options.certificateFile) and the key in \(options.keyFile) "
                    + "do not belong together"
            )
        }
    }

    private static func certificates(_ file: String) throws(TLSError) -> [NIOSSLCertificate] {
        do {
            return try NIOSSLCertificate.fromPEMFile(file)
        } catch {
            throw TLSError(description: "\(file) cannot be read as certificates in PEM form")
        }
    }
}
