import Storage
import Testing
import ZFSRPC

/// What both stores do with tokens.
@Suite struct TransferTokenStoreTests {
    @Test(arguments: StoreKind.available)
    func `a token with one use is granted once, as it was kept`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            let token = TransferToken.token(
                user: "ä 'b\"\n$1", request: String(repeating: #"{"x":"\u0000'"}"#, count: 4000), byteLimit: 1 << 62)
            try await store.add(token, lifetime: .seconds(300))
            let first = try await store.claim(digest: token.digest)
            let granted = try #require(first.value)
            #expect(granted.uses == 1 && granted.maximumUses == 1)
            #expect(granted.user == token.user && granted.request == token.request && granted.prefix == token.prefix)
            #expect(granted.byteLimit == 1 << 62 && granted.operation == .send && granted.dataset == "tank/a")
            #expect(granted.created == token.created && granted.expires == token.expires)
            let second = try await store.claim(digest: token.digest)
            #expect(second.word == "used")
            let other = try await store.claim(digest: .sample(2))
            #expect(other.word == "unknown")
        }
    }

    @Test(arguments: StoreKind.available, [1, 3])
    func `many at once get as many uses as there are`(kind: StoreKind, uses: Int) async throws {
        try await StoreBench.run(kind) { bench in
            var stores: [any TransferStore] = []
            for node in ["one", "two", "three", "four"] { stores.append(try await bench.open(node: node)) }
            try await stores[0].add(.token(uses: uses), lifetime: .seconds(300))
            let words = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<100 {
                    let store = stores[index % stores.count]
                    group.addTask { try await store.claim(digest: .sample(1)).word }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(words == ["granted": uses, "used": 100 - uses])
            let statistics = try await stores[1].statistics()
            #expect(statistics.used[.send] == UInt64(uses) && statistics.refused[.used] == UInt64(100 - uses))
        }
    }

    @Test(arguments: StoreKind.available)
    func `what was used, revoked and counted is so for the next run`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.add(.token(1), lifetime: .seconds(300))
            try await store.add(.token(2, operation: .receive, uses: 2), lifetime: .seconds(300))
            try await store.add(.token(3), lifetime: .seconds(300))
            _ = try await store.claim(digest: .sample(1))
            _ = try await store.claim(digest: .sample(2))
            #expect(try await store.revoke(digest: .sample(3), ofUser: "alice"))
            let next = try await bench.open()
            let words = [
                try await next.claim(digest: .sample(1)).word, try await next.claim(digest: .sample(3)).word,
                try await next.claim(digest: .sample(2)).word, try await next.claim(digest: .sample(2)).word,
            ]
            #expect(words == ["used", "unknown", "granted", "used"])
            let statistics = try await next.statistics()
            #expect(statistics.created == [.send: 2, .receive: 1])
            #expect(statistics.used == [.send: 1, .receive: 2])
            #expect(statistics.revoked == [.send: 1, .receive: 0])
            #expect(statistics.refused == [.unknown: 1, .used: 2, .expired: 0])
            #expect(statistics.active == 0)
        }
    }

    @Test(arguments: StoreKind.available)
    func `a list has the living tokens of its user, oldest first`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            for number in [5, 1, 9, 3] { try await store.add(.token(number), lifetime: .seconds(300)) }
            try await store.add(.token(7, user: "bob"), lifetime: .seconds(300))
            try await store.add(.token(8), lifetime: .seconds(10))
            _ = try await store.claim(digest: .sample(9))
            _ = try await store.revoke(digest: .sample(1), ofUser: nil)
            bench.time.advance(10_000)
            let listed = try await store.tokens(ofUser: "alice")
            #expect(listed.map(\.prefix) == ["zt5", "zt9", "zt3"])
            #expect(listed.map(\.uses) == [0, 1, 0])
            #expect(try await store.tokens(ofUser: "nobody").isEmpty)
            #expect(try await store.statistics().active == 3)
        }
    }

    @Test(arguments: StoreKind.available)
    func `a token is revoked by its owner or by an admin, and by its whole digest`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            for number in 1...3 { try await store.add(.token(number), lifetime: .seconds(300)) }
            #expect(try await store.revoke(digest: .sample(1), ofUser: "bob") == false)
            #expect(try await store.revoke(digest: TokenDigest("00000000"), ofUser: "alice") == false)
            #expect(try await store.revoke(digest: TokenDigest("zt1"), ofUser: nil) == false)
            #expect(try await store.revoke(digest: .sample(1), ofUser: "alice"))
            #expect(try await store.revoke(digest: .sample(1), ofUser: "alice") == false)
            #expect(try await store.revoke(digest: .sample(2), ofUser: nil))
            bench.time.advance(300_000)
            #expect(try await store.revoke(digest: .sample(3), ofUser: "alice") == false)
            #expect(try await store.statistics().revoked[.send] == 2)
        }
    }

    @Test(arguments: StoreKind.available)
    func `a digest that is there is not made new`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.add(.token(), lifetime: .seconds(300))
            _ = try await store.claim(digest: .sample(1))
            let error = await failure { () throws(TransferStoreError) in
                try await store.add(.token(user: "bob"), lifetime: .seconds(300))
            }
            #expect(error != nil)
            #expect(error?.description.contains("0000") == false)
            #expect(try await store.claim(digest: .sample(1)).word == "used")
        }
    }

    @Test(arguments: StoreKind.available)
    func `a life ends at its millisecond, whatever the wall clock does`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            for jump in [0, TestTime.tenYears, -2 * TestTime.tenYears] {
                bench.time.jump(jump)
                try await store.add(.token(uses: 5), lifetime: .seconds(300))
                bench.time.jump(TestTime.tenYears)
                #expect(try await store.claim(digest: .sample(1)).word == "granted")
                bench.time.jump(-2 * TestTime.tenYears)
                #expect(try await store.claim(digest: .sample(1)).word == "granted")
                bench.time.advance(299_999)
                #expect(try await store.claim(digest: .sample(1)).word == "granted")
                #expect(try await store.tokens(ofUser: "alice").count == 1)
                bench.time.advance(1)
                #expect(try await store.claim(digest: .sample(1)).word == "expired")
                bench.time.jump(TestTime.tenYears)
                #expect(try await store.claim(digest: .sample(1)).word == "expired")
                #expect(try await store.tokens(ofUser: "alice").isEmpty)
                // Makes it be forgotten.
                bench.time.advance(10 * 86_400_000)
                let full = try await bench.open(limits: TransferStoreLimits(perUser: 1, total: 1))
                try await full.add(.token(2), lifetime: .seconds(1))
                bench.time.advance(1000)
            }
        }
    }

    @Test(arguments: StoreKind.available)
    func `after a reboot and on other machines the wall clock tells`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.add(.token(uses: 9), lifetime: .seconds(300))
            bench.time.reboot()
            bench.time.jump(299_999)
            #expect(try await store.claim(digest: .sample(1)).word == "granted")
            bench.time.jump(1)
            #expect(try await store.claim(digest: .sample(1)).word == "expired")
            bench.time.jump(-300_000 - 299_000)
            #expect(try await store.claim(digest: .sample(1)).word == "granted")
            // A clock that lost its battery does not make the token live again.
            bench.time.jump(-2000)
            #expect(try await store.claim(digest: .sample(1)).word == "expired")
            bench.time.jump(-TestTime.tenYears)
            #expect(try await store.claim(digest: .sample(1)).word == "expired")
        }
    }

    @Test(arguments: StoreKind.available)
    func `a machine without a boot identifier has the wall clock alone`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            bench.time.reboot("")
            try await store.add(.token(), lifetime: .seconds(300))
            bench.time.jump(300_000)
            #expect(try await store.claim(digest: .sample(1)).word == "expired")
        }
    }

    @Test(arguments: StoreKind.available)
    func `what is expired or used makes room, and nothing else does`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open(limits: TransferStoreLimits(perUser: 3, total: 5))
            func add(_ number: Int, _ user: String, seconds: Int = 300) async -> TransferStoreError? {
                await failure { () throws(TransferStoreError) in
                    try await store.add(.token(number, user: user), lifetime: .seconds(seconds))
                }
            }
            for number in 1...3 { #expect(await add(number, "alice", seconds: number == 1 ? 10 : 300) == nil) }
            #expect(await add(4, "alice")?.isFull == true)
            for number in 5...6 { #expect(await add(number, "bob") == nil) }
            #expect(await add(7, "bob")?.isFull == true)
            bench.time.advance(10_000)
            #expect(await add(4, "alice") == nil)
            #expect(await add(8, "alice")?.isFull == true)
            #expect(try await store.claim(digest: .sample(2)).word == "granted")
            #expect(await add(8, "alice") == nil)
            #expect(try await store.claim(digest: .sample(2)).word == "unknown")
            #expect(try await store.tokens(ofUser: "alice").map(\.prefix) == ["zt3", "zt4", "zt8"])
            #expect(await add(9, "bob")?.isFull == true)
        }
    }

    @Test(arguments: StoreKind.available)
    func `a user has a thousand tokens, and they are listed`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            for number in 1...1000 { try await store.add(.token(number), lifetime: .seconds(300)) }
            let error = await failure { () throws(TransferStoreError) in
                try await store.add(.token(1001), lifetime: .seconds(300))
            }
            #expect(error?.isFull == true)
            let prefixes = try await store.tokens(ofUser: "alice").map(\.prefix)
            #expect(prefixes == (1...1000).map { "zt\($0)" })
            #expect(try await store.statistics().active == 1000)
        }
    }

    @Test(arguments: StoreKind.available)
    func `a store that was closed answers nothing`(kind: StoreKind) async throws {
        try await StoreBench.run(kind) { bench in
            let store = try await bench.open()
            try await store.check()
            try await store.add(.token(), lifetime: .seconds(300))
            await (store as? SQLiteTransferStore)?.close()
            (store as? RedisTransferStore)?.close()
            #expect(store.kind == kind.rawValue)
            let check = await failure { () throws(TransferStoreError) in try await store.check() }
            #expect(check?.description.contains("closed") == true)
            let claim = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(1)) }
            #expect(claim?.isFull == false)
        }
    }
}
