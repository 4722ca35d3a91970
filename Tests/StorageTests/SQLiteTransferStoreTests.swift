import GRDB
import Glibc
import TestSupport
import Testing
import ZFSRPC

@testable import Storage

/// What can become of the file.
@Suite struct SQLiteTransferStoreTests {
    private let time = TestTime()
    private let folder: TemporaryFolder
    private var path: String { folder.file("transfers.sqlite") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store(_ path: String? = nil) -> SQLiteTransferStore {
        SQLiteTransferStore(path: path ?? self.path, node: "one", clock: time.clock)
    }

    private func problem(of store: SQLiteTransferStore) async -> String? {
        await failure { () throws(TransferStoreError) in try await store.check() }?.description
    }

    /// A file with a token, closed, so that all of it is in one file.
    private func makeFile() async throws {
        let store = store()
        for number in 1...200 { try await store.add(.token(number), lifetime: .seconds(300)) }
        await store.close()
    }

    private func bytes() throws -> [UInt8] { try file(path) }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        defer { Glibc.close(descriptor) }
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        try #require(count == bytes.count)
    }

    @Test func `all its files are for the daemon alone`() async throws {
        let store = store()
        try await store.add(.token(), lifetime: .seconds(300))
        #expect(folder.names == ["transfers.sqlite", "transfers.sqlite-shm", "transfers.sqlite-wal"])
        for name in folder.names { #expect(folder.mode(name) == 0o600, "\(name)") }
        await store.close()
        _ = unsafe chmod(path, 0o644)
        let next = self.store()
        try await next.check()
        for name in folder.names { #expect(folder.mode(name) == 0o600, "\(name)") }
    }

    @Test func `no token is in the file, only its digest`() async throws {
        try await makeFile()
        let text = String(decoding: try bytes(), as: UTF8.self)
        #expect(text.contains(TokenDigest.sample(1).text) && text.contains("STRICT"))
    }

    @Test func `a claim is in the files at the instant when it is answered`() async throws {
        let store = store()
        try await store.add(.token(1), lifetime: .seconds(300))
        try await store.add(.token(2), lifetime: .seconds(300))
        #expect(try await store.claim(digest: .sample(1)).word == "granted")
        // As the disk is found after a power cut: without the index of the log, which is memory.
        let copy = folder.file("copy.sqlite")
        for suffix in ["", "-wal"] {
            try write(try file(path + suffix), to: copy + suffix)
        }
        let next = self.store(copy)
        #expect(try await next.claim(digest: .sample(1)).word == "used")
        #expect(try await next.claim(digest: .sample(2)).word == "granted")
    }

    @Test func `a claim waits for the disk, a guess does not`() async throws {
        let store = store()
        try await store.add(.token(), lifetime: .seconds(300))
        func mode(_ pragma: String) async throws -> String? {
            try await store.perform { database, _ in try String.fetchOne(database, sql: "PRAGMA \(pragma)") }
        }
        let (full, normal) = ("2", "1")
        _ = try await store.claim(digest: .sample(9))
        #expect(try await mode("synchronous") == normal)
        _ = try await store.claim(digest: .sample(1))
        #expect(try await mode("synchronous") == full)
        _ = try await store.claim(digest: .sample(1))
        try await store.add(.stream(), lifetime: .seconds(300))
        #expect(try await mode("synchronous") == full)
        #expect(try await mode("journal_mode") == "wal")
    }

    private func file(_ path: String) throws -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        try #require(descriptor >= 0)
        defer { Glibc.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 8 << 20)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        return Array(bytes[..<max(0, count)])
    }

    @Test(arguments: ["empty", "garbage", "short", "one page", "header", "flipped", "folder", "foreign", "newer"])
    func `a file that is not right is left alone, and everything throws`(damage: String) async throws {
        try await makeFile()
        var bytes = try bytes()
        try #require(bytes.count > 40_960)
        var word = "is damaged"
        switch damage {
        case "empty": bytes = []
        case "garbage": bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
        case "short": bytes = Array(bytes[..<(bytes.count / 2 + 100)])
        case "one page": bytes = Array(bytes[..<4096])
        case "header": bytes[3] ^= 0xff
        case "flipped": for index in 8192..<24_576 { bytes[index] ^= 0x5a }
        case "folder":
            bytes = []
            word = "is not a store"
        case "foreign": word = "is not a store"
        default: word = "newer zfs-apid (schema 1000"
        }
        try write(bytes, to: path)
        if damage == "folder" {
            unsafe unlink(path)
            folder.makeFolder("transfers.sqlite")
        }
        if damage == "foreign" || damage == "newer" {
            let pragma = damage == "foreign" ? "application_id = 7" : "user_version = 1000"
            let queue = try DatabaseQueue(path: path)
            try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA \(pragma)") }
            try queue.close()
            bytes = try self.bytes()
        }
        let store = store()
        let problem = try #require(await problem(of: store))
        #expect(problem.contains(word) && problem.contains(path), "\(problem)")
        let claim = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(1)) }
        #expect(claim?.isFull == false)
        let add = await failure { () throws(TransferStoreError) in
            try await store.add(.token(999), lifetime: .seconds(9))
        }
        #expect(add != nil)
        let session = await failure { () throws(TransferStoreError) in try await store.sessions(ofUser: nil) }
        #expect(session != nil)
        if damage != "folder" {
            let after = try self.bytes()
            #expect(after == bytes)
        }
        // The operator moves it away; no restart is needed.
        for name in folder.names { folder.remove(name) }
        try await eventually { await self.problem(of: store) == nil }
        #expect(try await store.claim(digest: .sample(1)).word == "unknown")
    }

    private func eventually(_ condition: () async -> Bool) async throws {
        for _ in 0..<500 {
            if await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("it does not become so")
    }

    @Test func `a file that is damaged while it is open is noticed, and grants nothing`() async throws {
        try await makeFile()
        let store = store()
        try await store.check()
        var bytes = try bytes()
        for index in 4096..<bytes.count { bytes[index] = 0xa5 }
        try write(bytes, to: path)
        var granted = 0
        for number in 1...200 {
            let claim = await failure { () throws(TransferStoreError) in
                if try await store.claim(digest: .sample(number)).word == "granted" { granted += 1 }
            }
            if claim != nil { break }
        }
        #expect(granted == 0)
        let problem = await problem(of: store)
        #expect(problem?.contains("is damaged") == true, "\(problem ?? "none")")
    }

    @Test func `a lock of another process is waited for, and then told`() async throws {
        try await makeFile()
        let store = store()
        try await store.check()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let start = ContinuousClock.now
        let claim = await failure { () throws(TransferStoreError) in try await store.claim(digest: .sample(1)) }
        #expect(claim?.description.contains("locked by another process") == true)
        #expect(.now - start > .milliseconds(700))
        try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        #expect(try await store.claim(digest: .sample(1)).word == "granted")
    }

    @Test func `a text with NUL, at which SQLite ends it, is no other text`() async throws {
        let store = store()
        try await store.add(.token(), lifetime: .seconds(300))
        let name = "alice\u{0}x"
        let add = await failure { () throws(TransferStoreError) in
            try await store.add(.token(2, user: name), lifetime: .seconds(300))
        }
        #expect(add?.description.contains("NUL") == true)
        let list = await failure { () throws(TransferStoreError) in try await store.tokens(ofUser: name) }
        let revoke = await failure { () throws(TransferStoreError) in
            try await store.revoke(digest: .sample(1), ofUser: name)
        }
        #expect(list != nil && revoke != nil)
        #expect(try await store.claim(digest: .sample(1)).word == "granted")
    }

    @Test func `a cancelled task still finds out what it did`() async throws {
        let store = store()
        try await store.add(.stream(), lifetime: .seconds(300))
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            _ = try await store.begin(session: StreamSession.stream().id)
            try await store.end(session: StreamSession.stream().id, .failed, bytes: 3)
        }
        task.cancel()
        try await task.value
        #expect(try await store.session(StreamSession.stream().id)?.bytes == 3)
    }

    private func mountSmall(_ path: String, _ options: String = "size=4m", flags: Int = 0) -> Int32 {
        unsafe mount("tmpfs", path, "tmpfs", UInt(flags), options)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a file system"))
    func `a full file system grants nothing, and all goes on when there is room`() async throws {
        folder.makeFolder("small")
        let small = folder.file("small")
        try #require(mountSmall(small, "size=256k") == 0)
        defer { _ = unsafe umount2(small, Int32(MNT_DETACH)) }
        let store = store(small + "/transfers.sqlite")
        try await store.add(.token(1), lifetime: .seconds(300))
        var error: TransferStoreError?
        for number in 2...2000 where error == nil {
            error = await failure { () throws(TransferStoreError) in
                try await store.add(.token(number), lifetime: .seconds(300))
            }
        }
        #expect(error?.description.contains("no space") == true, "\(error?.description ?? "none")")
        #expect(error?.isFull == false)
        // Each use takes a little room, too: what is granted is kept, and then nothing is granted.
        var granted = 0
        error = nil
        for number in 1...2000 where error == nil {
            error = await failure { () throws(TransferStoreError) in
                if try await store.claim(digest: .sample(number)).word == "granted" { granted += 1 }
            }
        }
        #expect(error?.description.contains("no space") == true, "\(error?.description ?? "none")")
        try #require(mountSmall(small, flags: MS_REMOUNT) == 0)
        for number in 1...granted { #expect(try await store.claim(digest: .sample(number)).word == "used") }
        try await store.add(.token(9999), lifetime: .seconds(300))
        #expect(try await store.claim(digest: .sample(9999)).word == "granted")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can mount a file system"))
    func `a file system that is full or read-only at the start is told of, and left as soon as it is not`() async throws
    {
        folder.makeFolder("small")
        let small = folder.file("small")
        try #require(mountSmall(small, flags: MS_RDONLY) == 0)
        defer { _ = unsafe umount2(small, Int32(MNT_DETACH)) }
        let store = store(small + "/transfers.sqlite")
        #expect(await problem(of: store)?.contains("Read-only file system") == true)
        try #require(mountSmall(small, flags: MS_REMOUNT) == 0)
        try await eventually { await self.problem(of: store) == nil }
        try await store.add(.token(), lifetime: .seconds(300))
        await store.close()
        try #require(mountSmall(small, flags: MS_REMOUNT | MS_RDONLY) == 0)
        let next = self.store(small + "/transfers.sqlite")
        let problem = try #require(await problem(of: next))
        #expect(problem.contains("cannot be written"), "\(problem)")
    }

    @Test func `a folder that is not there is told of`() async throws {
        let problem = await problem(of: store(folder.file("none/transfers.sqlite")))
        #expect(problem?.contains("No such file or directory") == true, "\(problem ?? "none")")
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func `a folder that cannot be written is told of`() async throws {
        folder.makeFolder("closed")
        _ = unsafe chmod(folder.file("closed"), 0o500)
        let problem = await problem(of: store(folder.file("closed/transfers.sqlite")))
        #expect(problem?.contains("Permission denied") == true, "\(problem ?? "none")")
    }
}
