import APIServer
import RateLimiting
import Synchronization
import TestSupport
import Testing
import ZFSRPC

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct TransferProtocolTests {
    @Test(arguments: [1, 100_000, 3_000_001])
    func `sends by token: a start, chunks, an end mark`(count: Int) async throws {
        let bytes = StreamStub.bytes(count)
        try await TransferServer.runOnEach({ StreamStub.sender(bytes) }) { server in
            let client = try TransferClient(server.place)
            try await client.send(token: try await server.token(to: .send))
            let start = try await client.message()
            #expect(start["status"] == "started")
            #expect(start["operation"] == "send")
            #expect(start["dataset"] == "tank/a")
            #expect(start["snapshot"] == "tank/a@s")
            #expect(start["command"] == "zfs send -L tank/a@s")
            let (received, error) = try await client.chunks()
            #expect(received == bytes)
            #expect(error == nil)
            let rest = try await client.rest()
            #expect(rest.bytes == [])
            #expect(rest.isWhole)
        }
    }

    @Test func `tells of a send that failed midway with a mark and an error, and never with an end mark`() async throws
    {
        let error = RPCError(.sendFailed, "io_error", "the disk is on fire")
        let bytes = StreamStub.bytes(300_000)
        try await TransferServer.runOnEach({ StreamStub.sender(bytes, failing: error) }) { server in
            let client = try TransferClient(server.place)
            try await client.send(token: try await server.token(to: .send))
            _ = try await client.message()
            let (received, failure) = try await client.chunks()
            #expect(received == bytes)
            #expect(failure?["status"] == "failed")
            #expect(failure?["reason"] == "io_error")
            #expect(failure?["error"] == "the disk is on fire")
            #expect(try await client.rest().bytes == [])
        }
    }

    @Test func `tells of a send that never started`() async throws {
        let error = RPCError(.snapshotNotFound, "snapshot_not_found", "there is no tank/a@s")
        try await TransferServer.runOnEach({ StreamStub.sender([], failing: error) }) { server in
            let client = try TransferClient(server.place)
            try await client.send(token: try await server.token(to: .send))
            let failure = try await client.message()
            #expect(failure["status"] == "failed")
            #expect(failure["reason"] == "snapshot_not_found")
            #expect(try await client.rest().bytes == [])

            let other = try TransferClient(server.place)
            try await other.send(operation: 1, metadata: #"{"dataset":"tank/a","snapshot":"s"}"#)
            #expect(try await other.reply()["reason"] == "snapshot_not_found")
            let rest = try await other.rest()
            #expect(rest.bytes == [])
            #expect(rest.isWhole)
        }
    }

    @Test(arguments: [0, 1, 3_000_001])
    func `receives by token to the half-close, the bytes right behind the token included`(count: Int) async throws {
        let bytes = StreamStub.bytes(count)
        let received = Box<[UInt8]?>(nil)
        let stub: @Sendable () -> StubReplicator = { StreamStub.receiver { received.value = $0 } }
        try await TransferServer.runOnEach(stub) { server in
            received.value = nil
            let client = try TransferClient(server.place)
            let token = try await server.token(to: .receive)
            // All at once, as a client may that does not wait for the start.
            try await client.send(TransferMessage.bytes(UInt32(token.utf8.count)) + Array(token.utf8) + bytes)
            client.halfClose()
            let start = try await client.message()
            #expect(start["status"] == "started")
            #expect(start["dataset"] == "tank/b")
            let end = try await client.message()
            #expect(end["status"] == "completed")
            #expect(end["bytes"] == .number("\(count)"))
            #expect(end["snapshots"] == ["tank/b@stub"])
            #expect(received.value == bytes)
            #expect(try await client.rest().isWhole)
        }
    }

    @Test func `answers a receive that failed early while the client still sends`() async throws {
        let error = RPCError(
            .receiveFailed, "stream_incomplete", "the stream is cut",
            details: .object([JSONMember("resume_token", "1-abc")]))
        try await TransferServer.runOnEach({ StreamStub.receiver({ _ in }, failing: error, after: 1) }) { server in
            let client = try TransferClient(server.place)
            try await client.send(token: try await server.token(to: .receive))
            _ = try await client.message()
            let sending = Task { try? await client.send(StreamStub.bytes(20 << 20)) }
            let failure = try await client.message()
            #expect(failure["status"] == "failed")
            #expect(failure["reason"] == "stream_incomplete")
            #expect(failure["resume_token"] == "1-abc")
            await sending.value
            client.halfClose()
            #expect(try await client.rest().bytes == [])
        }
    }

    @Test func `sends by header: a reply of 8192 bytes, then bytes as they are`() async throws {
        let bytes = StreamStub.bytes(1_000_001)
        try await TransferServer.runOnEach({ StreamStub.sender(bytes) }) { server in
            let client = try TransferClient(server.place)
            try await client.send(operation: 1, metadata: #"{"dataset": "tank/a", "snapshot": "s", "raw": null}"#)
            #expect(try await client.reply()["status"] == "started")
            let rest = try await client.rest()
            #expect(rest.bytes == bytes)
            #expect(rest.isWhole)
        }
    }

    @Test func `ends a failed send by header with a reset on TCP`() async throws {
        let error = RPCError(.sendFailed, "io_error", "no")
        try await TransferServer.run(StreamStub.sender(StreamStub.bytes(1000), failing: error)) { server in
            let client = try TransferClient(server.place)
            try await client.send(operation: 1, metadata: #"{"dataset":"tank/a","snapshot":"s"}"#)
            #expect(try await client.reply()["status"] == "started")
            #expect(!(try await client.rest().isWhole))
        }
    }

    @Test func `receives by header and ends with a line`() async throws {
        let bytes = StreamStub.bytes(500_000)
        let received = Box<[UInt8]?>(nil)
        let stub: @Sendable () -> StubReplicator = { StreamStub.receiver { received.value = $0 } }
        try await TransferServer.runOnEach(stub) { server in
            received.value = nil
            let client = try TransferClient(server.place)
            let metadata = Array(#"{"dataset":"tank/b","force":true}"#.utf8)
            try await client.send([0, 0, 0, 2] + TransferMessage.bytes(UInt32(metadata.count)) + metadata + bytes)
            client.halfClose()
            #expect(try await client.reply()["status"] == "started")
            let line = try await client.rest().bytes
            #expect(line.last == UInt8(ascii: "\n"))
            #expect(try JSONParser.parse(line.dropLast())["status"] == "completed")
            #expect(received.value == bytes)
        }
    }

    @Test func `takes a token in the metadata, and only for what it is for`() async throws {
        let bytes = StreamStub.bytes(10)
        try await TransferServer.run(
            StreamStub.sender(bytes), rules: AccessRules(localhostBypass: false)
        ) { server in
            let client = try TransferClient(server.place)
            let token = try await server.token(to: .send)
            try await client.send(
                operation: 1, metadata: #"{"dataset":"tank/a","snapshot":"s","token":"\#(token)"}"#)
            #expect(try await client.reply()["status"] == "started")
            #expect(try await client.rest().bytes == bytes)
            for (operation, metadata, reason) in [
                (1, #""dataset":"tank/x""#, "wrong_dataset"), (1, #""snapshot":"x""#, "wrong_dataset"),
                (2, #""dataset":"tank/a""#, "wrong_operation"),
            ] as [(UInt32, String, JSONValue)] {
                let client = try TransferClient(server.place)
                let token = try await server.token(to: .send)
                try await client.send(operation: operation, metadata: #"{\#(metadata),"token":"\#(token)"}"#)
                #expect(try await client.reply()["reason"] == reason)
            }
            #expect(server.replicator.started == 1)
        }
    }

    @Test func `gives one answer for wrong, used, revoked and expired tokens`() async throws {
        try await TransferServer.run(StreamStub.sender([1])) { server in
            let used = try await server.token(to: .send)
            let first = try TransferClient(server.place)
            try await first.send(token: used)
            _ = try await first.message()
            #expect(try await first.chunks().bytes == [1])
            let expired = try await server.token(to: .send, lifetime: 0)
            var answers: Set<JSONValue> = []
            for token in [used, expired, String(repeating: "a", count: 64), String(repeating: "~", count: 512)] {
                let client = try TransferClient(server.place)
                try await client.send(token: token)
                guard case .object(var members) = try await client.message() else { continue }
                #expect(members.first == JSONMember("status", "failed"))
                members.removeAll { $0.name == "request_id" }
                answers.insert(.object(members))
                #expect(try await client.rest().isWhole)
            }
            #expect(answers.count == 1)
            #expect(answers.first?["reason"] == "token_invalid")
            #expect(server.replicator.started == 1)
        }
    }

    @Test func `refuses when the store of tokens is away`() async throws {
        try await TransferServer.run { server in
            let token = try await server.token(to: .send)
            server.store.isAway = true
            let client = try TransferClient(server.place)
            try await client.send(token: token)
            #expect(try await client.message()["reason"] == "store_unavailable")
        }
    }

    @Test func `looks at no more tokens of a client that tried too many`() async throws {
        let rules = AccessRules(localhostBypass: false, rateLimit: .init(requests: 3, window: .seconds(60)))
        try await TransferServer.run(rules: rules, limiter: true) { server in
            for number in 0..<5 {
                let client = try TransferClient(server.place)
                try await client.send(token: String(repeating: "a", count: 64))
                #expect(try await client.message()["reason"] == (number < 3 ? "token_invalid" : "rate_limited"))
            }
        }
    }

    @Test func `a client that does not read delays nobody else`() async throws {
        let bytes = StreamStub.bytes(16_000_000)
        try await TransferServer.runOnEach({ StreamStub.sender(bytes, piece: 1 << 20) }) { server in
            let slow = try await (0..<8).asyncMap { _ in
                let client = try TransferClient(server.place)
                try await client.send(token: try await server.token(to: .send))
                _ = try await client.message()
                return client
            }
            let client = try TransferClient(server.place)
            try await client.send(token: try await server.token(to: .send))
            _ = try await client.message()
            #expect(try await client.chunks().bytes == bytes)
            #expect(server.replicator.running == slow.count)
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
