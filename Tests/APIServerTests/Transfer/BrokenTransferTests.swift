import APIServer
import Glibc
import ServiceLifecycle
import TestSupport
import Testing
import ZFSRPC

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct BrokenTransferTests {
    @Test(arguments: [0, 3, 15, 513, 1 << 31, .max] as [UInt32])
    func `refuses a first number that is neither an operation nor the length of a token`(number: UInt32) async throws {
        try await TransferServer.run { server in
            let client = try TransferClient(server.place)
            try await client.send(TransferMessage.bytes(number))
            let failure = try await client.message()
            #expect(failure["status"] == "failed")
            #expect(failure["reason"] == "invalid_handshake")
            #expect(try await client.rest().isWhole)
            #expect(server.admission.counts.refused(.transfer) == 1)
        }
    }

    @Test(arguments: [0, 1, (64 << 10) + 1, 1 << 30, .max] as [UInt32])
    func `refuses metadata of a length that it must not have, before it comes`(length: UInt32) async throws {
        try await TransferServer.run { server in
            let client = try TransferClient(server.place)
            try await client.send([0, 0, 0, 1] + TransferMessage.bytes(length))
            #expect(try await client.reply()["reason"] == "invalid_handshake")
            #expect(try await client.rest().isWhole)
        }
    }

    @Test(
        arguments: [
            (1, "{{", "invalid_json"), (1, "[]", "invalid_parameter"), (1, "{\"a\":1}", "invalid_parameter"),
            (1, "{\"dataset\":\"tank\",\"dataset\":\"tank\"}", "invalid_json"),
            (1, "{\"dataset\":1,\"snapshot\":\"s\"}", "invalid_parameter"), (1, "{}", "invalid_parameter"),
            (1, "{\"dataset\":\"tank\"}", "invalid_parameter"),
            (1, "{\"dataset\":\"-R\",\"snapshot\":\"s\"}", "invalid_name"),
            (1, "{\"dataset\":\"tank\",\"snapshot\":\"s\",\"raw\":1}", "invalid_parameter"),
            (1, "{\"dataset\":\"tank\",\"snapshot\":\"s\",\"force\":true}", "invalid_parameter"),
            (1, "{\"dataset\":\"tank\",\"snapshot\":\"s\",\"resume_token\":\"1\"}", "invalid_name"),
            (2, "{\"dataset\":\"tank@s\"}", "invalid_name"),
            (2, "{\"dataset\":\"t\",\"snapshot\":\"s\"}", "invalid_parameter"),
            (2, "{\"dataset\":\"t\",\"target_dataset\":\"u\"}", "invalid_parameter"),
            (1, "{\"token\":\"short\"}", "invalid_parameter"),
            (1, "{\"token\":\"0123456789abcdef\",\"raw\":true}", "invalid_parameter"),
        ] as [(UInt32, String, String)])
    func `says what is wrong with metadata`(operation: UInt32, metadata: String, reason: String) async throws {
        try await TransferServer.run { server in
            let client = try TransferClient(server.place)
            try await client.send(operation: operation, metadata: metadata)
            let reply = try await client.reply()
            #expect(reply["status"] == "failed")
            #expect(reply["reason"] == .string(reason))
            #expect(server.replicator.started == 0)
        }
    }

    @Test func `refuses a token with bytes that no token has`() async throws {
        try await TransferServer.run { server in
            let client = try TransferClient(server.place)
            try await client.send([0, 0, 0, 16] + [UInt8](repeating: 0, count: 16))
            #expect(try await client.message()["reason"] == "invalid_handshake")
        }
    }

    @Test(
        arguments: [[], [0], [0, 0, 0, 16], [0, 0, 0, 64, 65], [0, 0, 0, 1], [0, 0, 0, 1, 0, 0, 0, 9, 123]] as [[UInt8]]
    )
    func `cuts a client that falls silent within its handshake`(bytes: [UInt8]) async throws {
        let limits = TransferLimits(handshakeTimeout: .milliseconds(300))
        try await TransferServer.run(limits: limits) { server in
            let client = try TransferClient(server.place)
            let start = ContinuousClock.now
            try await client.send(bytes)
            let rest = try await client.rest()
            #expect(rest.bytes == [])
            #expect(start.duration(to: .now) > .milliseconds(250))
            try await server.settles()
        }
    }

    @Test func `counts the time of the whole handshake, not of each byte`() async throws {
        let limits = TransferLimits(handshakeTimeout: .milliseconds(500))
        try await TransferServer.run(limits: limits) { server in
            let client = try TransferClient(server.place)
            let sent = Box(0)
            let bytes = [0, 0, 0, 64] + [UInt8](repeating: 65, count: 64)
            let drip = Task {
                for byte in bytes {
                    try await client.send([byte])
                    sent.value += 1
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            _ = try await client.rest()
            #expect(sent.value < bytes.count)
            #expect(server.store.asked == 0)
            drip.cancel()
            _ = await drip.result
        }
    }

    @Test func `loses nothing with a client that goes at any byte`() async throws {
        let replicator = StreamStub.receiver { _ in }
        try await TransferServer.runOnEach({ replicator }) { server in
            let metadata = Array((#"{"dataset":"tank/b","force":true"# + String(repeating: " ", count: 230) + "}").utf8)
            let header = [0, 0, 0, 2] + TransferMessage.bytes(UInt32(metadata.count)) + metadata
            let whole = header + StreamStub.bytes(301 - header.count)
            for count in 0...300 {
                let client = try TransferClient(server.place)
                if !count.isMultiple(of: 2) { client.resetOnClose() }
                try await client.send(Array(whole.prefix(count)))
            }
            try await server.settles()
        }
    }

    @Test func `ends what sends when its client goes while zfs is silent`() async throws {
        let replicator = StubReplicator(send: { _, _, _, _ in
            try await Task.sleep(for: .seconds(3600))
            return 0
        })
        try await TransferServer.runOnEach({ replicator }) { server in
            do {
                let client = try TransferClient(server.place)
                try await client.send(token: try await server.token(to: .send))
                while server.replicator.running == 0 { try await Task.sleep(for: .milliseconds(5)) }
                client.resetOnClose()
            }
            let start = ContinuousClock.now
            try await server.settles()
            #expect(start.duration(to: .now) < .seconds(5))
        }
        #expect(replicator.cancelled == 2)
    }

    @Test func `a client of a send may end its own side`() async throws {
        let bytes = StreamStub.bytes(100_000)
        try await TransferServer.runOnEach({ StreamStub.sender(bytes) }) { server in
            let client = try TransferClient(server.place)
            try await client.send(token: try await server.token(to: .send))
            client.halfClose()
            _ = try await client.message()
            #expect(try await client.chunks().bytes == bytes)
        }
    }

    @Test func `a stop ends handshakes at once, and streams after their time with a word to the client`() async throws {
        let replicator = StubReplicator(send: { _, sink, _, onStart in
            try await onStart(["send"])
            try await StreamStub.write([1, 2, 3], to: sink)
            try await Task.sleep(for: .seconds(3600))
            return 3
        })
        try await TransferServer.run(replicator, stopsIn: .milliseconds(300)) { server in
            let client = try TransferClient(server.place)
            try await client.send(token: try await server.token(to: .send))
            _ = try await client.message()
            let silent = try TransferClient(server.place)
            try await silent.send([0])
            await server.group.triggerGracefulShutdown()
            #expect(try await silent.rest().bytes == [])
            let (bytes, error) = try await client.chunks()
            #expect(bytes == [1, 2, 3])
            #expect(error?["reason"] == "cancelled")
            try await server.settles()
        }
    }

    @Test func `counts connections that left the event loop`() async throws {
        let admission = ConnectionAdmission(total: 2, perPeer: 64)
        let limits = TransferLimits(handshakeTimeout: .seconds(1))
        try await TransferServer.run(StreamStub.sender([7]), limits: limits, admission: admission) { server in
            let idle = try [TransferClient(server.place), TransferClient(server.place)]
            while admission.counts.active < 2 { try await Task.sleep(for: .milliseconds(5)) }
            let third = try TransferClient(server.place)
            try await third.send(token: try await server.token(to: .send))
            // It waits in the kernel's queue until the others are cut.
            #expect(try await third.message()["status"] == "started")
            #expect(admission.counts.active <= 2)
            withExtendedLifetime(idle) {}
        }
    }
}
