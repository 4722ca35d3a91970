public import Glibc

/// A folder for one test, removed with what is in it when the test is over.
public final class TemporaryFolder: Sendable {
    /// Its absolute path.
    public let path: String

    /// Makes it below `TMPDIR`, or `/tmp`.
    public init() throws(TestError) {
        let place = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(place)/zfs-apid-test.XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw TestError("mkdtemp: \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { remove(name) }
        _ = unsafe rmdir(path)
    }

    /// Runs the body with the path of a new folder.
    public static func run<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        return try await body(folder.path)
    }

    /// What is in it, sorted.
    public var names: [String] { Self.names(in: path) }

    /// What is in a folder, sorted; nothing for one that is not there.
    public static func names(in path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The path of a file in it.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file.
    public func write(_ text: String, to name: String, mode: mode_t = 0o600, flags: Int32 = O_TRUNC) throws(TestError) {
        let descriptor = unsafe open(file(name), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else { throw TestError("open: \(errno)") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count, fchmod(descriptor, mode) == 0 else { throw TestError("write: \(errno)") }
    }

    /// Reads a file of at most a mebibyte.
    public func read(_ name: String) throws(TestError) -> String {
        let descriptor = unsafe open(file(name), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw TestError("open: \(errno)") }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }

    /// The permissions of a file.
    public func mode(_ name: String) -> mode_t {
        var status = stat()
        unsafe stat(file(name), &status)
        return status.st_mode & 0o7777
    }

    /// Makes a folder in it.
    public func makeFolder(_ name: String) { _ = unsafe mkdir(file(name), 0o700) }

    /// Removes a file or an empty folder.
    public func remove(_ name: String) {
        if unsafe unlink(file(name)) != 0 { _ = unsafe rmdir(file(name)) }
    }
}

/// A test cannot be set up.
public struct TestError: Error {
    /// What went wrong.
    public let what: String

    /// Makes an error.
    public init(_ what: String) { self.what = what }
}
