import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

@Suite struct TransferMethodTests {
    private func result(
        _ service: Service, _ method: String, _ parameters: JSONValue = .object([JSONMember]()),
        by caller: Caller = .principal(.localhost)
    ) async throws -> JSONValue {
        let answer = try await service.call(method, parameters, by: caller).value
        let result = try #require(answer["result"], "\(answer)")
        let declaration = try #require(Method.catalogue.first { $0.name == method })
        #expect(declaration.result.mismatch(result) == nil)
        return result
    }

    private func text(_ value: JSONValue?) throws -> String {
        if case .string(let text) = value { return text }
        throw RPCError(.internalError, "no_text", "\(value, default: "-")")
    }

    @Test func `a token to send has everything that the documents name`() async throws {
        let service = Service()
        let issued = try await result(
            service, "token_create_send",
            .object([
                "dataset": "tank/a", "snapshot": "s", "raw": .null, "compressed": .null, "resumable": true,
                "from_snapshot": "tank/a#mark", "max_bytes": 1000,
            ]))
        #expect(issued["operation"] == "send" && issued["dataset"] == "tank/a" && issued["snapshot"] == "s")
        #expect(issued["expires_in"] == 300)
        #expect(issued["socket_tcp"] == "127.0.0.1:9999")
        #expect(issued["socket_unix"] == "/run/zfs-apid/transfer.sock")
        let token = try text(issued["token"])
        #expect(token.utf8.count == 64)
        let grant = try await service.transfers.claim(token: token, peer: "unix")
        #expect(grant.byteLimit == 1000 && grant.principal.name == "localhost" && grant.principal.role == .operator)
        #expect(
            grant.request
                == .send(
                    try SendRequest(SnapshotName("tank/a@s"), from: .bookmark(BookmarkName("tank/a#mark")))))
        #expect(!service.observer.text.contains(token))
    }

    @Test func `token_list shows the caller's own, and never the token`() async throws {
        let service = Service()
        let caller = try Caller.user(.operator)
        let parameters: JSONValue = .object(["dataset": "tank/a", "snapshot": "s"])
        let token = try text(try await result(service, "token_create_send", parameters, by: caller)["token"])
        _ = try await result(service, "token_create_send", parameters)
        let list = try await result(service, "token_list", by: caller)["tokens"]?.elements ?? []
        #expect(list.count == 1)
        #expect(list.first?["token_id"] == .string(String(token.prefix(8))))
        #expect(list.first?["id"] == list.first?["token_id"])
        #expect(list.first?["used"] == false && list.first?["use_count"] == 0)
        #expect(!String(decoding: JSONValue.array(list).encoded, as: UTF8.self).contains(token))
        _ = try await service.transfers.claim(token: token, peer: "unix")
        let used = try await result(service, "token_list", by: caller)["tokens"]?.elements.first
        #expect(used?["used"] == true && used?["use_count"] == 1)
    }

    @Test func `a token is revoked by its maker or an admin without limits, with all of it`() async throws {
        let service = Service()
        let parameters: JSONValue = .object(["dataset": "tank/a", "snapshot": "s"])
        let token = try text(try await result(service, "token_create_send", parameters)["token"])
        let revoke: JSONValue = .object(["token_id": .string(token)])
        #expect(try await service.failure("token_revoke", revoke, by: .user(.operator)) == "-32050 token_not_found")
        let limited = try Caller.user(.admin, limitedTo: ["tank"])
        #expect(try await service.failure("token_revoke", revoke, by: limited) == "-32050 token_not_found")
        let prefix: JSONValue = .object(["token_id": .string(String(token.prefix(8)))])
        #expect(try await service.failure("token_revoke", prefix, by: .user(.admin)) == "-32001 invalid_value")
        #expect(try await service.failure("token_revoke", revoke, by: .user(.admin)) == nil)
        #expect(try await service.failure("token_revoke", revoke, by: .user(.admin)) == "-32050 token_not_found")
        #expect(!service.observer.text.contains(token))
        let statistics = try await result(service, "token_stats")
        #expect(statistics["created"]?["send"] == 1 && statistics["revoked"]?["send"] == 1)
        #expect(statistics["active_tokens"] == 0 && statistics["store"] == "sqlite")
    }

    @Test(arguments: ["0", "86401", "\"300\"", "1.5"])
    func `a lifetime is 1 to 86400 seconds`(ttl: String) async throws {
        let service = Service()
        let body =
            #"{"jsonrpc":"2.0","id":1,"method":"token_create_send","params":"#
            + #"{"dataset":"tank/a","snapshot":"s","ttl":\#(ttl)}}"#
        let answer = try await service.ask(body, by: .user(.operator))?.value
        #expect(answer?["error"] != nil)
        #expect(service.store.asked == 0)
    }

    @Test func `stream_init gives an address for each direction`() async throws {
        let service = Service()
        let send = try await result(
            service, "stream_init", .object(["operation": "send", "dataset": "tank/a", "snapshot": "s", "ttl": 60]))
        let id = try text(send["stream_id"])
        #expect(id.utf8.count == 32)
        #expect(send["url"] == .string("/stream/\(id)") && send["method"] == "GET" && send["expires_in"] == 60)
        let receive = try await result(
            service, "stream_init",
            .object(["operation": "receive", "dataset": "tank/a", "target_dataset": "tank/b"]))
        #expect(receive["method"] == "POST")
        let grant = try await service.transfers.begin(
            session: try text(receive["stream_id"]), operation: .receive, by: .localhost)
        #expect(
            grant.request
                == .receive(
                    ReceiveRequest(try DatasetName("tank/b"), force: true, resumable: true, isConfined: false)))
        let list = try await result(service, "stream_list")["sessions"]?.elements ?? []
        #expect(list.map { $0["state"] } == ["pending", "running"])
    }

    @Test func `a send needs a snapshot, and a receive an admin`() async throws {
        let service = Service()
        let send: JSONValue = .object(["operation": "send", "dataset": "tank/a"])
        #expect(try await service.failure("stream_init", send, by: .user(.operator)) == "-32602 missing_parameter")
        let receive: JSONValue = .object(["operation": "receive", "dataset": "tank/a"])
        #expect(try await service.failure("stream_init", receive, by: .user(.operator)) == "-32042 not_allowed")
        #expect(try await service.failure("stream_init", receive, by: .user(.admin)) == nil)
    }

    @Test func `a limited user can not reach out of its subtrees`() async throws {
        let service = Service()
        let caller = try Caller.user(.admin, limitedTo: ["tank/home"])
        for (method, parameters) in [
            ("token_create_send", .object(["dataset": "tank/home", "snapshot": "s", "from_snapshot": "tank/x@s"])),
            ("token_create_send", .object(["dataset": "tank/x", "snapshot": "s"])),
            ("token_create_receive", .object(["dataset": "tank/homework"])),
            // It would be replaced, with its limits.
            ("token_create_receive", .object(["dataset": "tank/home"])),
            ("stream_init", .object(["operation": "receive", "dataset": "tank/home/a", "target_dataset": "tank/x"])),
            ("stream_init", .object(["operation": "send", "dataset": "tank", "snapshot": "s"])),
        ] as [(String, JSONValue)] {
            #expect(try await service.failure(method, parameters, by: caller) == "-32042 outside_subtrees", "\(method)")
        }
        #expect(service.store.asked == 0)
        let token = try await result(
            service, "token_create_receive", .object(["dataset": "tank/home", "force": false]), by: caller)["token"]
        let grant = try await service.transfers.claim(token: try text(token), peer: "unix")
        guard case .receive(let request) = grant.request else {
            Issue.record("no receive")
            return
        }
        #expect(request.isConfined)
    }

    @Test func `without a store nothing is made, and nothing is told`() async throws {
        let service = Service()
        service.store.isAway = true
        for method in Method.catalogue where method.name.hasPrefix("token_") || method.name.hasPrefix("stream_") {
            let answer = try await service.call(method.name, method.sampleParameters, by: .user(.admin))
            #expect(answer.value.failure == "-32052 store_unavailable", "\(method.name)")
            #expect(answer.body.status == 503)
        }
        #expect(!service.transfers.counters.isStoreUp)
    }
}
