import Glibc

/// Reads a configuration file from disk.
enum ConfigurationFile {
    /// A larger file is surely not ours.
    private static let limit = 1 << 20

    /// The text of the file.
    ///
    /// - Throws: ``ConfigurationError`` when it cannot be read, is not UTF-8, or is longer than 1 MiB.
    static func read(_ path: String) throws(ConfigurationError) -> String {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path, "cannot be read: \(reason)") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { break }
            if count < 0 {
                guard errno == EINTR else {
                    throw fault(path, "cannot be read: \(reason)")
                }
                continue
            }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else { throw fault(path, "is longer than \(limit) bytes") }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault(path, "is not UTF-8 text") }
        return text
    }

    private static var reason: String {
        unsafe String(cString: strerror(errno))
    }

    private static func fault(_ path: String, _ advice: String) -> ConfigurationError {
        ConfigurationError(faults: [ConfigurationFault(place: path, key: "", advice: advice)])
    }
}
