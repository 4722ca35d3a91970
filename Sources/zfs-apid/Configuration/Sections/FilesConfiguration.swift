/// Which files methods may read and write: `files`.
struct FilesConfiguration: Sendable, Hashable {
    /// Folders; without one no file is read or written.
    var roots: [String] = []

    mutating func read(_ section: ConfigurationSection) {
        roots = section.list("roots", .root, allowsEmpty: true) ?? roots
    }
}
