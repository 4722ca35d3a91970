internal import ZFSCommandBuilder

/// What the first record of a stream says.
///
/// Source: `struct drr_begin` in `zfs_ioctl.h`: 4 bytes record type (0), 4 payload length, 8 magic, 8 version information,
/// 8 creation time, 4 type of the dataset (2 file system, 3 volume), 4 flags, 8 GUID of the snapshot, in the byte order of
/// the sender. The lowest two bits of the version information are 1 for the stream of one snapshot, and 2 for the head of
/// several with properties, which says nothing of a dataset.
struct StreamHead: Equatable {
    /// The bytes that tell.
    static let length = 48

    /// What the stream makes.
    let kind: DatasetKind
    /// The GUID of the snapshot.
    let guid: UInt64

    /// Reads it; nil when this is not the beginning of a stream of one snapshot.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.length, bytes[..<4].allSatisfy({ $0 == 0 }) else { return nil }
        let isLittle = Self.number(bytes[8..<16], isLittle: true) == Self.magic
        guard isLittle || Self.number(bytes[8..<16], isLittle: false) == Self.magic else { return nil }
        guard Self.number(bytes[16..<24], isLittle: isLittle) & 3 == 1 else { return nil }
        switch Self.number(bytes[32..<36], isLittle: isLittle) {
        case 2: kind = .filesystem
        case 3: kind = .volume
        default: return nil
        }
        guid = Self.number(bytes[40..<48], isLittle: isLittle)
    }

    private static let magic: UInt64 = 0x2_F5BA_CBAC

    private static func number(_ bytes: ArraySlice<UInt8>, isLittle: Bool) -> UInt64 {
        let ordered = isLittle ? Array(bytes.reversed()) : Array(bytes)
        return ordered.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
