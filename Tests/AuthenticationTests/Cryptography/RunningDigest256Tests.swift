import Authentication
import Testing

@Suite struct RunningDigest256Tests {
    @Test(arguments: [[], [0], [1, 2, 61], [64, 64, 1], [100_000, 1, 4096]])
    func `pieces have the digest of the whole`(sizes: [Int]) throws {
        let running = try RunningDigest256()
        var whole: [UInt8] = []
        for size in sizes {
            let piece = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ whole.count) }
            whole += piece
            try running.add(piece[...])
        }
        #expect(try running.finish() == Digest256.digest(of: whole))
    }
}
