import Testing
import ZFSCommandBuilder

@testable import ZFSRPC

/// Principals who are limited to a subtree, on real OpenZFS.
@Suite(.enabled(if: Lab.isInside, Lab.remedy)) struct SubtreeLimitTests {
    @Test func `an admin of a subtree works in it and does not get out`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        let (own, other) = ("\(root)/own", "\(root)/other")
        for name in [own, other, "\(other)/secret"] { try Lab.shell("zfs", "create", name) }
        try Lab.shell("zfs", "set", "quota=64M", own)
        let anna = Principal(name: "anna", role: .admin, subtrees: [try DatasetName(own)], kind: .token)

        try await server.result(
            "dataset_create",
            ["dataset": .string("\(own)/a"), "properties": .object(["compression": "zstd", "quota": "32M"])], by: anna)
        try await server.result("snapshot_create", ["dataset": .string("\(own)/a"), "name": "s"], by: anna)
        try await server.result(
            "clone_create", ["source": .string("\(own)/a@s"), "target": .string("\(own)/b")], by: anna)
        let list = try await server.result("dataset_list", ["dataset": .string(own)], by: anna)
        #expect(list["datasets"]?.strings == [own, "\(own)/a", "\(own)/b"])

        let outside = Failure(-32042, "outside_subtrees")
        let notAllowed = Failure(-32042, "not_allowed")
        // What is there and what is not get the same answer.
        for name in [other, "\(other)/secret", "\(other)/nothing", "nopool/x"] {
            #expect(try await server.failure("dataset_list", ["dataset": .string(name)], by: anna) == outside)
            #expect(try await server.failure("dataset_destroy", ["dataset": .string(name)], by: anna) == outside)
        }
        #expect(try await server.failure("dataset_promote", ["dataset": .string("\(own)/b")], by: anna) == notAllowed)
        #expect(
            try await server.failure(
                "dataset_set_property",
                ["dataset": .string("\(own)/a"), "property": "mountpoint", "value": "/etc"], by: anna) == notAllowed)
        #expect(
            try await server.failure(
                "dataset_set_property", ["dataset": .string(own), "property": "quota", "value": "none"], by: anna)
                == notAllowed)
        #expect(
            try await server.failure("dataset_destroy", ["dataset": .string(own), "recursive": true], by: anna)
                == outside)
        try await server.result("dataset_destroy", ["dataset": .string("\(own)/b")], by: anna)
        try await server.result("dataset_destroy", ["dataset": .string("\(own)/a"), "recursive": true], by: anna)
        #expect(
            try Lab.shell("zfs", "list", "-Hr", "-o", "name", root) == "\(root)\n\(other)\n\(other)/secret\n\(own)\n")
        #expect(try Lab.shell("zfs", "get", "-Hpo", "value", "quota", own) == "67108864\n")
    }
}
