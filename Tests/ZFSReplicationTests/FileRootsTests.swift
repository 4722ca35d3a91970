import AsyncZFSExecutor
import Glibc
import Synchronization
import TestSupport
import Testing
import ZFSCommandBuilder

@testable import ZFSReplication

/// Files below a root, on real files; what a stream means does not matter here.
@Suite struct FileRootsTests {
    struct Broken: Error {}

    static func roots(_ folder: String, runner: (any StreamRunner)? = nil) throws -> FileRoots {
        FileRoots([try AbsolutePath(folder)], runner: try runner ?? Executor()) {
            let sum = Mutex<UInt8>(0)
            return StreamDigest(
                add: { bytes in sum.withLock { sum in for byte in bytes { sum = sum &* 31 &+ byte } } },
                finish: { sum.withLock { [$0] } })
        }
    }

    static func sum(_ bytes: [UInt8]) -> [UInt8] { [bytes.reduce(0) { $0 &* 31 &+ $1 }] }

    /// Writes bytes in pieces.
    static func write(
        _ bytes: [UInt8], to path: String, in roots: FileRoots, _ compression: FileCompression = .none
    ) async throws -> WrittenFile {
        try await roots.write(AbsolutePath(path), compression) { sink in
            guard case .writer(let write) = sink else { throw Broken() }
            var rest = bytes[...]
            while !rest.isEmpty {
                try await write(rest.prefix(65_000))
                rest = rest.dropFirst(65_000)
            }
            return SendOutcome(bytes: UInt64(bytes.count), duration: .zero)
        }
    }

    /// Reads all that a receiver would see.
    static func read(_ path: String, in roots: FileRoots, _ seen: Record<[UInt8]> = Record()) async throws -> [UInt8] {
        _ = try await roots.read(AbsolutePath(path)) { source in
            var bytes: [UInt8] = []
            defer { seen.add(bytes) }
            switch source {
            case .body: Issue.record("a file is no message")
            case .reader(let read): while let piece = try await read() { bytes += piece }
            case .descriptor(let descriptor):
                var buffer = [UInt8](repeating: 0, count: 1 << 20)
                while true {
                    let count = unsafe buffer.withUnsafeMutableBytes {
                        unsafe Glibc.read(descriptor.number, $0.baseAddress, $0.count)
                    }
                    if count <= 0 { break }
                    bytes += buffer[..<count]
                }
            }
            return ReceiveOutcome(bytes: UInt64(bytes.count), duration: .zero, snapshots: [])
        }
        return seen.all.last ?? []
    }

    private static func refusal(_ body: () async throws -> Void) async -> FileRefusal? {
        do { try await body() } catch let error as FileRefusal { return error } catch { return nil }
        return nil
    }

    private static func isNotAllowed(_ refusal: FileRefusal?) -> Bool {
        if case .notAllowed = refusal { true } else { false }
    }

    @Test func `no root, no file`() async throws {
        let path = try AbsolutePath("/tmp/x")
        let refusal = await Self.refusal {
            _ = try await FileRoots.none.read(path) { _ in throw Broken() }
        }
        #expect(refusal == .disabled)
    }

    @Test(arguments: [
        "", "/", "//x", "/sub//x", "/sub/", "/./x", "/../x", "/sub/../../x", "/x/..", "beside/x",
        "/.zfs-apid-0123456789abcdef.part", "/" + String(repeating: "n", count: 300),
    ])
    func `a path that is none of a file below the root is refused`(tail: String) async throws {
        try await TemporaryFolder.run { folder in
            let roots = try Self.roots(folder)
            let path = folder + tail
            #expect(Self.isNotAllowed(await Self.refusal { _ = try await Self.read(path, in: roots) }), "\(tail)")
            #expect(Self.isNotAllowed(await Self.refusal { _ = try await Self.write([1], to: path, in: roots) }))
            #expect(TemporaryFolder.names(in: folder).isEmpty)
        }
    }

