internal import CLinux
internal import Glibc

/// Bytes that are written once and then read: in memory while they are few, then in a file without a name.
///
/// So an answer of any length is known to be whole before its first byte is sent, and memory stays flat. The file is
/// gone when the last user is, or the process.
struct Spool: Sendable {
    /// What stays in memory.
    static let memoryLimit = 256 << 10

    private let folders: [String]
    private let limit: Int
    private var memory: [UInt8] = []
    private var file: SpoolFile?
    private(set) var count = 0

    /// Makes an empty spool.
    /// - Parameters:
    ///   - folders: Where the file is made, the first that works.
    ///   - limit: The most bytes it takes.
    init(folders: [String], limit: Int) {
        self.folders = folders
        self.limit = limit
    }

    /// Adds bytes to the end.
    /// - Throws: `SpoolError` when there is no room.
    mutating func append(_ bytes: [UInt8]) throws(SpoolError) {
        count += bytes.count
        if count > limit { throw .tooLarge(limit: limit) }
        memory += bytes
        if memory.count >= Self.memoryLimit { try flush() }
    }

    /// The bytes from `offset` on, at most 256 KiB; empty at the end.
    func piece(at offset: Int) throws(SpoolError) -> ArraySlice<UInt8> {
        let inFile = count - memory.count
        if offset >= inFile { return memory[(offset - inFile)...].prefix(Self.memoryLimit) }
        guard let file else { return [] }
        return try file.read(at: offset, count: min(Self.memoryLimit, inFile - offset))
    }

    private mutating func flush() throws(SpoolError) {
        let file: SpoolFile
        if let open = self.file { file = open } else { file = try SpoolFile(in: folders) }
        self.file = file
        try file.append(memory)
        memory.removeAll(keepingCapacity: true)
    }
}

/// Why a spool could not take or give bytes.
enum SpoolError: Error, Hashable {
    /// The answer is longer than allowed.
    case tooLarge(limit: Int)
    /// The file could not be made, written or read.
    case system(errno: Int32)
}

/// An open file without a name.
private final class SpoolFile: Sendable {
    private let descriptor: Int32

    init(in folders: [String]) throws(SpoolError) {
        var number: Int32 = -1
        for folder in folders where number < 0 { number = unsafe clinux_open_unnamed(folder) }
        guard number >= 0 else { throw .system(errno: errno) }
        descriptor = number
    }

    deinit {
        close(descriptor)
    }

    func append(_ bytes: [UInt8]) throws(SpoolError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw .system(errno: errno)
            }
        }
    }

    func read(at offset: Int, count: Int) throws(SpoolError) -> ArraySlice<UInt8> {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let result = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            }
            if result > 0 {
                filled += result
            } else if result == 0 || errno != EINTR {
                throw .system(errno: result == 0 ? EIO : errno)
            }
        }
        return bytes[...]
    }
}
