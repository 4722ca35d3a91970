import Testing

@testable import AsyncZFSExecutor

@Suite struct PaceTests {
    private let start = ContinuousClock.now

    /// What is said after so many bytes in so many milliseconds, the second time that nothing more moves.
    private func pause(pipe: Int = 1 << 20, bytes: Int, milliseconds: Int) -> Duration? {
        var pace = Pace(pipeBytes: pipe)
        #expect(pace.pause(at: start) == nil, "nothing is known yet")
        pace.take(bytes)
        return pace.pause(at: start + .milliseconds(milliseconds))
    }

    @Test(
        "a stream of 16 KiB pieces is left alone until a quarter of the pipe can move",
        arguments: [(16384, 1, 16.0), (16384, 2, 20), (65536, 1, nil), (16384, 1000, 20), (0, 5, nil)]
            as [(Int, Int, Double?)])
    func pauses(bytes: Int, milliseconds: Int, wanted: Double?) {
        #expect(pause(bytes: bytes, milliseconds: milliseconds) == wanted.map { .milliseconds($0) })
    }

    @Test("a small pipe is not left to run dry")
    func smallPipes() {
        #expect(pause(pipe: 65536, bytes: 4096, milliseconds: 2) == .milliseconds(8))
        #expect(pause(pipe: 4096, bytes: 4096, milliseconds: 2) == nil)
    }
}
