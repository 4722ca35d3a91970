import AsyncZFSExecutor
import Glibc
import TestSupport

/// What the tests of streams share.
enum StreamFixture {
    /// Bytes that no two places have alike, at most 6 MiB.
    static func bytes(_ count: Int) -> [UInt8] { Array(random.prefix(count)) }

    private static let random: [UInt8] = {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        let words = (0..<(6 << 17)).map { _ -> UInt64 in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        return unsafe words.withUnsafeBytes { unsafe Array($0) }
    }()

    /// A stage that runs a line of bash.
    static func bash(_ script: String) -> StreamStage {
        .filter(program: "bash", arguments: ["-c", script])
    }

    /// An executor that finds the system's programs.
    static func executor(_ change: (inout ExecutorConfiguration) -> Void = { _ in }) throws -> Executor {
        var configuration = ExecutorConfiguration(path: ["/usr/bin", "/bin"], grace: .milliseconds(300))
        change(&configuration)
        return try Executor(configuration)
    }

    /// Writes a file of the given bytes and gives its path.
    static func file(_ bytes: [UInt8], in folder: TemporaryFolder, named name: String = "input") throws -> String {
        let descriptor = try open(folder.file(name), O_WRONLY | O_CREAT | O_TRUNC)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor.number, $0.baseAddress, $0.count) }
            guard count > 0 else { throw TestError("write: \(errno)") }
            rest = rest.dropFirst(count)
        }
        return folder.file(name)
    }

    /// Opens a file.
    static func open(_ path: String, _ flags: Int32) throws -> Descriptor {
        let number = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw TestError("open \(path): \(errno)") }
        return Descriptor(owning: number)
    }

    /// All of a file.
    static func contents(of path: String) throws -> [UInt8] {
        let descriptor = try open(path, O_RDONLY)
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe read(descriptor.number, $0.baseAddress, $0.count)
            }
            if count <= 0 { return all }
            all += buffer[..<count]
        }
    }

    /// The payload of framed bytes; throws when the marks are not right.
    static func unframed(_ bytes: [UInt8], _ framing: StreamFraming) throws -> [UInt8] {
        var rest = bytes[...]
        var payload: [UInt8] = []
        switch framing {
        case .none: return bytes
        case .lengthPrefixed:
            while !rest.isEmpty {
                guard rest.count > 8 else { throw TestError("half a length") }
                let count = rest.prefix(8).reduce(0) { $0 << 8 | Int($1) }
                guard (1...(16 << 20)).contains(count), rest.count >= 8 + count else {
                    throw TestError("a chunk of \(count) bytes where \(rest.count) are left")
                }
                payload += rest.dropFirst(8).prefix(count)
                rest = rest.dropFirst(8 + count)
            }
        case .chunked:
            while !rest.isEmpty {
                guard let end = rest.firstIndex(of: 0x0D), end + 1 < rest.endIndex, rest[end + 1] == 0x0A,
                    let count = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), count > 0,
                    rest.endIndex - end >= count + 4, rest[end + 2 + count] == 0x0D, rest[end + 3 + count] == 0x0A
                else { throw TestError("not a chunk") }
                payload += rest[(end + 2)..<(end + 2 + count)]
                rest = rest[(end + 4 + count)...]
            }
        }
        return payload
    }

    /// Waits until a condition holds, at most ten seconds.
    static func until(_ condition: () throws -> Bool) async throws {
        for _ in 0..<2000 {
            if try condition() { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw TestError("it does not come to that")
    }

    /// Processes whose command line has the text in it.
    static func processes(with text: String) -> [Int32] {
        TemporaryFolder.names(in: "/proc").compactMap { Int32($0) }.filter { identifier in
            guard identifier != getpid(), let line = try? contents(of: "/proc/\(identifier)/cmdline") else {
                return false
            }
            return String(decoding: line, as: UTF8.self).contains(text)
        }
    }
}
