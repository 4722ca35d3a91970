/// By which way the bytes of a transfer come or go.
public enum TransferTransport: String, Sendable, Hashable, CaseIterable {
    /// `/stream/{id}`.
    case http
    /// The transfer socket on TCP.
    case tcp
    /// The transfer socket in the file system.
    case unix
    /// A file on this host.
    case file
}
