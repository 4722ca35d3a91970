import Testing

@testable import ZFSRPC

@Suite struct SpoolTests {
    private func bytes(_ spool: Spool) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < spool.count { bytes += try spool.piece(at: bytes.count) }
        return bytes
    }

    @Test func `gives back what it took, in memory and in a file`() throws {
        var spool = Spool(folders: ["/nonexistent", "/tmp"], limit: 1 << 24)
        var expected: [UInt8] = []
        for index in 0..<3000 {
            let piece = [UInt8](repeating: UInt8(index % 251), count: index % 700)
            expected += piece
            try spool.append(piece)
        }
        #expect(spool.count > 2 * Spool.memoryLimit)
        #expect(try bytes(spool) == expected)
    }

    @Test func `refuses more than its limit`() throws {
        var spool = Spool(folders: ["/tmp"], limit: 10)
        try spool.append([1, 2, 3])
        #expect(throws: SpoolError.tooLarge(limit: 10)) { try spool.append([UInt8](repeating: 0, count: 8)) }
    }

    @Test func `says when no folder can be written`() throws {
        var spool = Spool(folders: ["/nonexistent"], limit: 1 << 24)
        #expect(throws: SpoolError.system(errno: 2)) { try spool.append([UInt8](repeating: 0, count: 1 << 20)) }
    }
}
