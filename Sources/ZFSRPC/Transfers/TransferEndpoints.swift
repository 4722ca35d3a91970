/// Where clients find the transfers, as answers tell them.
public struct TransferEndpoints: Sendable, Hashable {
    /// The host and port of the transfer socket on TCP, such as `127.0.0.1:9999`; nil for none.
    public var tcp: String?
    /// The path of the transfer socket in the file system; nil for none.
    public var unix: String?
    /// What comes before `/stream/{id}`, such as `https://nas.example.org:8545`, without a slash at its end; nil when
    /// clients shall put their own address of the service there.
    public var baseURL: String?

    /// Makes a description.
    public init(tcp: String? = nil, unix: String? = nil, baseURL: String? = nil) {
        self.tcp = tcp
        self.unix = unix
        self.baseURL = baseURL
    }
}
