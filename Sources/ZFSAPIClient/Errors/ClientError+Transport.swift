internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension ClientError {
    /// The error for what HTTP could not do, with what to do about it.
    /// - Parameters:
    ///   - error: What the HTTP client threw.
    ///   - address: Where it called.
    ///   - timeout: How long the answer was waited for.
    init(transport error: any Error, address: ServiceAddress, timeout: Duration?) {
        if let error = error as? HTTPClientError {
            self.init(http: error, address: address, timeout: timeout)
            return
        }
        switch error {
        case is CancellationError: self.init(.cancelled, "the call was cancelled", reason: "cancelled")
        case let error as NIOConnectionError:
            let first = error.connectionErrors.first.map { $0.error }
            self.init(
                transport: first ?? error.dnsAError ?? error.dnsAAAAError ?? Unreachable(), address: address,
                timeout: timeout)
        case let error as IOError where Self.connectionErrors.contains(error.errnoCode):
            self = .notConnected(to: address, errno: error.errnoCode)
        case is SocketAddressError, is Unreachable:
            self = .notConnected(
                to: address, "the name of the host is not known", hint: "check the address and the network")
        case let error as NIOSSLError: self = .notConnected(to: address, tls: error)
        case is NIOSSLExtraError:
            self = .notConnected(
                to: address, "its certificate is of another name",
                hint: "call it by a name in its certificate")
        default: self = .lost(address.description)
        }
    }

    private init(http error: HTTPClientError, address: ServiceAddress, timeout: Duration?) {
        if error == .cancelled {
            self.init(.cancelled, "the call was cancelled", reason: "cancelled")
        } else if error == .connectTimeout {
            self = .notConnected(to: address, "no answer within 10 seconds", hint: "check the address and the network")
        } else if error == .deadlineExceeded || error == .readTimeout {
            let seconds = timeout.map { " within \($0.components.seconds) seconds" } ?? " in time"
            self.init(
                .connectionFailed,
                "\(address) did not answer\(seconds); what was asked may still happen: look first, or allow a longer time",
                reason: "no_answer")
        } else {
            self = .lost(address.description)
        }
    }

    /// The error for an end that came too early.
    static func lost(_ place: String) -> ClientError {
        var error = ClientError(
            .connectionFailed,
            "the connection to \(place) ended before the answer was whole; what was asked may have happened: look first, "
                + "and see the log of the daemon", reason: "connection_lost")
        error.isRetryable = true
        return error
    }

    /// The error for a connection that the system refuses.
    static func notConnected(to address: some CustomStringConvertible, errno number: Int32) -> ClientError {
        let hint =
            switch number {
            case EACCES, EPERM: "join the group of the socket, or run as its user"
            case ECONNREFUSED, ENOENT:
                "does the daemon run? Start it with: systemctl start zfs-apid, or: zfs-apid serve; server in its "
                    + "configuration says where it listens"
            default: "check the address and the network"
            }
        return notConnected(to: address, SystemMessage.text(number), hint: hint)
    }

    private static let connectionErrors: Set = [
        EACCES, EPERM, ECONNREFUSED, ENOENT, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EADDRNOTAVAIL, ENOTSOCK,
    ]

    private static func notConnected(
        to address: some CustomStringConvertible, _ what: String, hint: String
    ) -> ClientError {
        ClientError(.connectionFailed, "no connection to \(address): \(what); \(hint)", reason: "not_connected")
    }

    private static func notConnected(to address: ServiceAddress, tls error: NIOSSLError) -> ClientError {
        if case .handshakeFailed(let cause) = error, "\(cause)".contains("CERTIFICATE_VERIFY_FAILED") {
            return notConnected(
                to: address, "its certificate is signed by nobody who is trusted",
                hint: "give the certificates of its authority (ca_file)")
        }
        return notConnected(
            to: address, "no TLS handshake",
            hint: "it may not speak TLS: look at tls in its configuration, or call http:// on its own machine")
    }
}

/// No address of a host could be tried.
private struct Unreachable: Error {}
