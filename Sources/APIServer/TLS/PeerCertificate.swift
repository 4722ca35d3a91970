internal import NIOSSL

/// Names in a client's certificate that was checked against the configured authorities.
public struct PeerCertificate: Sendable, Hashable {
    /// The common name of the subject, the last if there are several; nil without one.
    public let commonName: String?
    /// The DNS names and e-mail addresses of the subject alternative name extension (RFC 5280, section 4.2.1.6).
    public let alternativeNames: [String]

    init(_ certificate: NIOSSLCertificate) throws {
        commonName = CertificateSubject.commonName(ofCertificate: try certificate.toDERBytes())
        alternativeNames = certificate._subjectAlternativeNames().compactMap { name in
            guard name.nameType == .dnsName || name.nameType == .email else { return nil }
            // A name with a NUL or a control character was made to be misread.
            guard name.contents.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
            return String(decoding: name.contents, as: UTF8.self)
        }
    }
}
