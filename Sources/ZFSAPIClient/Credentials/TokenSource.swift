/// Where the bearer token of a client comes from.
///
/// Its description never shows a token.
public enum TokenSource: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// There is none.
    case none
    /// The program has it.
    case token(String)
    /// A file that nobody else can read (mode 0600).
    ///
    /// It is read for each request, so it can be replaced.
    case file(String)
    /// A program and its arguments that prints it, run without a shell.
    ///
    /// It is run again when the token was refused.
    case command([String])

    /// The kind of source.
    public var description: String {
        switch self {
        case .none: "no token"
        case .token: "a token"
        case .file(let path): "the token file \(path)"
        case .command(let words): "the token command \(words.first ?? "")"
        }
    }

    /// The same.
    public var debugDescription: String { description }
}
