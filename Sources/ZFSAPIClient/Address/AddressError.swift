/// Why a text is no address.
///
/// It does not repeat the text, which might hold a secret.
public enum AddressError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is none of the forms.
    case notAnAddress
    /// It is not one of a transfer socket.
    case notATransferAddress
    /// It has a user or a password.
    case hasCredentials

    /// What to give instead.
    public var description: String {
        switch self {
        case .notAnAddress: "an address is http://HOST:PORT, https://HOST:PORT or unix:///PATH of a socket"
        case .notATransferAddress: "the address of a transfer socket is tcp://HOST:PORT or unix:///PATH"
        case .hasCredentials: "an address has no user or password; give a token file or a token command"
        }
    }

    /// The scheme and what follows it.
    static func parts(of text: String) throws(AddressError) -> (scheme: Substring, rest: Substring) {
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { throw .notAnAddress }
        let scheme = text[..<colon]
        var rest = text[text.index(colon, offsetBy: 3)...]
        if scheme == "unix" { return (scheme, rest) }
        guard !rest.contains("@") else { throw .hasCredentials }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        return (scheme, rest)
    }

    /// The path of a Unix socket.
    static func path(_ text: Substring) throws(AddressError) -> String {
        guard text.hasPrefix("/"), text.utf8.count <= 107, !text.utf8.contains(0) else { throw .notAnAddress }
        return String(text)
    }
}
