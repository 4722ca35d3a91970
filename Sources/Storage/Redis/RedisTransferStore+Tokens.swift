internal import Redis
public import ZFSRPC

extension RedisTransferStore {
    /// Adds a token.
    public func add(_ token: TransferToken, lifetime: Duration) async throws(TransferStoreError) {
        try await add(
            "token", token.digest.text, of: token.user, token.fields, lifetime,
            counter: StoreCounter.created(token.operation.rawValue))
    }

    /// Counts one use of a token, if it has one left.
    public func claim(digest: TokenDigest) async throws(TransferStoreError) -> TransferClaim<TransferToken> {
        let reply = try await run(TransferScripts.claim, clock.now, [digest.text])
        return try Self.claim(of: reply) { fields throws(RedisError) in try TransferToken(fields) }
    }

    /// The tokens of a user, oldest first.
    public func tokens(ofUser user: String) async throws(TransferStoreError) -> [TransferToken] {
        let reply = try await run(
            TransferScripts.list, clock.now, ["token", "1", user, "\(TransferStoreLimits.listed)"])
        return try Self.list(of: reply) { fields throws(RedisError) in try TransferToken(fields) }
    }

    /// Removes a token of a user, or of anybody for nil.
    public func revoke(digest: TokenDigest, ofUser user: String?) async throws(TransferStoreError) -> Bool {
        let reply = try await run(
            TransferScripts.revoke, clock.now, [digest.text, user == nil ? "0" : "1", user ?? ""])
        return reply.integer == 1
    }

    /// What happened to tokens since Redis has the counters.
    public func statistics() async throws(TransferStoreError) -> TransferStatistics {
        var (start, active) = (Int64(0), Int64(0))
        while start < Int64(limits.total) {
            let reply = try await run(TransferScripts.active, clock.now, ["\(start)"])
            let numbers = reply.elements?.compactMap(\.integer) ?? []
            guard numbers.count == 2 else { throw TransferStoreError(StoredFields.damage.description) }
            active += numbers[1]
            start += numbers[0]
            if numbers[0] < 1000 { break }
        }
        return TransferStatistics(counters: try await counters(), active: UInt64(clamping: active))
    }

    /// Adds a token or session.
    func add(
        _ kind: String, _ id: String, of user: String, _ fields: [String], _ lifetime: Duration, counter: String
    ) async throws(TransferStoreError) {
        guard !id.isEmpty, !id.utf8.contains(UInt8(ascii: ":")) else {
            throw TransferStoreError("this is no identifier of a token or session")
        }
        let now = clock.now
        let expiry = Expiry(after: lifetime, from: now)
        let head = [kind, id, user, "\(limits.perUser)", "\(limits.total)", "\(expiry.milliseconds)", counter]
        let reply = try await run(TransferScripts.add, now, head + fields + expiry.fields)
        switch reply.text {
        case "added": break
        case "user": throw limits.userIsFull
        case "total": throw limits.storeIsFull
        case "exists": throw TransferStoreError("there is such a token or session already")
        default: throw TransferStoreError(StoredFields.damage.description)
        }
    }

    /// What came of a claim, by the answer of its script.
    static func claim<Value>(
        of reply: RedisReply, _ read: (StoredFields) throws(RedisError) -> Value
    ) throws(TransferStoreError) -> TransferClaim<Value> {
        if let word = reply.text {
            if word == "inUse" { return .inUse }
            if let refusal = TransferRefusal(rawValue: word) { return .unknown(refusal) }
        }
        do throws(RedisError) {
            return .granted(try read(try StoredFields(reply)))
        } catch {
            throw TransferStoreError(error.description)
        }
    }

    /// The values of a list.
    static func list<Value>(
        of reply: RedisReply, _ read: (StoredFields) throws(RedisError) -> Value
    ) throws(TransferStoreError) -> [Value] {
        do throws(RedisError) {
            guard let elements = reply.elements else { throw StoredFields.damage }
            var values: [Value] = []
            for element in elements { values.append(try read(try StoredFields(element))) }
            return values
        } catch {
            throw TransferStoreError(error.description)
        }
    }
}
