import Foundation
import Testing

@testable import ZFSRPC

@Suite(.enabled(if: Lab.isInside, Lab.remedy)) struct VolumeTests {
    @Test func `create, list, resize and destroy`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        let volume = "\(root)/a volume"
        let created = try await server.result(
            "volume_create", ["dataset": .string(volume), "size_bytes": 16_777_216, "volblocksize": "16K"])
        let device = try #require(created["device"]?.text)
        #expect(FileManager.default.fileExists(atPath: device))
        #expect(created["size_bytes"] == 16_777_216)
        let compression = try await server.result(
            "dataset_get_properties", ["dataset": .string(volume), "property": "compression"])
        #expect(compression["value"] == "lz4")
        let list = try await server.result("volume_list")
        #expect(list["volumes"]?.strings.contains(volume) == true)
        let grown = try await server.result(
            "volume_resize", ["dataset": .string(volume), "size_bytes": 33_554_432])
        #expect(grown["size_bytes"] == 33_554_432)
        let shrink: KeyValuePairs<String, JSONValue> = ["dataset": .string(volume), "size_bytes": 16_777_216]
        #expect(try await server.failure("volume_resize", shrink) == Failure(-32051, "would_shrink"))
        #expect(
            try await server.failure("volume_resize", ["dataset": .string(volume), "size_bytes": 33_554_433])
                == Failure(-32001, "invalid_property_value"))
        try await server.result(
            "volume_resize", ["dataset": .string(volume), "size_bytes": 16_777_216, "allow_shrink": true])
        #expect(
            try await server.failure("volume_resize", ["dataset": .string(root), "size_bytes": 33_554_432])
                == Failure(-32001, "not_a_volume"))
        try await server.result("dataset_destroy", ["dataset": .string(volume)])
    }

    @Test func `the size is given once`() async throws {
        let server = try Lab.server()
        #expect(try await server.failure("volume_create", ["dataset": "tank/v"]).code == -32602)
        #expect(
            try await server.failure("volume_create", ["dataset": "tank/v", "size_gb": 1, "size_bytes": 1]).code
                == -32602)
        #expect(try await server.failure("volume_create", ["dataset": "tank/v", "size_gb": 0]).code == -32001)
    }

    @Test func `a volume without device says so`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        let created = try await server.result(
            "volume_create",
            ["dataset": .string("\(root)/v"), "size_bytes": 16_777_216, "properties": .object(["volmode": "none"])])
        #expect(created["device"] == .null)
    }

    @Test func `a volume in use is busy`() async throws {
        let server = try Lab.server()
        let root = try Lab.dataset()
        let created = try await server.result(
            "volume_create", ["dataset": .string("\(root)/v"), "size_bytes": 16_777_216])
        let device = try #require(created["device"]?.text)
        let handle = try FileHandle(forReadingFrom: URL(filePath: device))
        #expect(
            try await server.failure("dataset_destroy", ["dataset": .string("\(root)/v")]) == Failure(-32005, "busy"))
        try handle.close()
    }
}
