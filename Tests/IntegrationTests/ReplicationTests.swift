import AsyncZFSExecutor
import Foundation
import Glibc
import Testing
import ZFSCommandBuilder

@testable import ZFSReplication

/// Streams of real OpenZFS through files.
@Suite(.enabled(if: Lab.isInside, Lab.remedy)) struct ReplicationTests {
    /// A replication and a folder for streams.
    struct Bench {
        let replication: Replication
        let folder: String

        init() throws {
            replication = Replication(runner: try Executor())
            folder = NSTemporaryDirectory() + "/streams-" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }

        func path(_ name: String) -> String { "\(folder)/\(name)" }

        @discardableResult
        func send(
            _ snapshot: String, to name: String, _ change: (inout SendRequest) throws -> Void = { _ in }
        ) async throws -> SendOutcome {
            var request = SendRequest(try SnapshotName(snapshot))
            try change(&request)
            let number = unsafe open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            try #require(number >= 0)
            let outcome = try await replication.send(
                request, to: .descriptor(Descriptor(owning: number), framing: .none), control: StreamControl()
            ) { _ in }
            let size = try FileManager.default.attributesOfItem(atPath: path(name))[.size] as? UInt64
            #expect(outcome.bytes == size)
            return outcome
        }

        @discardableResult
        func receive(
            _ name: String, into dataset: String, force: Bool = false, resumable: Bool = false,
            isConfined: Bool = false, upTo bytes: Int = .max
        ) async throws -> ReceiveOutcome {
            let request = ReceiveRequest(
                try DatasetName(dataset), force: force, resumable: resumable, isConfined: isConfined)
            let source: StreamSource
            if bytes == .max {
                let number = unsafe open(path(name), O_RDONLY | O_CLOEXEC)
                try #require(number >= 0)
                source = .descriptor(Descriptor(owning: number))
            } else {
                let handle = try FileHandle(forReadingFrom: URL(filePath: path(name)))
                let start = try handle.read(upToCount: bytes) ?? Data()
                let piece = PendingPiece(Array(start))
                source = .reader { piece.take() }
            }
            return try await replication.receive(request, from: source, control: StreamControl()) { _ in }
        }

        /// The reason that a receive fails for, and the token with which it can go on.
        func failure(
            _ body: () async throws -> Void
        ) async -> (reason: FailureReason?, token: ResumeToken?, error: (any Error)?) {
            do {
                try await body()
                return (nil, nil, nil)
            } catch let error as CommandFailed {
                return (error.failure.reason, nil, error)
            } catch ReplicationError.interrupted(let failure, let state) {
                return (failure.reason, state.token, nil)
            } catch {
                return (nil, nil, error)
            }
        }
    }

    static func zfs(_ words: String...) throws -> String {
        try Lab.shell("bash", "-c", "zfs " + words.joined(separator: " ")).trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    static func guid(_ name: String) throws -> String { try zfs("get -H -p -o value guid '\(name)'") }

    /// A digest of the files, or of the volume.
    static func digest(_ dataset: String) throws -> String {
        let isVolume = try zfs("get -H -o value type '\(dataset)'") == "volume"
        let command =
            isVolume
            ? "udevadm settle; sha256sum < '/dev/zvol/\(dataset)'"
            : "cd '/\(dataset)' && find . -type f -print0 | sort -z | xargs -0 -r sha256sum | sha256sum"
        return try Lab.shell("bash", "-c", command)
    }

    static func fill(_ dataset: String, _ name: String, kilobytes: Int) throws {
        try Lab.shell("dd", "if=/dev/urandom", "of=/\(dataset)/\(name)", "bs=1K", "count=\(kilobytes)", "status=none")
    }

    @Test func `full, incremental and from a bookmark`() async throws {
        let root = try Lab.dataset()
        let bench = try Bench()
        let (source, target) = ("\(root)/s", "\(root)/t")
        _ = try Self.zfs("create \(source)")
        try Self.fill(source, "a", kilobytes: 3000)
        _ = try Self.zfs("snapshot \(source)@1")
        _ = try Self.zfs("bookmark \(source)@1 \(source)#mark")
        try Self.fill(source, "b", kilobytes: 2000)
        _ = try Self.zfs("snapshot \(source)@2")
        let estimate = try await bench.replication.estimate(SendRequest(SnapshotName("\(source)@1")))
        let full = try await bench.send("\(source)@1", to: "full")
        #expect(Double(estimate.bytes) > Double(full.bytes) * 0.9 && Double(estimate.bytes) < Double(full.bytes) * 1.1)
        #expect(try await bench.receive("full", into: target).snapshots.map(\.text) == ["\(target)@1"])
        try await bench.send("\(source)@2", to: "inc") { $0.origin = .snapshot(try SnapshotName("\(source)@1")) }
        #expect(try await bench.receive("inc", into: target, force: true).snapshots.map(\.text) == ["\(target)@2"])
        #expect(try Self.guid("\(source)@2") == Self.guid("\(target)@2"))
        #expect(try Self.digest(source) == Self.digest(target))
        // Once more, from a bookmark whose snapshot is gone.
        _ = try Self.zfs("destroy \(source)@1")
        _ = try Self.zfs("rollback -r \(target)@1")
        try await bench.send("\(source)@2", to: "marked") { $0.origin = .bookmark(try BookmarkName("\(source)#mark")) }
        try await bench.receive("marked", into: target)
        #expect(try Self.guid("\(source)@2") == Self.guid("\(target)@2"))
        #expect(try Self.digest(source) == Self.digest(target))
        // The same again brings nothing.
        let again = await bench.failure { try await bench.receive("marked", into: target) }
        #expect(again.error as? ReplicationError == .nothingReceived(try DatasetName(target)))
        let unknown = await bench.failure {
            try await bench.send("\(source)@2", to: "x") { $0.origin = .snapshot(try SnapshotName("\(source)@nope")) }
        }
        #expect(unknown.error as? ReplicationError == .originNotFound(.snapshot(try SnapshotName("\(source)@nope"))))
        _ = try Self.zfs("snapshot \(source)@3")
        let newer = await bench.failure {
            try await bench.send("\(source)@2", to: "x") { $0.origin = .snapshot(try SnapshotName("\(source)@3")) }
        }
        #expect(newer.reason == .badIncrementalSource)
        let recursiveMark = await bench.failure {
            try await bench.send("\(source)@2", to: "x") {
                $0.isRecursive = true
                $0.origin = .bookmark(try BookmarkName("\(source)#mark"))
            }
        }
        #expect(recursiveMark.reason == .badIncrementalSource)
    }

    @Test func `everything below, with volume, encryption and large blocks`() async throws {
        let root = try Lab.dataset()
        let bench = try Bench()
        let (source, target) = ("\(root)/s", "\(root)/t")
        _ = try Self.zfs("create -o compression=on -o com.example:x=y \(source)")
        _ = try Self.zfs("create -o recordsize=1M \(source)/large")
        _ = try Self.zfs("create -V 8M \(source)/vol")
        try Lab.shell(
            "bash", "-c", "echo password1 | zfs create -o encryption=on -o keyformat=passphrase \(source)/secret")
        for name in ["", "/large", "/secret"] { try Self.fill(source + name, "f", kilobytes: 1500) }
        try Lab.shell(
            "bash", "-c", "udevadm settle; dd if=/dev/urandom of=/dev/zvol/\(source)/vol bs=1M count=4 status=none")
        _ = try Self.zfs("snapshot -r \(source)@1")
        try Self.fill("\(source)/secret", "g", kilobytes: 500)
        _ = try Self.zfs("snapshot -r \(source)@2")
        let estimate = try await bench.replication.estimate(SendRequest(SnapshotName("\(source)@1"), isRecursive: true))
        #expect(estimate.flags == StreamFlags(raw: true, compressed: true, largeBlocks: true, embedded: false))
        try await bench.send("\(source)@1", to: "full") { $0.isRecursive = true }
        try await bench.send("\(source)@2", to: "inc") {
            $0.isRecursive = true
            $0.origin = .snapshot(try SnapshotName("\(source)@1"))
        }
        let names = ["", "/large", "/vol", "/secret"]
        for (stream, snapshot) in [("full", "1"), ("inc", "2")] {
            let outcome = try await bench.receive(stream, into: target, force: true)
            #expect(Set(outcome.snapshots.map(\.text)) == Set(names.map { "\(target)\($0)@\(snapshot)" }))
        }
        try Lab.shell("bash", "-c", "echo password1 | zfs mount -l \(target)/secret")
        for name in names {
            for snapshot in ["@1", "@2"] {
                #expect(try Self.guid(source + name + snapshot) == Self.guid(target + name + snapshot))
            }
            #expect(try Self.digest(source + name) == Self.digest(target + name), "\(name)")
        }
        #expect(try Self.zfs("get -H -o value com.example:x \(target)") == "y")
    }

    @Test(arguments: [0, 300, 312, 70_000, 1_500_000, 2_999_000])
    func `a stream that is cut`(bytes: Int) async throws {
        let root = try Lab.dataset("cut\(bytes)")
        let bench = try Bench()
        let (source, target) = ("\(root)/s", "\(root)/t")
        _ = try Self.zfs("create \(source)")
        try Self.fill(source, "a", kilobytes: 1000)
        _ = try Self.zfs("snapshot \(source)@1")
        try Self.fill(source, "b", kilobytes: 3000)
        _ = try Self.zfs("snapshot \(source)@2")
        try await bench.send("\(source)@1", to: "full")
        try await bench.send("\(source)@2", to: "inc") { $0.origin = .snapshot(try SnapshotName("\(source)@1")) }
        let half = min(bytes, 1_000_000)
        // Without -s nothing stays.
        let plain = await bench.failure { try await bench.receive("full", into: target, upTo: half) }
        #expect(plain.token == nil)
        #expect(plain.reason == .streamIncomplete || plain.reason == .streamEmptyOrCut)
        #expect(try Self.zfs("list -H -o name -r \(root)") == "\(root)\n\(source)")
        try await bench.receive("full", into: target)
        let before = try Self.zfs("list -H -p -t all -r -o name,guid \(target)")
        let second = await bench.failure { try await bench.receive("inc", into: target, upTo: bytes) }
        #expect(second.token == nil)
        #expect(try Self.zfs("list -H -p -t all -r -o name,guid \(target)") == before)
        // With -s it goes on, over several cuts.
        let third = await bench.failure { try await bench.receive("inc", into: target, resumable: true, upTo: bytes) }
        #expect(third.reason == .streamIncomplete || third.reason == .streamEmptyOrCut)
        guard let token = third.token else {
            #expect(bytes <= 312)
            return
        }
        let foreign = await bench.failure {
            try await bench.send("\(source)@1", to: "x") { $0.resumeToken = token }
        }
        guard case .foreignResumeToken? = foreign.error as? ReplicationError else {
            Issue.record("a foreign token was taken: \(foreign)")
            return
        }
        let conflict = await bench.failure { try await bench.receive("inc", into: target, resumable: true) }
        #expect(conflict.reason == .resumeConflict && conflict.token == nil)
        try await bench.send("\(source)@2", to: "rest") {
            $0.resumeToken = token
            $0.origin = .snapshot(try SnapshotName("\(source)@1"))
        }
        let cut = await bench.failure { try await bench.receive("rest", into: target, resumable: true, upTo: 40_000) }
        let next = cut.token ?? token
        try await bench.send("\(source)@2", to: "rest") { $0.resumeToken = next }
        let outcome = try await bench.receive("rest", into: target, resumable: true)
        #expect(outcome.snapshots.map(\.text) == ["\(target)@2"])
        #expect(try Self.guid("\(source)@2") == Self.guid("\(target)@2"))
        #expect(try Self.digest(source) == Self.digest(target))
        // What is kept can be thrown away; then there is nothing to throw away.
        _ = try Self.zfs("rollback -r \(target)@1")
        let last = await bench.failure { try await bench.receive("inc", into: target, resumable: true, upTo: bytes) }
        #expect(last.token != nil)
        try await bench.replication.abortReceive(of: DatasetName(target))
        let none = await bench.failure { try await bench.replication.abortReceive(of: DatasetName(target)) }
        #expect(none.reason == .resumeConflict)
        try await bench.receive("inc", into: target)
    }

    @Test func `what is in the way is told`() async throws {
        let root = try Lab.dataset()
        let bench = try Bench()
        let (source, target) = ("\(root)/s", "\(root)/t")
        _ = try Self.zfs("create \(source)")
        try Self.fill(source, "a", kilobytes: 4000)
        _ = try Self.zfs("snapshot \(source)@1")
        try Self.fill(source, "b", kilobytes: 10)
        _ = try Self.zfs("snapshot \(source)@2")
        try await bench.send("\(source)@1", to: "full")
        try await bench.send("\(source)@2", to: "inc") { $0.origin = .snapshot(try SnapshotName("\(source)@1")) }
        #expect(await bench.failure { try await bench.receive("inc", into: target) }.reason == .destinationNotFound)
        try await bench.receive("full", into: target)
        #expect(await bench.failure { try await bench.receive("full", into: target) }.reason == .destinationExists)
        #expect(
            await bench.failure { try await bench.receive("full", into: target, force: true) }.reason
                == .destinationExists)
        try Self.fill(target, "mine", kilobytes: 10)
        #expect(await bench.failure { try await bench.receive("inc", into: target) }.reason == .destinationModified)
        // A snapshot of it makes no difference to zfs, and force takes back both.
        _ = try Self.zfs("snapshot \(target)@mine")
        #expect(await bench.failure { try await bench.receive("inc", into: target) }.reason == .destinationModified)
        try await bench.receive("inc", into: target, force: true)
        #expect(try Self.zfs("list -H -o name -t snapshot \(target)") == "\(target)@1\n\(target)@2")
        let other = "\(root)/other"
        _ = try Self.zfs("create \(other)")
        _ = try Self.zfs("snapshot \(other)@mine")
        #expect(await bench.failure { try await bench.receive("inc", into: other) }.reason == .incrementalMismatch)
        try Lab.shell("bash", "-c", "head -c 100000 /dev/urandom > \(bench.path("noise"))")
        #expect(await bench.failure { try await bench.receive("noise", into: "\(root)/x") }.reason == .streamInvalid)
        _ = try Self.zfs("create -o quota=2M \(root)/small")
        #expect(
            await bench.failure { try await bench.receive("full", into: "\(root)/small/x") }.reason == .quotaExceeded)
        #expect(try Self.zfs("list -H -o name -r \(root)/small") == "\(root)/small")
    }

    @Test func `a full pool`() async throws {
        let root = try Lab.dataset()
        let bench = try Bench()
        _ = try Self.zfs("create \(root)/s")
        try Self.fill("\(root)/s", "a", kilobytes: 60_000)
        _ = try Self.zfs("snapshot \(root)/s@1")
        try await bench.send("\(root)/s@1", to: "full")
        try await Lab.withPool("filled", on: "/dev/ubdd") {
            let free = try #require(Int(try Self.zfs("get -H -p -o value available filled")))
            _ = try Self.zfs("create -o reservation=\(free - 20_000_000) filled/r")
            let failure = await bench.failure { try await bench.receive("full", into: "filled/t") }
            #expect(failure.reason == .noSpace)
            #expect(try Self.zfs("list -H -o name -r filled") == "filled\nfilled/r")
        }
    }

    @Test func `a second receive is busy, and what runs is not harmed`() async throws {
        let root = try Lab.dataset()
        let bench = try Bench()
        _ = try Self.zfs("create \(root)/s")
        try Self.fill("\(root)/s", "a", kilobytes: 3000)
        _ = try Self.zfs("snapshot \(root)/s@1")
        try await bench.send("\(root)/s@1", to: "full")
        let target = try DatasetName("\(root)/t")
        let bytes = Array(try Data(contentsOf: URL(filePath: bench.path("full"))))
        let (first, rest) = (PendingPiece(Array(bytes[..<1_000_000])), PendingPiece(Array(bytes[1_000_000...])))
        let request = ReceiveRequest(target, force: true, resumable: false, isConfined: false)
        _ = try await bench.replication.receive(
            request,
            from: .reader {
                if let piece = first.take() { return piece }
                guard let piece = rest.take() else { return nil }
                let busy = await bench.failure {
                    try await bench.receive("full", into: target.text, force: true, resumable: true)
                }
                #expect(busy.error as? ReplicationError == .receiveRuns(target))
                return piece
            }, control: StreamControl()
        ) { _ in }
        #expect(try Self.guid("\(root)/s@1") == Self.guid("\(target)@1"))
    }

    @Test func `a stranger's stream does not reach out of its dataset`() async throws {
        let root = try Lab.dataset()
        let bench = try Bench()
        let bad = "-o setuid=on -o exec=on -o devices=on -o sharenfs=on -o canmount=on -o overlay=on"
        _ = try Self.zfs("create -u \(bad) -o mountpoint=/tmp/evil \(root)/s")
        _ = try Self.zfs("create -u -o mountpoint=/tmp/evil2 \(root)/s/below")
        _ = try Self.zfs("create -V 8M -o snapdev=visible \(root)/v")
        _ = try Self.zfs("snapshot -r \(root)/s@1")
        _ = try Self.zfs("snapshot -r \(root)/s@2")
        _ = try Self.zfs("snapshot \(root)/v@1")
        try await bench.send("\(root)/s@1", to: "package") { $0.isRecursive = true }
        try await bench.send("\(root)/s@1", to: "plain")
        try await bench.send("\(root)/s@2", to: "inc") { $0.origin = .snapshot(try SnapshotName("\(root)/s@1")) }
        try await bench.send("\(root)/v@1", to: "volume")
        for name in ["package", "plain"] {
            try await bench.receive(name, into: "\(root)/\(name)", isConfined: true)
        }
        try await bench.receive("inc", into: "\(root)/plain", isConfined: true)
        for name in ["package", "package/below", "plain"] {
            let get = "get -H -o value setuid,exec,devices,sharenfs,overlay,mounted,mountpoint"
            let values = try Self.zfs("\(get) \(root)/\(name)").split(separator: "\n").map(String.init)
            #expect(values.prefix(4) == ["off", "off", "off", "off"], "\(name) \(values)")
            #expect(values[5] == "no")
            #expect(values[6] == "/\(root)/\(name)", "\(name)")
        }
        try await bench.receive("volume", into: "\(root)/w", isConfined: true)
        #expect(try Self.zfs("get -H -o value snapdev \(root)/w") == "hidden")
        #expect(try Self.guid("\(root)/v@1") == Self.guid("\(root)/w@1"))
    }
}
