/// Finds the subject of an X.509 certificate (RFC 5280, section 4.1) in its DER form.
enum CertificateSubject {
    /// id-at-commonName, 2.5.4.3.
    private static let commonNameIdentifier: [UInt8] = [0x55, 0x04, 0x03]

    /// The last common name of the subject, or nil when there is none that is plain text.
    static func commonName(ofCertificate bytes: [UInt8]) -> String? {
        var outer = DERReader(bytes[...])
        guard var certificate = outer.element(0x30).map(DERReader.init),
            var body = certificate.element(0x30).map(DERReader.init)
        else { return nil }
        // version [0] (optional), serialNumber, signature, issuer, validity
        _ = body.element(0xA0)
        for tag in [0x02, 0x30, 0x30, 0x30] as [UInt8] where body.element(tag) == nil { return nil }
        guard var names = body.element(0x30).map(DERReader.init) else { return nil }
        var result: String?
        while var set = names.element(0x31).map(DERReader.init) {
            while var attribute = set.element(0x30).map(DERReader.init) {
                guard let identifier = attribute.element(0x06), identifier.elementsEqual(commonNameIdentifier) else {
                    continue
                }
                // UTF8String, PrintableString and IA5String
                guard let value = attribute.element(0x0C) ?? attribute.element(0x13) ?? attribute.element(0x16),
                    value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
                else { return nil }
                result = String(validating: value, as: UTF8.self)
            }
        }
        return result
    }
}
