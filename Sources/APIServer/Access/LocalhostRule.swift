import NIOHTTP1

/// Says whether a request from 127.0.0.1 or ::1 may be the user `localhost`, who needs no token.
///
/// A web page can make a browser on this machine call a loopback port, directly or by a DNS name that points to it,
/// and a proxy on this machine forwards calls of others. Both give themselves away in the headers.
enum LocalhostRule {
    /// What speaks against taking the caller for `localhost`, as a sentence, or nil.
    static func objection(to head: HTTPRequestHead, isEncrypted: Bool) -> String? {
        var host: String?
        var origin: String?
        for (name, value) in head.headers {
            switch name.utf8.count {
            case 4 where name.isEqualIgnoringCase("host"):
                host = value
            case 6 where name.isEqualIgnoringCase("origin"):
                guard origin == nil else { return "The request has more than one Origin header." }
                origin = value
            case 9 where name.isEqualIgnoringCase("forwarded"), 9 where name.isEqualIgnoringCase("x-real-ip"):
                return "The request was forwarded by a proxy, so it needs a token: give Authorization: Bearer TOKEN."
            case 12... where String(name.prefix(12)).isEqualIgnoringCase("x-forwarded-"):
                return "The request was forwarded by a proxy, so it needs a token: give Authorization: Bearer TOKEN."
            case 14 where name.isEqualIgnoringCase("sec-fetch-site"):
                guard value == "same-origin" || value == "none" else {
                    return
                        "The request comes from another web site, so it needs a token: give Authorization: Bearer TOKEN."
                }
            default:
                break
            }
        }
        guard let host, LoopbackName.matches(hostHeader: host) else {
            return "The Host header names no loopback address; call 127.0.0.1, [::1] or localhost, or give a token."
        }
        guard let origin else { return nil }
        guard origin.isEqualIgnoringCase((isEncrypted ? "https://" : "http://") + host) else {
            return "The request comes from another web site, so it needs a token: give Authorization: Bearer TOKEN."
        }
        return nil
    }
}
