internal import ZFSRPC

extension RPCError.Code {
    /// Whether the caller was refused for who it is, or for not being known.
    var isRefusedAuthentication: Bool {
        self == .authenticationRequired || self == .credentialsRefused || self == .notAllowed
    }
}
