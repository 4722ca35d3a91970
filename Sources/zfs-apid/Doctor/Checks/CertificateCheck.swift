import APIServer
import AsyncZFSExecutor
import Glibc
import ZFSRPC

/// Whether the certificate can be used with its key, and for how long.
struct CertificateCheck: DoctorCheck {
    /// Who renews by a program has a new one 30 days before the end of a certificate of 90 days.
    private static let soon = 14 * 86_400

    let name = "tls"
    let options: TLSOptions

    func findings() async -> [Finding] {
        await OwnThread.findings(of: name) { [self] in
            do throws(TLSError) {
                return [judge(expiry: try TLSCredentials(options).expiry, now: time(nil))]
            } catch {
                return [.problem(name, error.description, "give both files of the same certificate, in PEM form")]
            }
        }
    }

    /// What the end of a certificate means.
    /// - Parameters:
    ///   - expiry: When it expires, in seconds since 1970.
    ///   - now: The time of day.
    func judge(expiry: Int, now: Int) -> Finding {
        let end = UTCDateTime(secondsSince1970: expiry).rfc3339
        let remedy = "renew it, then: systemctl reload zfs-apid"
        if expiry <= now { return .problem(name, "\(options.certificateFile) has expired at \(end)", remedy) }
        if expiry - now < Self.soon {
            return .warning(name, "\(options.certificateFile) expires soon, at \(end)", remedy)
        }
        return .ok(name, "\(options.certificateFile) fits its key and is valid until \(end)")
    }
}
