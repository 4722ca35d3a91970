/// The versions of the tools and of the kernel module, as `zfs version` prints them.
public struct VersionReport: Sendable, Hashable {
    /// The version of the tools, such as `2.3.2-1`.
    public let userland: String
    /// The version of the kernel module; nil when it is not loaded.
    public let kernel: String?

    /// Reads the lines `zfs-2.3.2-1` and `zfs-kmod-2.3.2-1`.
    init(output: [UInt8]) throws(OutputError) {
        var userland: String?
        var kernel: String?
        for line in output.split(separator: 0x0A) {
            if line.starts(with: "zfs-kmod-".utf8) {
                kernel = String(decoding: line.dropFirst(9), as: UTF8.self)
            } else if line.starts(with: "zfs-".utf8) {
                userland = String(decoding: line.dropFirst(4), as: UTF8.self)
            }
        }
        guard let userland else { throw OutputError(expected: "a line that starts with \"zfs-\"", line: output) }
        self.userland = userland
        self.kernel = kernel
    }
}
