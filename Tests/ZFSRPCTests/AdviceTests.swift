import AsyncZFSExecutor
import Testing

@testable import ZFSRPC

/// What errors advise must be there in the method that gave them.
@Suite struct AdviceTests {
    @Test func `clones in the way are told with what the method offers`() async throws {
        let server = RPCServer(
            StubRunner { words in
                .failing(
                    words.contains { $0.contains("@") }
                        ? "cannot destroy snapshot tank/a@x: snapshot is cloned\n"
                        : "cannot destroy 'tank/a': filesystem has dependent clones\n"
                            + "use '-R' to destroy the following datasets:\ntank/b\n")
            })
        let dataset = try await server.call("dataset_destroy", #"{"dataset":"tank/a"}"#)
        #expect(
            dataset["error"]?["message"]
                == "tank/a: filesystem has dependent clones (tank/b); promote or destroy the clones first, or pass dependents to destroy them too"
        )
        let snapshot = try await server.call("snapshot_destroy", #"{"dataset":"tank/a","snapshot":"x"}"#)
        #expect(
            snapshot["error"]?["message"]
                == "tank/a@x: snapshot is cloned; promote or destroy the clones first, or pass defer: the snapshot then goes with the last"
        )
        #expect(snapshot["error"]?["data"]?["reason"] == "has_clones")
    }

    @Test func `a held snapshot is told without commands for a shell`() async throws {
        let server = RPCServer(
            StubRunner { _ in
                .failing(
                    "cannot destroy snapshot tank/a@x: it's being held. Run 'zfs holds -r tank/a@x' to see holders.\n")
            })
        let error = try await server.call("snapshot_destroy", #"{"dataset":"tank/a","snapshot":"x"}"#)["error"]
        #expect(
            error?["message"]
                == "tank/a@x: it's being held; snapshot_holds_list shows the holds, snapshot_release removes one, or pass defer: the snapshot then goes with the last"
        )
        #expect(error?["data"]?["reason"] == "held")
        #expect(error?["code"] == -32030)
    }

    @Test func `a running scrub is told without commands for a shell`() async throws {
        let server = RPCServer(
            StubRunner { _ in .failing("cannot scrub t: currently scrubbing; use 'zpool scrub -s' to cancel scrub\n") })
        let error = try await server.call("pool_scrub_start", #"{"pool":"t"}"#)["error"]
        #expect(error?["message"] == "t: currently scrubbing; pool_scrub_stop ends it")
    }

    @Test func `a comparison needs a mounted file system`() async throws {
        let server = RPCServer(
            StubRunner { words in
                words[1] == "diff"
                    ? .failing("Cannot diff an unmounted snapshot: operation not applicable to datasets of this type\n")
                    : .printing("1\n")
            })
        let error = try await server.call("snapshot_diff", #"{"snapshot1":"tank/a@x"}"#)["error"]
        #expect(error?["code"] == -32035)
        #expect(error?["data"]?["reason"] == "not_mounted")
        #expect(
            error?["message"]
                == "the file system that is compared is not mounted; dataset_mount mounts it"
        )
    }

    @Test(arguments: [
        ("dataset_create", #"{"dataset":"nope"}"#),
        ("volume_create", #"{"dataset":"nope","size_gb":1}"#),
        ("clone_create", #"{"source":"tank@x","target":"nope"}"#),
        ("dataset_rename", #"{"dataset":"tank/a","new_name":"nope"}"#),
    ])
    func `a new dataset can not have the name of a pool`(method: String, parameters: String) async throws {
        let runner = StubRunner()
        let error = try await RPCServer(runner).call(method, parameters)["error"]
        #expect(error?["code"] == -32001)
        #expect(error?["data"]?["reason"] == "invalid_value")
        guard case .string(let message) = error?["message"] else {
            Issue.record("no message")
            return
        }
        #expect(message.contains("zpool create"))
        #expect(runner.commands.isEmpty)
    }

    @Test func `a pool that is missing is told of the pool`() async throws {
        let server = RPCServer(StubRunner { _ in .failing("cannot create 'nope/x': no such pool 'nope'\n") })
        let error = try await server.call("dataset_create", #"{"dataset":"nope/x"}"#)["error"]
        #expect(error?["code"] == -32002)
        #expect(error?["data"]?["reason"] == "pool_not_found")
        #expect(error?["message"] == "nope: no such pool 'nope'; pool_list shows the pools; zpool import brings one in")
    }

    @Test func `a volume has one size`() async throws {
        let runner = StubRunner()
        let both = try await RPCServer(runner).call(
            "volume_create", #"{"dataset":"tank/v","size_gb":1,"size_bytes":1048576}"#)["error"]
        #expect(both?["code"] == -32602)
        #expect(both?["data"]?["reason"] == "conflicting_parameters")
        let none = try await RPCServer(runner).call("volume_create", #"{"dataset":"tank/v"}"#)["error"]
        #expect(none?["data"]?["reason"] == "missing_parameter")
        #expect(runner.commands.isEmpty)
    }

    @Test func `the page of usage is left out`() async throws {
        let text = "bad property list: invalid property 'nosuch'\nusage:\n\tlist [-Hp]\n\nThe following properties\n"
        let server = RPCServer(StubRunner { _ in .failing(text, status: 2) })
        let error = try await server.call("dataset_list", #"{"properties":["nosuch"]}"#)["error"]
        #expect(error?["data"]?["reason"] == "invalid_property")
        #expect(error?["data"]?["stderr"] == "bad property list: invalid property 'nosuch'\n")
    }

    @Test func `what has no capacity of its own has none in the traffic`() async throws {
        let lines = "tank\t4096\t8192\t0\t1\t0\t2\nmirror-0\t4096\t8192\t0\t1\t0\t2\n/dev/sda\t0\t0\t0\t1\t0\t2\n"
        let result = try await RPCServer(StubRunner { _ in .printing(lines) }).result(
            "pool_iostat", #"{"pool":"tank","vdevs":true}"#)
        guard case .array(let entries) = result["entries"] else {
            Issue.record("no entries")
            return
        }
        #expect(entries.map { $0["allocated"] } == [4096, 4096, .null])
        #expect(entries.map { $0["free"] } == [8192, 8192, .null])
        #expect(entries.map { $0["write_operations"] } == [1, 1, 1])
    }
}