    @Test func `links, folders, FIFOs, sockets and files with a second name are refused`() async throws {
        let outside = try TemporaryFolder()
        try outside.write("secret", to: "secret")
        let inside = try TemporaryFolder()
        let roots = try Self.roots(inside.path)
        try inside.write("x", to: "plain")
        #expect(unsafe symlink(outside.file("secret"), inside.file("link")) == 0)
        #expect(unsafe symlink("plain", inside.file("short")) == 0)
        #expect(unsafe symlink(outside.path, inside.file("away")) == 0)
        #expect(unsafe link(outside.file("secret"), inside.file("hard")) == 0)
        #expect(unsafe mkfifo(inside.file("fifo"), 0o600) == 0)
        inside.makeFolder("folder")
        for name in ["link", "short", "away/secret", "hard", "fifo", "folder", "plain/x"] {
            let path = inside.file(name)
            #expect(Self.isNotAllowed(await Self.refusal { _ = try await Self.read(path, in: roots) }), "\(name)")
        }
        let away = inside.file("away/new")
        #expect(Self.isNotAllowed(await Self.refusal { _ = try await Self.write([1], to: away, in: roots) }))
        for name in ["link", "fifo", "folder", "plain"] {
            let path = inside.file(name)
            let refusal = await Self.refusal { _ = try await Self.write([1], to: path, in: roots) }
            #expect(refusal == .exists(path: path))
        }
        let missing = inside.file("none/x")
        #expect(
            await Self.refusal { _ = try await Self.write([1], to: missing, in: roots) } == .notFound(path: missing))
        #expect(outside.names == ["secret"])
        #expect(try inside.read("plain") == "x")
    }

    @Test func `a file appears when it is whole, for its owner alone`() async throws {
        let folder = try TemporaryFolder()
        let roots = try Self.roots(folder.path)
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let path = folder.file("new")
        let written = try await roots.write(AbsolutePath(path), .none) { sink in
            guard case .writer(let write) = sink else { throw Broken() }
            try await write(bytes[...])
            #expect(folder.names.count == 1 && folder.names != ["new"])
            return SendOutcome(bytes: UInt64(bytes.count), duration: .zero)
        }
        #expect(written.bytes == 300_000 && written.streamBytes == 300_000)
        #expect(written.digest == Self.sum(bytes))
        #expect(folder.names == ["new"])
        #expect(folder.mode("new") == 0o600)
        #expect(try await Self.read(path, in: roots) == bytes)
        let again = await Self.refusal { _ = try await Self.write([1], to: path, in: roots) }
        #expect(again == .exists(path: path))
    }

    @Test func `a send that fails or is cancelled leaves nothing`() async throws {
        let folder = try TemporaryFolder()
        let roots = try Self.roots(folder.path)
        let path = try AbsolutePath(folder.file("new"))
        for compression in [FileCompression.none, .gzip] {
            await #expect(throws: Broken.self) {
                _ = try await roots.write(path, compression) { sink in
                    if case .writer(let write) = sink { try await write([1, 2, 3]) }
                    throw Broken()
                }
            }
            #expect(folder.names.isEmpty)
            let task = Task {
                try await roots.write(path, compression) { sink in
                    guard case .writer(let write) = sink else { throw Broken() }
                    while true {
                        try Task.checkCancellation()
                        try await write(ArraySlice([UInt8](repeating: 1, count: 1000)))
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            await #expect(throws: (any Error).self) { _ = try await task.value }
            #expect(folder.names.isEmpty)
        }
    }

    @Test func `a name that is taken meanwhile is not replaced`() async throws {
        let folder = try TemporaryFolder()
        let roots = try Self.roots(folder.path)
        let path = folder.file("new")
        let refusal = await Self.refusal {
            _ = try await roots.write(AbsolutePath(path), .none) { _ in
                try folder.write("another", to: "new")
                return SendOutcome(bytes: 0, duration: .zero)
            }
        }
        #expect(refusal == .exists(path: path))
        #expect(folder.names == ["new"])
        #expect(try folder.read("new") == "another")
    }

    @Test func `what a killed daemon left goes with the next file, what is written does not`() async throws {
        let folder = try TemporaryFolder()
        let roots = try Self.roots(folder.path)
        try folder.write("half", to: ".zfs-apid-0123456789abcdef.part")
        try folder.write("mine", to: ".zfs-apid-short.part")
        _ = try await roots.write(AbsolutePath(folder.file("outer")), .none) { sink in
            guard case .writer(let write) = sink else { throw Broken() }
            try await write([1])
            _ = try await Self.write([2], to: folder.file("inner"), in: roots)
            return SendOutcome(bytes: 1, duration: .zero)
        }
        #expect(folder.names == [".zfs-apid-short.part", "inner", "outer"])
    }

    /// A folder and a link to the outside change places all the time.
    @Test func `no swap of folder and link leads out`() async throws {
        let outside = try TemporaryFolder()
        try outside.write("secret", to: "data")
        let inside = try TemporaryFolder()
        inside.makeFolder("folder")
        try inside.write("plain", to: "folder/data")
        #expect(unsafe symlink(outside.path, inside.file("link")) == 0)
        let roots = try Self.roots(inside.path)
        let (one, two) = (inside.file("folder"), inside.file("link"))
        let swapper = Task {
            var swaps = 0
            while !Task.isCancelled {
                if exchange(one, two) { swaps += 1 }
                await Task.yield()
            }
            return swaps
        }
        for round in 0..<200 {
            if let bytes = try? await Self.read(inside.file("folder/data"), in: roots) {
                #expect(String(decoding: bytes, as: UTF8.self) == "plain")
            }
            _ = try? await Self.write([1], to: inside.file("folder/new\(round)"), in: roots)
        }
        swapper.cancel()
        #expect(await swapper.value > 0)
        #expect(outside.names == ["data"])
        for folder in ["folder", "link"] {
            for name in TemporaryFolder.names(in: inside.file(folder)) { inside.remove("\(folder)/\(name)") }
        }
    }

    private static func hasProgram(_ name: String) -> Bool {
        ["/usr/local/bin", "/usr/bin", "/bin"].contains { unsafe access("\($0)/\(name)", X_OK) == 0 }
    }

    @Test(arguments: FileCompression.allCases)
    func `each compression there and back`(compression: FileCompression) async throws {
        guard compression == .none || Self.hasProgram(compression.rawValue) else {
            return print("skipped: \(compression) is not installed")
        }
        let folder = try TemporaryFolder()
        let roots = try Self.roots(folder.path)
        for size in [0, 1, 311, 312, 313, 700_001] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: ($0 &* $0) >> 5) }
            let path = folder.file("f\(size)")
            let written = try await Self.write(bytes, to: path, in: roots, compression)
            #expect(written.streamBytes == UInt64(size))
            #expect(try await Self.read(path, in: roots) == bytes)
        }
    }

    @Test(arguments: [FileCompression.gzip, .zstd, .lz4])
    func `a compressed file that is cut or goes on is no whole stream`(compression: FileCompression) async throws {
        guard Self.hasProgram(compression.rawValue) else {
            return print("skipped: \(compression) is not installed")
        }
        let folder = try TemporaryFolder()
        let roots = try Self.roots(folder.path)
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: ($0 &* $0 &* 7919) >> 9) }
        let written = try await Self.write(bytes, to: folder.file("whole"), in: roots, compression)
        for change in [-1, -4, -1000, 8] {
            let path = folder.file("changed\(change)")
            #expect(try Self.copy(folder.file("whole"), path, length: Int(written.bytes) + change))
            let seen = Record<[UInt8]>()
            let refusal = await Self.refusal { _ = try await Self.read(path, in: roots, seen) }
            guard case .damaged = refusal else {
                Issue.record("\(change): \(String(describing: refusal))")
                continue
            }
            // The end never came through.
            #expect((seen.all.last ?? []).count <= bytes.count - 312)
        }
    }

    @Test func `a program that is not installed is named`() async throws {
        let folder = try TemporaryFolder()
        let roots = try Self.roots(folder.path, runner: Executor(ExecutorConfiguration(path: [folder.path])))
        for compression in [FileCompression.gzip, .zstd, .lz4] {
            let refusal = await Self.refusal {
                _ = try await Self.write([1], to: folder.file("new"), in: roots, compression)
            }
            #expect(refusal == .programMissing(compression.rawValue))
        }
        #expect(folder.names.isEmpty)
    }

    /// A copy with fewer bytes, or with text after its end; `gzip` takes zeros there for the padding of a tape.
    private static func copy(_ from: String, _ to: String, length: Int) throws -> Bool {
        let (source, target) = unsafe (open(from, O_RDONLY), open(to, O_WRONLY | O_CREAT, 0o600))
        defer { _ = (close(source), close(target)) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(source, $0.baseAddress, $0.count) }
        let kept = buffer.prefix(min(count, length)) + [UInt8](repeating: 0x67, count: max(0, length - count))
        return unsafe kept.withUnsafeBytes { unsafe Glibc.write(target, $0.baseAddress, $0.count) } == kept.count
    }
}

/// renameat2(2) with RENAME_EXCHANGE, which Swift's Glibc does not show.
private func exchange(_ one: String, _ two: String) -> Bool {
    typealias Rename = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = unsafe dlsym(nil, "renameat2") else { return false }
    let rename = unsafe unsafeBitCast(symbol, to: Rename.self)
    return unsafe rename(AT_FDCWD, one, AT_FDCWD, two, 2) == 0
}
