internal import AsyncZFSExecutor

/// How the bytes of a file are compressed.
public enum FileCompression: String, Sendable, Hashable, CaseIterable {
    /// Not at all.
    case none
    /// By `pigz` where it is installed, else by `gzip` (RFC 1952).
    case gzip
    /// By `zstd` (RFC 8878).
    case zstd
    /// By `lz4`, in frames.
    case lz4

    /// Tells by the first bytes of a file.
    init(head: [UInt8]) {
        if head.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstd
        } else if head.starts(with: [0x04, 0x22, 0x4D, 0x18]) {
            self = .lz4
        } else {
            self = .none
        }
    }

    /// The programs that compress, the best first; none for `none`.
    var compressors: [(program: String, arguments: [String])] {
        switch self {
        case .none: []
        case .gzip: [("pigz", ["-c"]), ("gzip", ["-c"])]
        case .zstd: [("zstd", ["-q", "-T0", "-c"])]
        case .lz4: [("lz4", ["-c"])]
        }
    }

    /// The program that decompresses; nil for `none`.
    ///
    /// `gzip` and not `pigz`, which is no faster at this.
    var decompressor: (program: String, arguments: [String])? {
        switch self {
        case .none: nil
        case .gzip: ("gzip", ["-d", "-c"])
        case .zstd: ("zstd", ["-q", "-d", "-c"])
        case .lz4: ("lz4", ["-d", "-c"])
        }
    }
}
