import NIOHTTP1

/// Finds the client in `X-Forwarded-For`, where each proxy appends whom it got the request from.
enum ForwardedFor {
    /// The last address of the header that is no trusted proxy; nil when there is none, or something that is no address.
    static func client(in headers: HTTPHeaders, trusting proxies: [AddressRange]) -> String? {
        let hops = headers["X-Forwarded-For"].flatMap { $0.split(separator: ",") }
        for hop in hops.reversed() {
            let address = String(hop.trimmingBlanks)
            // What stands left of a hop that is not to be believed was written by the client itself.
            guard AddressRange(address) != nil, !address.utf8.contains(UInt8(ascii: "/")) else { return nil }
            if !proxies.contains(where: { $0.contains(address) }) { return address }
        }
        return nil
    }
}
