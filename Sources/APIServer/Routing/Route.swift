import NIOHTTP1

/// The paths the server knows.
enum Route: String, Sendable {
    case rpc = "/rpc"
    case root = "/"
    case health = "/health"
    case ready = "/ready"
    case openRPC = "/openrpc.json"
    case metrics = "/metrics"

    /// Finds the route of a request target; a query is not part of the path.
    init?(target: String) {
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
        self.init(rawValue: path)
    }

    /// The value of the `Allow` header.
    var allow: String {
        switch self {
        case .rpc, .root: "POST"
        case .health, .ready, .openRPC, .metrics: "GET, HEAD"
        }
    }

    func allows(_ method: HTTPMethod) -> Bool {
        switch self {
        case .rpc, .root: method == .POST
        case .health, .ready, .openRPC, .metrics: method == .GET || method == .HEAD
        }
    }
}
