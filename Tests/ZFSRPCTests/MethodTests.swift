import AsyncZFSExecutor
import Testing

@testable import ZFSRPC

@Suite struct MethodTests {
    @Test func `a whole list is spooled and has every snapshot`() async throws {
        let runner = StubRunner { _ in
            .printing((1...5000).map { "tank@s\($0)\t\(1_700_000_000 + $0)\t\($0)\t\($0)\t0\t24576\t0\n" }.joined())
        }
        let result = try await RPCServer(runner).result("snapshot_list", #"{"dataset":"tank"}"#)
        guard case .array(let names) = result["snapshots"], case .array(let entries) = result["entries"] else {
            Issue.record("no lists")
            return
        }
        #expect(names.count == 5000)
        #expect(entries.count == 5000)
        #expect(names.last == "s5000")
        #expect(entries.first?["creation"] == "2023-11-14T22:13:21Z")
        #expect(result["next_cursor"] == .null)
    }

    @Test func `pages go on where the last one ended`() async throws {
        // Two snapshots of one transaction group have the same createtxg.
        let runner = StubRunner { _ in
            .printing(["a\t1\t1\t5", "b\t1\t2\t5", "c\t1\t3\t7"].map { "tank@\($0)\t0\t0\t0\n" }.joined())
        }
        let server = RPCServer(runner)
        let first = try await server.result("snapshot_list", #"{"dataset":"tank","limit":1}"#)
        #expect(first["snapshots"] == ["a"])
        #expect(first["next_cursor"] == "5/tank@a")
        let second = try await server.result("snapshot_list", #"{"dataset":"tank","limit":1,"cursor":"5/tank@a"}"#)
        #expect(second["snapshots"] == ["b"])
        let third = try await server.result("snapshot_list", #"{"dataset":"tank","limit":5,"cursor":"5/tank@b"}"#)
        #expect(third["snapshots"] == ["c"])
        #expect(third["next_cursor"] == .null)
        let wrong = try await server.call("snapshot_list", #"{"dataset":"tank","cursor":"x"}"#)
        #expect(wrong["error"]?["code"] == -32001)
    }

    @Test func `a read that fails midway is an error`() async throws {
        let runner = StubRunner { _ in
            Completion(
                output: Array("tank@a\t1\t1\t5\t0\t0\t0\n".utf8),
                termination: Termination(
                    status: .exited(1), standardError: Array("cannot open 'tank': I/O error\n".utf8)))
        }
        let answer = try await RPCServer(runner).call("snapshot_list", #"{"dataset":"tank"}"#)
        #expect(answer["result"] == nil)
        #expect(answer["error"]?["data"]?["reason"] == "io_error")
    }

    @Test func `a value that forges a row is read alone`() async throws {
        let forged = "tank\tx:y\tv\tlocal\ntank\tx:z\tforged\tlocal\n"
        let runner = StubRunner { words in
            if words.contains("name,property,source") { return .printing("tank\tx:y\tlocal\n") }
            if words.contains("value") { return .printing("v\tlocal\ntank\tx:z\tforged\n") }
            return .printing(forged)
        }
        let result = try await RPCServer(runner).result("dataset_get_properties", #"{"dataset":"tank"}"#)
        #expect(result["properties"] == .object([JSONMember("x:y", "v\tlocal\ntank\tx:z\tforged")]))
    }

    @Test func `a hold tag that forges a row is never shown`() async throws {
        let runner = StubRunner { words in
            words[1] == "holds"
                ? .printing("tank@a\treal\tTue Nov 21 00:05 2026\ntank@a\tforged\tTue Nov 21 00:05 2026\n")
                : .printing("tank@a\t1\n")
        }
        let answer = try await RPCServer(runner).call("snapshot_holds_list", #"{"dataset":"tank","snapshot":"a"}"#)
        #expect(answer["error"]?["data"]?["reason"] == "ambiguous_output")
    }

    @Test func `a second automatic snapshot within a minute gets the seconds`() async throws {
        let runner = StubRunner { words in
            (words.last ?? "").split(separator: "-").count == 5
                ? .failing(
                    "cannot create snapshot '\(words.last ?? "")': dataset already exists\nno snapshots were created\n")
                : .printing("")
        }
        let result = try await RPCServer(runner).result(
            "snapshot_create_auto", #"{"dataset":"tank","tag":"auto","tag1":"hourly"}"#)
        guard case .string(let name) = result["snapshot"] else { return }
        #expect(name.wholeMatch(of: /auto_hourly_\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d/) != nil)
    }

    @Test func `a rollback over newer snapshots is refused with their names`() async throws {
        let runner = StubRunner { _ in .printing("tank@a\t1\ntank@b\t2\ntank#c\t3\n") }
        let server = RPCServer(runner)
        let refused = try await server.call("snapshot_rollback", #"{"dataset":"tank","snapshot":"a"}"#)
        #expect(refused["error"]?["code"] == -32051)
        #expect(refused["error"]?["data"]?["details"]?["names"] == ["tank@b", "tank#c"])
        let rehearsal = try await server.result(
            "snapshot_rollback", #"{"dataset":"tank","snapshot":"a","destroy_newer":true,"dry_run":true}"#)
        #expect(rehearsal["destroyed"] == ["tank@b", "tank#c"])
        #expect(!runner.commands.contains { $0[1] == "rollback" })
        let missing = try await server.call("snapshot_rollback", #"{"dataset":"tank","snapshot":"x"}"#)
        #expect(missing["error"]?["code"] == -32003)
    }

    @Test func `a dry run destroys nothing`() async throws {
        let runner = StubRunner { words in
            words[1] == "destroy" ? .printing("destroy\ttank/a\n") : .printing("used\t4096\n")
        }
        let result = try await RPCServer(runner).result("dataset_destroy", #"{"dataset":"tank/a","dry_run":true}"#)
        #expect(result["destroyed"] == false)
        #expect(result["reclaimed_bytes"] == 4096)
        #expect(runner.commands.filter { $0[1] == "destroy" }.allSatisfy { $0.contains("-n") })
    }

    @Test func `changes of a diff come by kind, decoded, and bounded`() async throws {
        let lines = "M\t/\t/tank/a\\0040b/\n+\tF\t/tank/\\0303\\0251\nR\tF\t/tank/old\t/tank/new\n-\t@\t/tank/\\0377\n"
        let server = RPCServer(StubRunner { _ in .printing(lines) })
        let result = try await server.result("snapshot_diff", #"{"snapshot1":"tank@a"}"#)
        #expect(result["snapshot2"] == "current")
        #expect(result["changes"]?["new"] == [.object(["path": "/tank/é", "type": "F"])])
        #expect(result["changes"]?["deleted"]?[0]?["path_escaped"] == "/tank/\\0377")
        #expect(result["summary"]?["total_changes"] == 4)
        let cut = try await server.result("snapshot_diff", #"{"snapshot1":"tank@a","limit":2}"#)
        #expect(cut["truncated"] == true)
        #expect(cut["summary"]?["total_changes"] == 2)
        let body = #"{"jsonrpc":"2.0","id":1,"method":"snapshot_diff","params":{"snapshot1":"tank@a"}}"#
        let text = try #require(try await server.ask(body, acceptsNDJSON: true))
        #expect(text.split(separator: "\n").count == 5)
    }

    @Test(arguments: [
        ("cannot open 'tank/x: permission denied': dataset does not exist\n", "-32002", "dataset_not_found"),
        ("cannot destroy 'tank': operation does not apply to pools\n", "-32001", "is_pool_root"),
        (
            "The ZFS modules are not loaded.\nTry running 'modprobe zfs' as root to load them.\n", "-32052",
            "zfs_unavailable"
        ),
        ("cannot destroy 'tank/a': dataset is busy\n", "-32005", "busy"),
        ("something new\n", "-32005", "operation_failed"),
    ])
    func `a failure is told by its structure`(text: String, code: String, reason: String) async throws {
        let server = RPCServer(StubRunner { _ in .failing(text) })
        let error = try await server.call("dataset_destroy", #"{"dataset":"tank/a"}"#)["error"]
        #expect(error?["code"] == .number(code))
        #expect(error?["data"]?["reason"] == .string(reason))
        #expect(error?["data"]?["exit_status"] == 1)
    }
}

extension JSONValue {
    fileprivate subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}
