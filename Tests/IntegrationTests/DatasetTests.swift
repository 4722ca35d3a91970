import Foundation
import Testing

@testable import ZFSRPC

@Suite(.enabled(if: Lab.isInside, Lab.remedy)) struct DatasetTests {
    @Test func `create, list, rename and destroy`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        try await server.result(
            "dataset_create",
            [
                "dataset": .string("\(root)/a/b"), "parents": true,
                "properties": .object([JSONMember("quota", "64M"), JSONMember("com.example:note", "hello world")]),
            ])
        let list = try await server.result("dataset_list", ["dataset": .string(root)])
        #expect(list["datasets"]?.strings == [root, "\(root)/a", "\(root)/a/b"])
        let entries = try await server.result(
            "dataset_list", ["dataset": .string(root), "depth": 2, "properties": ["quota", "com.example:note"]])
        #expect(
            entries["entries"]?[2]?["properties"] == .object(["quota": "67108864", "com.example:note": "hello world"]))
        try await server.result(
            "dataset_rename", ["dataset": .string("\(root)/a/b"), "new_name": .string("\(root)/c")])
        #expect(
            try await server.failure("dataset_destroy", ["dataset": .string("\(root)/a/b")])
                == Failure(-32002, "dataset_not_found"))
        let rehearsal = try await server.result(
            "dataset_destroy", ["dataset": .string(root), "recursive": true, "dry_run": true])
        #expect(Set(rehearsal["destroyed_datasets"]?.strings ?? []) == [root, "\(root)/a", "\(root)/c"])
        #expect((rehearsal["reclaimed_bytes"]?.integer ?? 0) > 0)
        #expect(
            try await server.failure("dataset_destroy", ["dataset": .string(root)]) == Failure(-32005, "has_children"))
        let destroyed = try await server.result("dataset_destroy", ["dataset": .string(root), "recursive": true])
        #expect(destroyed["destroyed"] == true)
        #expect(Set(destroyed["destroyed_datasets"]?.strings ?? []) == [root, "\(root)/a", "\(root)/c"])
        #expect(
            try await server.failure("dataset_list", ["dataset": .string(root)]) == Failure(-32002, "dataset_not_found")
        )
    }

    @Test func `errors of create are told apart`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        #expect(
            try await server.failure("dataset_create", ["dataset": .string(root)]) == Failure(-32005, "already_exists"))
        #expect(
            try await server.failure("dataset_create", ["dataset": .string("\(root)/x/y")])
                == Failure(-32002, "parent_not_found"))
        #expect(
            try await server.failure("dataset_create", ["dataset": "nopool/x"]) == Failure(-32002, "pool_not_found"))
        #expect(
            try await server.failure("dataset_create", ["dataset": "nopool/x/y", "parents": true])
                == Failure(-32002, "pool_not_found"))
        #expect(
            try await server.failure("dataset_rename", ["dataset": .string(root), "new_name": "nopool/home"])
                == Failure(-32002, "pool_not_found"))
        for pool in ["nopool", "tank"] {
            #expect(
                try await server.failure("dataset_create", ["dataset": .string(pool)])
                    == Failure(-32001, "invalid_value"))
        }
        let unknown = try await server.call(
            "dataset_list", ["dataset": .string(root), "properties": ["nosuch"]])["error"]
        #expect(unknown?["data"]?["reason"] == "invalid_property")
        #expect(unknown?["data"]?["stderr"]?.text?.contains("usage") == false)
        let other = try await server.call(
            "dataset_get_properties", ["dataset": .string(root), "property": "nosuch"])["error"]
        #expect(other?["data"]?["reason"] == "invalid_property")
        #expect(other?["data"]?["stderr"]?.text?.contains("usage") == false)
        #expect(
            try await server.failure(
                "dataset_create", ["dataset": .string("\(root)/x"), "properties": .object(["recordsize": "3"])])
                == Failure(-32001, "invalid_property_value"))
        #expect(
            try await server.failure(
                "dataset_create", ["dataset": .string("\(root)/x"), "properties": .object(["nosuch": "3"])])
                == Failure(-32001, "invalid_property"))
        #expect(try await server.failure("dataset_destroy", ["dataset": "tank"]) == Failure(-32001, "is_pool_root"))
        for name in [
            "-r", "tank@x", "tank/a,b", "tank/a%b", "tank/ä", "tank/", "/tank", "tank//a", "tank/a\nb", "tank=a",
        ] {
            #expect(
                try await server.failure("dataset_destroy", ["dataset": .string(name)])
                    == Failure(-32001, "invalid_name"))
        }
    }

    @Test func `properties are exact, whatever bytes they have`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        try Lab.shell("zfs", "set", "x:y=a\tb\ntank\tx:z\tforged\tlocal", root)
        let all = try await server.result("dataset_get_properties", ["dataset": .string(root)])
        #expect(all["properties"]?["x:y"] == "a\tb\ntank\tx:z\tforged\tlocal")
        #expect(all["properties"]?["x:z"] == nil)
        #expect(all["sources"]?["x:y"] == "local")
        #expect(all["properties"]?["type"] == "filesystem")
        try await server.result(
            "dataset_set_property", ["dataset": .string(root), "property": "compression", "value": "zstd-3"])
        let one = try await server.result(
            "dataset_get_properties", ["dataset": .string(root), "property": "compression"])
        #expect(one["value"] == "zstd-3")
        try await server.result("dataset_inherit_property", ["dataset": .string(root), "property": "compression"])
        let inherited = try await server.result(
            "dataset_get_properties", ["dataset": .string(root), "property": "compression"])
        #expect(inherited["sources"]?["compression"] != "local")
        #expect(
            try await server.failure(
                "dataset_set_property", ["dataset": .string(root), "property": "used", "value": "1"])
                == Failure(-32001, "invalid_property_value"))
        let space = try await server.result("dataset_get_space", ["dataset": .string(root)])
        #expect((space["space"]?["avail"]?.integer ?? 0) > 1 << 20)
    }

    @Test func `mount and unmount, also twice, and when in use`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        #expect(try await server.result("dataset_mount", ["dataset": .string(root)])["already_mounted"] == true)
        let file = try FileHandle(forReadingFrom: URL(filePath: "/\(root)"))
        #expect(try await server.failure("dataset_unmount", ["dataset": .string(root)]) == Failure(-32005, "busy"))
        #expect(try await server.failure("dataset_destroy", ["dataset": .string(root)]) == Failure(-32005, "busy"))
        try file.close()
        #expect(try await server.result("dataset_unmount", ["dataset": .string(root)])["mounted"] == false)
        #expect(try await server.result("dataset_unmount", ["dataset": .string(root)])["already_unmounted"] == true)
        #expect(try await server.result("dataset_mount", ["dataset": .string(root)])["already_mounted"] == nil)
    }

    @Test func `an unmount takes what is mounted below along`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        try await server.result("dataset_create", ["dataset": .string("\(root)/below")])
        try await server.result("dataset_unmount", ["dataset": .string(root)])
        #expect(try Lab.shell("zfs", "get", "-H", "-o", "value", "mounted", "\(root)/below") == "no\n")
    }

    @Test func `keys are loaded, changed and unloaded through a pipe`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        let name: JSONValue = .string("\(root)/secret")
        let properties: JSONValue = .object(["encryption": "on", "keyformat": "passphrase", "keylocation": "prompt"])
        let short = try await server.call(
            "dataset_create", ["dataset": name, "properties": properties, "key": "short"])["error"]
        #expect(short?["data"]?["reason"] == "key_incorrect")
        #expect(short?["message"]?.text?.contains("Passphrase too short") == true)
        try await server.result("dataset_create", ["dataset": name, "properties": properties, "key": "correct horse"])
        try await server.result("dataset_unmount", ["dataset": name])
        #expect(try await server.result("dataset_unload_key", ["dataset": name])["keystatus"] == "unavailable")
        #expect(try await server.failure("dataset_mount", ["dataset": name]) == Failure(-32005, "key_not_loaded"))
        #expect(
            try await server.failure("dataset_load_key", ["dataset": name, "key": "wrong horse"])
                == Failure(-32001, "key_incorrect"))
        #expect(
            try await server.failure("dataset_load_key", ["dataset": .string(root), "key": "any horse"])
                == Failure(-32001, "not_encrypted"))
        #expect(
            try await server.result("dataset_load_key", ["dataset": name, "key": "correct horse"])["keystatus"]
                == "available")
        #expect(
            try await server.result("dataset_change_key", ["dataset": name, "key": "battery staple"])["keystatus"]
                == "available")
        try await server.result("dataset_unload_key", ["dataset": name])
        #expect(
            try await server.result("dataset_load_key", ["dataset": name, "key": "battery staple"])["keystatus"]
                == "available")
    }
}
