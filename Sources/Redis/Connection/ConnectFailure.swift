internal import Glibc
internal import NIOCore
internal import NIOPosix

/// What the network says when there is no connection, in words.
enum ConnectFailure {
    /// A short text for an error of NIO.
    static func describe(_ error: any Error) -> String {
        switch error {
        case let error as IOError:
            return unsafe String(cString: strerror(error.errnoCode)).lowercased()
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.first { return describe(failure.error) }
            return "the host name is not known"
        case ChannelError.connectTimeout:
            return "the server did not accept the connection in time"
        case is SocketAddressError:
            return "the address cannot be used"
        default:
            return "\(error)"
        }
    }
}
