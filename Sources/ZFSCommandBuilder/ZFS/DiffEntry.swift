/// One file that differs: one line of `zfs diff -HF`.
public struct DiffEntry: Sendable, Hashable {
    /// What happened to a file.
    public enum Change: String, Sendable, Hashable, CaseIterable {
        /// The path is new.
        case added = "+"
        /// The path is gone.
        case removed = "-"
        /// The contents, attributes or number of links changed.
        case modified = "M"
        /// The path changed.
        case renamed = "R"
    }

    /// What a file is, as one letter.
    ///
    /// `zfs diff -F` prints the characters of `ls -F`: `/` is `D`, `@` is `L`, `|` is `P`, `=` is `S`, `>` (a door) is
    /// `O`; `F`, `B` and `C` stay. Its `P`, an event port of Solaris, and `?` become `O` too (`get_what` in
    /// `libzfs_diff.c`).
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A regular file.
        case file = "F"
        /// A directory.
        case directory = "D"
        /// A symbolic link.
        case link = "L"
        /// A block device.
        case blockDevice = "B"
        /// A character device.
        case characterDevice = "C"
        /// A named pipe.
        case pipe = "P"
        /// A socket.
        case socket = "S"
        /// Something that Linux does not have.
        case other = "O"
    }

    /// What happened.
    public let change: Change
    /// What the file is.
    public let kind: Kind
    /// The path, with the mount point; invalid UTF-8 is replaced.
    public let path: String
    /// The bytes of the path when they are not UTF-8.
    public let rawPath: [UInt8]?
    /// The new path of a renamed file; invalid UTF-8 is replaced.
    public let newPath: String?
    /// The bytes of the new path when they are not UTF-8.
    public let rawNewPath: [UInt8]?
    /// By how much the number of hard links of a modified file changed, when it did.
    public let linkChange: Int?
    /// With `-t`, when the inode changed: seconds since 1970 with nine decimals.
    public let changeTime: String?

    /// Reads `[time<tab>]change<tab>kind<tab>path[<tab>new path or link change]`.
    init(_ line: ArraySlice<UInt8>, hasTime: Bool) throws(OutputError) {
        var fields = line.split(separator: 0x09, omittingEmptySubsequences: false)[...]
        let text = { (bytes: ArraySlice<UInt8>) in String(decoding: bytes, as: UTF8.self) }
        changeTime = hasTime ? fields.popFirst().map(text) : nil
        guard
            let change = fields.popFirst().flatMap({ Change(rawValue: text($0)) }),
            let kind = fields.popFirst().flatMap(Self.kind),
            let path = fields.popFirst(),
            fields.count <= 1, (change == .renamed) == (fields.count == 1) || change == .modified
        else {
            throw OutputError(expected: "a change, a kind and a path", line: line)
        }
        self.change = change
        self.kind = kind
        (self.path, rawPath) = try Self.unescaped(path, line)
        guard let last = fields.first else {
            (newPath, rawNewPath, linkChange) = (nil, nil, nil)
            return
        }
        if change == .renamed {
            (newPath, rawNewPath) = try Self.unescaped(last, line)
            linkChange = nil
        } else {
            guard last.first == 0x28, last.last == 0x29, let links = Int(text(last.dropFirst().dropLast())) else {
                throw OutputError(expected: "a change of links such as \"(+1)\"", line: line)
            }
            (newPath, rawNewPath, linkChange) = (nil, nil, links)
        }
    }

    private static func kind(_ field: ArraySlice<UInt8>) -> Kind? {
        switch String(decoding: field, as: UTF8.self) {
        case "F": .file
        case "/": .directory
        case "@": .link
        case "B": .blockDevice
        case "C": .characterDevice
        case "|": .pipe
        case "=": .socket
        case ">", "P", "?": .other
        default: nil
        }
    }

    /// Decodes a backslash and four octal digits, which stand for a byte that is a space, a backslash or outside
    /// printable ASCII (`stream_bytes` in `libzfs_diff.c`).
    private static func unescaped(
        _ field: ArraySlice<UInt8>,
        _ line: ArraySlice<UInt8>
    ) throws(OutputError) -> (text: String, raw: [UInt8]?) {
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            if byte != 0x5C {
                bytes.append(byte)
                continue
            }
            guard
                rest.count >= 4, rest.prefix(4).allSatisfy({ (0x30...0x37).contains($0) }),
                let value = UInt8(String(decoding: rest.prefix(4), as: UTF8.self), radix: 8)
            else {
                throw OutputError(expected: "a path with escapes of four octal digits", line: line)
            }
            bytes.append(value)
            rest = rest.dropFirst(4)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return (text, nil) }
        return (String(decoding: bytes, as: UTF8.self), bytes)
    }
}
