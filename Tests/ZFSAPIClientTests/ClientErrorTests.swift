import Testing

@testable import ZFSAPIClient

@Suite struct ClientErrorTests {
    @Test(arguments: [
        (-32700, ClientError.Kind.invalidRequest), (-32601, .invalidRequest), (-32602, .invalidParameters),
        (-32001, .invalidParameters), (-32002, .notFound), (-32003, .notFound), (-32050, .notFound),
        (-32040, .authenticationFailed), (-32041, .authenticationFailed), (-32004, .permissionDenied),
        (-32042, .permissionDenied), (-32051, .conflict), (-32005, .operationFailed), (-32021, .operationFailed),
        (-32030, .operationFailed), (-32035, .operationFailed), (-32010, .transferFailed), (-32020, .transferFailed),
        (-32052, .unavailable), (-32000, .rateLimited), (-32053, .timedOut), (-32054, .cancelled),
        (-32603, .internalError), (-1, .unknown),
    ])
    func `each code has a kind`(code: Int, kind: ClientError.Kind) {
        #expect(ClientError.Kind(code: code) == kind)
    }

    @Test func `only errors that may pass are tried again, after longer and longer pauses`() {
        var error = ClientError(.unavailable, "away", reason: "overloaded")
        #expect(RetryPolicy.pause(after: error, attempt: 0) == nil)
        error.isRetryable = true
        #expect((0..<3).map { RetryPolicy.pause(after: error, attempt: $0) } == [0.25, 0.5, 1])
        #expect(RetryPolicy.pause(after: error, attempt: 100) == nil)
    }

    @Test func `a pause that the daemon asks for is kept, unless it is long`() {
        var error = ClientError(.rateLimited, "too many", reason: "rate_limited")
        error.isRetryable = true
        error.retryAfter = 7
        #expect(RetryPolicy.pause(after: error, attempt: 0) == 7)
        error.retryAfter = 31
        #expect(RetryPolicy.pause(after: error, attempt: 0) == nil)
    }

    @Test func `only reads are declared to be tried again`() {
        let reads = MethodDeclaration.all.filter(\.isRead).map(\.name)
        #expect(reads.contains("dataset_list") && reads.contains("task_events"))
        for word in ["create", "destroy", "set", "cancel", "init", "revoke", "login", "rollback", "prune"] {
            #expect(!reads.contains { $0.split(separator: "_").contains(Substring(word)) }, "\(word)")
        }
    }
}
