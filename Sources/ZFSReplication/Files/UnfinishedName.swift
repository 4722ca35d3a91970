/// The names of files that are still written: `.zfs-apid-`, 16 hexadecimal digits, `.part`.
enum UnfinishedName {
    private static let prefix = ".zfs-apid-"
    private static let suffix = ".part"

    /// A name that nobody has.
    static func random() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return prefix + String(repeating: "0", count: 16 - digits.utf8.count) + digits + suffix
    }

    /// Whether a name is one of them.
    static func matches(_ name: String) -> Bool {
        name.hasPrefix(prefix) && name.hasSuffix(suffix)
            && name.utf8.count == prefix.utf8.count + 16 + suffix.utf8.count
    }
}
