import Foundation
import Testing

@testable import ZFSRPC

/// Tests of a pool of their own, on the second disk; one after the other, since there is only one.
@Suite(.enabled(if: Lab.isInside, Lab.remedy), .serialized) struct PoolTests {
    private let server: RPCServer

    init() throws {
        server = try Lab.server()
    }

    @Test func `list, properties and status`() async throws {
        try await Lab.withPool("other") {
            let list = try await server.result("pool_list")
            #expect(list["pools"]?.strings == ["other", "tank"])
            #expect(list["entries"]?[0]?["health"] == "ONLINE")
            try await server.result(
                "pool_set_property", ["pool": "other", "property": "comment", "value": "two words"])
            let all = try await server.result("pool_get_properties", ["pool": "other"])
            #expect(all["properties"]?["comment"] == "two words")
            let size = try await server.result("pool_get_properties", ["pool": "other", "property": "size"])
            #expect(size["value"]?.text.flatMap { Int($0) } == list["entries"]?[0]?["size"]?.integer)
            let status = try await server.result("pool_status", ["pool": "other"])
            #expect(status["state"] == "ONLINE")
            #expect(status["vdevs"]?[0]?["name"] == "/dev/ubdb")
            #expect(
                try await server.failure("pool_set_property", ["pool": "other", "property": "size", "value": "1"])
                    == Failure(-32001, "invalid_property_value"))
        }
    }

    @Test func `a pool that is not there`() async throws {
        for method in [
            "pool_status", "pool_get_properties", "pool_scrub_start", "pool_history", "pool_iostat", "pool_events",
        ] {
            #expect(
                try await server.failure(method, ["pool": "nosuch"]) == Failure(-32002, "pool_not_found"), "\(method)")
        }
    }

    @Test func `scrub`() async throws {
        try await Lab.withPool("other") {
            #expect(try await server.failure("pool_scrub_stop", ["pool": "other"]) == Failure(-32005, "no_scrub"))
            try await server.result("pool_scrub_start", ["pool": "other"])
            try Lab.shell("zpool", "wait", "-t", "scrub", "other")
            let status = try await server.result("pool_status", ["pool": "other"])
            #expect(status["scan"]?["function"] == "scrub")
            #expect(status["scan"]?["state"] == "finished")
            #expect(status["scan"]?["errors"] == 0)
        }
    }

    @Test func `a degraded pool tells which device is gone`() async throws {
        try Lab.shell("zpool", "create", "-f", "other", "mirror", "/dev/ubdb", "/dev/ubdc")
        defer { _ = try? Lab.shell("zpool", "destroy", "-f", "other") }
        try Lab.shell("zpool", "offline", "other", "/dev/ubdc")
        let status = try await server.result("pool_status", ["pool": "other"])
        #expect(status["state"] == "DEGRADED")
        #expect(status["action"]?.text?.isEmpty == false)
        #expect(status["vdevs"]?[0]?["children"]?[1]?["state"] == "OFFLINE")
        let traffic = try await server.result("pool_iostat", ["pool": "other", "vdevs": true])
        #expect((traffic["entries"]?[1]?["free"]?.integer ?? 0) > 0)
        #expect(traffic["entries"]?[2]?["name"] == "/dev/ubdb")
        #expect(traffic["entries"]?[2]?["allocated"] == .null)
        #expect(traffic["entries"]?[2]?["free"] == .null)
    }

    @Test func `history, iostat and events`() async throws {
        try await Lab.withPool("other") {
            try Lab.shell("zfs", "create", "other/x")
            let history = try await server.result("pool_history", ["pool": "other", "long": true])
            #expect(history["history"]?.strings.contains { $0.contains("zfs create other/x") } == true)
            let last = try await server.result("pool_history", ["pool": "other", "limit": 1])
            #expect(last["truncated"] == true)
            let iostat = try await server.result("pool_iostat", ["pool": "other", "vdevs": true])
            #expect(iostat["entries"]?[0]?["name"] == "other")
            let events = try await server.result("pool_events", ["pool": "other"])
            #expect(events["events"]?[0]?["class"] != nil)
        }
    }

    @Test func `a volume that does not fit is told as such`() async throws {
        try await Lab.withPool("other") {
            let parameters: KeyValuePairs<String, JSONValue> = ["dataset": "other/v", "size_gb": 100, "sparse": false]
            let failure = try await server.failure("volume_create", parameters)
            #expect(failure == Failure(-32005, "no_space"))
        }
    }

    @Test func `trim says what the devices say`() async throws {
        try await Lab.withPool("other") {
            // The lab's disks can not trim; whatever the answer, it is not a success that did nothing.
            let answer = try await server.call("pool_trim_start", ["pool": "other"])
            let status = try Lab.shell("zpool", "status", "-t", "other")
            #expect((answer["result"] != nil) == !status.contains("trim unsupported"))
        }
    }

    @Test func `system_info tells both versions of OpenZFS`() async throws {
        let info = try await server.result("system_info")
        #expect(info["openzfs"]?["userland"] == info["openzfs"]?["kernel"])
        #expect(await server.readiness().isReady)
    }
}
