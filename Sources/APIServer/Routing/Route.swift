import NIOHTTP1

/// The paths the server knows.
enum Route: String, Sendable {
    case rpc = "/rpc"
    case root = "/"
    case health = "/health"
    case ready = "/ready"
    case openRPC = "/openrpc.json"
    case metrics = "/metrics"
    case events = "/events"
    /// One stream; its identifier is no part of the route.
    case stream = "/stream/{id}"

    private static let streamPrefix = "/stream/"

    /// Finds the route of a request target; a query is not part of the path.
    init?(target: String) {
        let path = Self.path(of: target)
        if path.utf8.starts(with: Self.streamPrefix.utf8) {
            self = .stream
        } else {
            self.init(rawValue: path)
        }
    }

    /// The identifier of the stream that a target names; it can be any text.
    static func streamID(in target: String) -> String {
        String(path(of: target).dropFirst(streamPrefix.count))
    }

    /// The values of a query as they are written, by name, the first of each.
    static func query(in target: String) -> [String: String] {
        guard let start = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return [:] }
        var values: [String: String] = [:]
        for pair in target[start...].dropFirst().split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if values[name] == nil { values[name] = parts.count == 2 ? String(parts[1]) : "" }
        }
        return values
    }

    private static func path(of target: String) -> String {
        target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
    }

    /// The value of the `Allow` header.
    var allow: String {
        switch self {
        case .rpc, .root: "POST"
        case .stream: "GET, POST"
        case .events: "GET"
        case .health, .ready, .openRPC, .metrics: "GET, HEAD"
        }
    }

    func allows(_ method: HTTPMethod) -> Bool {
        switch self {
        case .rpc, .root: method == .POST
        case .stream: method == .GET || method == .POST
        case .events: method == .GET
        case .health, .ready, .openRPC, .metrics: method == .GET || method == .HEAD
        }
    }
}
