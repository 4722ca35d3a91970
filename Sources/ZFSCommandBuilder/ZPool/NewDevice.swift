/// A disk or file that shall become part of a pool: a `VdevName` that can not be read as the start of a group.
public struct NewDevice: Hashable, Sendable {
    /// The name or path.
    public let name: VdevName

    /// Parses a name such as `sda`, or a path such as `/dev/disk/by-id/ata-X`.
    /// - Throws: `NameError` for what `VdevName` refuses, and for names that start like a dRAID or raidz layout.
    public init(_ text: String) throws(NameError) {
        let name = try VdevName(text)
        if name.startsGroup {
            throw NameError("device name", text, .malformed(expected: "a device; write its path from / on"))
        }
        self.name = name
    }

    /// Takes a path.
    public init(_ path: AbsolutePath) {
        name = VdevName(path)
    }

    /// The name as OpenZFS takes it.
    public var text: String { name.text }
}

extension NewDevice: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
