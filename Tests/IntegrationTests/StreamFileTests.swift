import AsyncZFSExecutor
import Foundation
import Synchronization
import TestSupport
import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

/// Streams to and from files by the methods.
@Suite(.enabled(if: Lab.isInside, Lab.remedy)) struct StreamFileTests {
    /// A service that may use the files of a folder.
    static func server(_ folder: String) throws -> RPCServer {
        let executor = try Executor()
        let transfers = Transfers(
            replicator: Replication(runner: executor), store: MemoryTransferStore(),
            secrets: TransferSecrets(random: { [UInt8](repeating: 7, count: $0) }, digest: { $0 }))
        let files = FileRoots([try AbsolutePath(folder)], runner: executor) {
            let count = Mutex<UInt8>(0)
            return StreamDigest(
                add: { bytes in count.withLock { $0 &+= UInt8(truncatingIfNeeded: bytes.count) } },
                finish: { count.withLock { [$0] } })
        }
        return RPCServer(
            runner: executor, service: ServiceDescription(version: "test", spoolFolders: ["/tmp"], files: files),
            transfers: transfers)
    }

    @Test(arguments: ["none", "gzip", "zstd", "lz4"])
    func `there and back`(compression: String) async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(folder.path)
        let root = try Lab.dataset("file\(compression)")
        let (source, target) = ("\(root)/s", "\(root)/t")
        _ = try ReplicationTests.zfs("create \(source)")
        try ReplicationTests.fill(source, "a", kilobytes: 2000)
        try Lab.shell("dd", "if=/dev/zero", "of=/\(source)/zeros", "bs=1M", "count=4", "status=none")
        _ = try ReplicationTests.zfs("set compression=off \(source)")
        _ = try ReplicationTests.zfs("snapshot \(source)@1")
        let file = folder.file("stream")
        let sent = try await server.result(
            "send_to_file",
            [
                "dataset": .string(source), "snapshot": "1", "output_file": .string(file),
                "compression": .string(compression),
            ])
        #expect(sent["compression"] == .string(compression))
        #expect(sent["output_file"] == .string(file))
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        #expect(sent["size_bytes"]?.integer == size)
        let estimate = try await server.result(
            "send_estimate", ["dataset": .string(source), "snapshot": "1", "recursive": false])
        let (stream, estimated) = (
            try #require(sent["stream_bytes"]?.integer), try #require(estimate["size_bytes"]?.integer)
        )
        #expect(abs(stream - estimated) < estimated / 10)
        let again = try await server.failure(
            "send_to_file", ["dataset": .string(source), "snapshot": "1", "output_file": .string(file)])
        #expect(again == Failure(-32051, "file_exists"))
        let received = try await server.result(
            "receive_from_file", ["input_file": .string(file), "target_dataset": .string(target)])
        #expect(received["snapshots"]?.strings == ["\(target)@1"])
        #expect(received["bytes"]?.integer == stream)
        #expect(received["compressed"] == .bool(compression != "none"))
        #expect(try ReplicationTests.guid("\(source)@1") == ReplicationTests.guid("\(target)@1"))
        #expect(try ReplicationTests.digest(source) == ReplicationTests.digest(target))
        // Cut, nothing is made.
        _ = try ReplicationTests.zfs("destroy -r \(target)")
        try Lab.shell("truncate", "-s", "-3", file)
        let cut = try await server.failure(
            "receive_from_file", ["input_file": .string(file), "target_dataset": .string(target)])
        #expect(cut == Failure(-32020, compression == "none" ? "stream_incomplete" : "file_damaged"))
        #expect(try ReplicationTests.zfs("list -H -o name -r \(root)") == "\(root)\n\(source)")
    }

    @Test func `a full disk leaves no file`() async throws {
        let folder = try TemporaryFolder()
        try Lab.shell("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.path)
        defer { _ = try? Lab.shell("umount", "-l", folder.path) }
        let server = try Self.server(folder.path)
        let root = try Lab.dataset()
        try ReplicationTests.fill(root, "a", kilobytes: 4000)
        _ = try ReplicationTests.zfs("snapshot \(root)@1")
        for compression in ["none", "lz4"] {
            let failure = try await server.failure(
                "send_to_file",
                [
                    "dataset": .string(root), "snapshot": "1", "output_file": .string(folder.file("x")),
                    "compression": .string(compression),
                ])
            #expect(failure == Failure(-32010, "no_space"))
            #expect(folder.names.isEmpty)
        }
    }

    @Test func `what old clients write, and what is not there`() async throws {
        let folder = try TemporaryFolder()
        let server = try Self.server(folder.path)
        let root = try Lab.dataset()
        _ = try ReplicationTests.zfs("snapshot \(root)@1")
        let sent = try await server.result(
            "send_to_file",
            ["dataset": .string(root), "snapshot": "1", "output_file": .string(folder.file("x")), "compressed": true])
        #expect(sent["output_file"] == .string(folder.file("x.gz")))
        #expect(sent["compression"] == "gzip")
        #expect(folder.names == ["x.gz"])
        let missing = try await server.failure(
            "send_to_file",
            ["dataset": .string(root), "snapshot": "nope", "output_file": .string(folder.file("y"))])
        #expect(missing == Failure(-32003, "snapshot_not_found"))
        let outside = try await server.failure(
            "send_to_file", ["dataset": .string(root), "snapshot": "1", "output_file": "/etc/cron.d/x"])
        #expect(outside == Failure(-32001, "path_not_allowed"))
        let none = try await server.failure(
            "receive_from_file", ["input_file": .string(folder.file("z")), "target_dataset": .string("\(root)/t")])
        #expect(none == Failure(-32001, "file_not_found"))
        #expect(folder.names == ["x.gz"])
        let nothing = try await server.failure("receive_abort", ["dataset": .string(root)])
        #expect(nothing == Failure(-32020, "resume_conflict"))
    }
}
