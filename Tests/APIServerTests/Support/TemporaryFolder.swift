import Glibc

/// A folder for one test.
enum TemporaryFolder {
    /// Runs the body with the path of a new folder and removes it and the files in it afterwards.
    static func run<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        var name = Array("/tmp/zfs-apid-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&name) != nil else { throw IOFailure() }
        let path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in names(in: path) { _ = unsafe Glibc.remove(path + "/" + name) }
            _ = unsafe Glibc.remove(path)
        }
        return try await body(path)
    }

    /// The names in a folder, sorted.
    static func names(in path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    struct IOFailure: Error {}
}
