import ZFSRPC

extension CallRecord {
    /// A call of an operator with a token.
    static func sample(
        _ method: String? = "dataset_destroy",
        isWrite: Bool = true,
        principal: Principal? = Principal(name: "alice", role: .operator, kind: .token, tokenID: "t1"),
        parameters: String = #"{"dataset":"tank/a"}"#,
        requestID: String = "r1"
    ) -> CallRecord {
        CallRecord(
            method: method, isWrite: isWrite, principal: principal, peer: "192.0.2.7", requestID: requestID,
            parameters: Array(parameters.utf8))
    }
}
