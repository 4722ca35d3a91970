import ZFSRPC

extension TokenDigest {
    /// A digest that differs by number.
    static func sample(_ number: Int) -> TokenDigest {
        let digits = String(number, radix: 16)
        return TokenDigest(String(repeating: "0", count: 64 - digits.count) + digits)
    }
}

extension TransferToken {
    static func token(
        _ number: Int = 1, user: String = "alice", operation: TransferRequest.Operation = .send, uses: Int = 1,
        request: String = #"{"operation":"send","snapshot":"tank/a@b"}"#, byteLimit: UInt64? = nil
    ) -> TransferToken {
        TransferToken(
            digest: .sample(number), prefix: "zt\(number)", request: request, operation: operation, dataset: "tank/a",
            user: user, created: 1_800_000_000, expires: 1_800_000_300, maximumUses: uses, uses: 0,
            byteLimit: byteLimit)
    }
}

extension StreamSession {
    static func stream(_ number: Int = 1, user: String = "alice") -> StreamSession {
        let digits = String(number, radix: 16)
        return StreamSession(
            id: String(repeating: "0", count: 32 - digits.count) + digits,
            request: #"{"operation":"receive","dataset":"tank/a"}"#, operation: .receive, dataset: "tank/a", user: user,
            created: 1_800_000_000)
    }
}

extension TransferClaim {
    /// What was granted, if it was.
    var value: Value? {
        if case .granted(let value) = self { value } else { nil }
    }

    /// `granted`, `inUse`, or why it is refused.
    var word: String {
        switch self {
        case .granted: "granted"
        case .unknown(let refusal): refusal.rawValue
        case .inUse: "inUse"
        }
    }
}

/// The error of a question to a store, or nil when it was answered.
func failure<Value>(
    of question: () async throws(TransferStoreError) -> Value
) async -> TransferStoreError? {
    do throws(TransferStoreError) {
        _ = try await question()
        return nil
    } catch {
        return error
    }
}
