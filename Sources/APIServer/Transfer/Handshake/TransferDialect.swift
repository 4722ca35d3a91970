/// The two protocols of the transfer socket.
enum TransferDialect: Sendable, Hashable {
    /// A token after its length; messages after their length; a send in chunks after theirs.
    case token
    /// An operation, metadata after their length; a first answer of fixed size; bytes as they are.
    case header
}
