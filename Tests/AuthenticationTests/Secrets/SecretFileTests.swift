import Glibc
import TestSupport
import Testing

@testable import Authentication

@Suite struct SecretFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a secret is made once, for its owner alone`() throws {
        let path = folder.file("jwt.secret")
        let made = try SecretFile.readOrCreate(path)
        #expect(made.count == 64)
        #expect(folder.mode("jwt.secret") == 0o600)
        #expect(folder.names == ["jwt.secret"])
        let text = try folder.read("jwt.secret")
        #expect(text.utf8.count == 65)
        #expect(text.dropLast().allSatisfy { $0.isHexDigit && !$0.isUppercase })
        #expect(try SecretFile.readOrCreate(path).isEqual(to: made))
        #expect(try SecretFile.read(path).isEqual(to: made))
        #expect(throws: Never.self) { try SigningKey(made) }
    }

    @Test func `many who start at once read the same`() async throws {
        let path = folder.file("s")
        let secrets = try await withThrowingTaskGroup(of: SecretBytes.self) { group in
            for _ in 0..<64 {
                group.addTask { try await onThread { try SecretFile.readOrCreate(path) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(secrets.count == 64)
        #expect(secrets.allSatisfy { $0.isEqual(to: secrets[0]) })
        #expect(folder.names == ["s"])
    }

    @Test func `one newline does not belong to it`() throws {
        for (text, length) in [("abc", 3), ("abc\n", 3), ("abc\n\n", 4), (" abc ", 5)] {
            try folder.write(text, to: "s")
            #expect(try SecretFile.read(folder.file("s")).count == length)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o644, 0o610, 0o601, 0o620, 0o777] as [mode_t])
    func `refuses a file that others can use, and says how to close it`(mode: mode_t) throws {
        try folder.write("secret", to: "s", mode: mode)
        let path = folder.file("s")
        #expect(throws: SecretFileError.open(path: path, mode: mode)) { try SecretFile.read(path) }
        #expect(throws: SecretFileError.open(path: path, mode: mode)) { try SecretFile.readOrCreate(path) }
        let text = SecretFileError.open(path: path, mode: mode).description
        #expect(text.contains("mode 0\(String(mode, radix: 8))") && text.hasSuffix("chmod 600 \(path)"))
    }

    @Test(arguments: [0o600, 0o400, 0o700] as [mode_t])
    func `takes a file of its owner`(mode: mode_t) throws {
        try folder.write("secret", to: "s", mode: mode)
        #expect(throws: Never.self) { try SecretFile.read(folder.file("s")) }
    }

    @Test func `refuses what is no file, nothing, or too much`() throws {
        folder.makeFolder("folder")
        _ = unsafe mkfifo(folder.file("pipe"), 0o600)
        try folder.write("", to: "empty")
        try folder.write("\n", to: "newline")
        try folder.write(String(repeating: "x", count: 65_537), to: "long")
        #expect(throws: SecretFileError.notRegular(path: folder.file("folder"))) {
            try SecretFile.read(folder.file("folder"))
        }
        #expect(throws: SecretFileError.notRegular(path: folder.file("pipe"))) {
            try SecretFile.readOrCreate(folder.file("pipe"))
        }
        #expect(throws: SecretFileError.notRegular(path: "/dev/zero")) { try SecretFile.read("/dev/zero") }
        for name in ["empty", "newline"] {
            #expect(throws: SecretFileError.empty(path: folder.file(name))) {
                try SecretFile.readOrCreate(folder.file(name))
            }
        }
        #expect(throws: SecretFileError.tooLong(path: folder.file("long"), limit: 65_536)) {
            try SecretFile.read(folder.file("long"))
        }
        let missing = folder.file("missing")
        #expect(throws: SecretFileError.file(FileError(call: "open", path: missing, number: ENOENT))) {
            try SecretFile.read(missing)
        }
        #expect(throws: SecretFileError.self) { try SecretFile.readOrCreate(folder.file("missing/s")) }
    }
}

/// Runs on a thread of its own: a few tasks would take turns instead of racing.
private func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await SerialThread(capacity: 1).run { Result(catching: work) }.get()
}
