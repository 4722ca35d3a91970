import Glibc

/// A folder for one test, removed with its files when the test is over.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let place = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = Array("\(place)/zfs-apid-test.XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw TestError(what: "mkdtemp: \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names { remove(name) }
        _ = unsafe rmdir(path)
    }

    /// What is in it.
    var names: [String] {
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

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ text: String, to name: String, mode: mode_t = 0o600, flags: Int32 = O_TRUNC) throws {
        let descriptor = unsafe open(file(name), O_WRONLY | O_CREAT | flags, 0o600)
        guard descriptor >= 0 else { throw TestError(what: "open: \(errno)") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count, fchmod(descriptor, mode) == 0 else { throw TestError(what: "write: \(errno)") }
    }

    func read(_ name: String) throws -> String {
        let descriptor = unsafe open(file(name), O_RDONLY)
        guard descriptor >= 0 else { throw TestError(what: "open: \(errno)") }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }

    func mode(_ name: String) -> mode_t {
        var status = stat()
        unsafe stat(file(name), &status)
        return status.st_mode & 0o7777
    }

    func makeFolder(_ name: String) { _ = unsafe mkdir(file(name), 0o700) }

    func remove(_ name: String) {
        if unsafe unlink(file(name)) != 0 { _ = unsafe rmdir(file(name)) }
    }
}

struct TestError: Error {
    let what: String
}
