import ZFSRPC

extension Readiness {
    /// The document of `GET /ready`.
    var document: [UInt8] {
        let checks = checks.map { check in
            #"\#(JSONText.quoted(check.name)):{"ok":\#(check.isOK),"detail":\#(JSONText.quoted(check.detail))}"#
        }.joined(separator: ",")
        let status = isReady ? "ready" : "unavailable"
        let pools = poolCount.map { String($0) } ?? "null"
        return Array(#"{"status":"\#(status)","checks":{\#(checks)},"pool_count":\#(pools)}"#.utf8)
    }
}
