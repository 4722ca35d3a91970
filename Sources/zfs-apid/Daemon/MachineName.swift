import Glibc

/// The name of this machine.
enum MachineName {
    /// What gethostname(2) says; `localhost` when it says nothing.
    static var current: String {
        // HOST_NAME_MAX is 64, and a NUL.
        var bytes = [CChar](repeating: 0, count: 65)
        guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
        let name = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return name.isEmpty ? "localhost" : name
    }
}
