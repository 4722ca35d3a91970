import Testing

@testable import ZFSRPC

@Suite struct CallObserverTests {
    private let snapshot: JSONValue = .object(["dataset": "tank/a", "name": "s"])

    @Test func `a write is announced before it runs, a read is not`() async throws {
        let service = Service()
        _ = try await service.call("snapshot_create", snapshot, by: .user(.operator))
        _ = try await service.call("pool_list", by: .user(.viewer))
        let entries = service.observer.entries
        #expect(entries.map(\.isOutcome) == [false, true, true])
        #expect(entries.map(\.call.isWrite) == [true, true, false])
        #expect(entries.map(\.call.method) == ["snapshot_create", "snapshot_create", "pool_list"])
        #expect(entries.allSatisfy { $0.call.peer == "192.0.2.7" && $0.call.requestID == "r1" && $0.error == nil })
        #expect(String(decoding: entries[0].call.parameters, as: UTF8.self) == #"{"dataset":"tank/a","name":"s"}"#)
    }

    @Test func `a write that can not be recorded does not run`() async throws {
        let service = Service(refusingWrites: RPCError(.unavailable, "audit_unavailable", "the disk is full"))
        let write = try await service.call("snapshot_create", snapshot, by: .user(.operator))
        #expect(write.value.failure == "-32052 audit_unavailable")
        #expect(write.body.status == 503)
        #expect(service.runner.commands.isEmpty)
        #expect(service.observer.entries.last?.error?.reason == "audit_unavailable")
        #expect(try await service.failure("pool_list", .object([JSONMember]()), by: .user(.viewer)) == nil)
    }

    @Test func `what is refused or unknown is told too, but is not announced`() async throws {
        let service = Service()
        _ = try await service.call("dataset_create", .object(["dataset": "tank/a"]), by: .user(.viewer))
        _ = try await service.call("no_such_method", .object(["password": "hunter2"]), by: .user(.viewer))
        _ = try await service.call("dataset_create", .object(["dataset": "-x"]), by: .user(.admin))
        _ = try await service.ask("{", by: .user(.viewer))
        let entries = service.observer.entries
        #expect(entries.allSatisfy { $0.isOutcome })
        #expect(entries.map { $0.error?.code } == [.notAllowed, .methodNotFound, .invalidValue, .parseError])
        #expect(entries.map(\.call.method) == ["dataset_create", nil, "dataset_create", nil])
        #expect(!service.observer.text.contains("hunter2"))
    }

    @Test func `nobody fills no log with parameters`() async throws {
        let service = Service()
        _ = try await service.call("dataset_create", .object(["dataset": "tank/a"]), by: Service.nobody)
        #expect(service.observer.entries.map(\.call.parameters) == [[]])
        #expect(service.observer.entries.first?.call.principal == nil)
    }

    @Test(arguments: Method.all.map(\.name))
    func `declared secrets are kept out of records`(name: String) throws {
        let method = try #require(Method.all.first { $0.name == name })
        let members = method.parameters.map { parameter in
            JSONMember(parameter.name, parameter.isSecret ? "hunter2" : parameter.example)
        }
        let byName = String(decoding: method.record(of: .object(members)), as: UTF8.self)
        #expect(!byName.contains("hunter2"))
        #expect(String(decoding: method.record(of: .array(members.map(\.value))), as: UTF8.self) == byName)
        for parameter in method.parameters where ["key", "password", "token", "secret"].contains(parameter.name) {
            #expect(parameter.isSecret)
        }
    }

    @Test func `records leave out what is not declared, and stay short and legal`() throws {
        let method = Method.datasetCreate
        let huge = JSONValue.string(String(repeating: "\u{1}", count: 5000))
        let parameters: JSONValue = .object([
            "dataset": "tank/a", "kee": "hunter2", "key": huge, "parents": true,
            "properties": .object(["com.example:x": huge, "com.example:y": "z"]),
        ])
        let record = method.record(of: parameters)
        #expect(record.count <= Method.recordLimit)
        let value = try JSONParser.parse(record)
        #expect(value["dataset"] == "tank/a")
        #expect(value["key"] == "***")
        #expect(value["kee"] == nil)
        #expect(value["properties"] == "(30040 bytes)")
        let all = method.parameters.map { JSONMember($0.name, huge) }
        #expect(method.record(of: .object(all)).count <= Method.recordLimit)
    }
}
