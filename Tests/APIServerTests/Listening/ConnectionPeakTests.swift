import Testing

@testable import APIServer

@Suite struct ConnectionPeakTests {
    @Test func `tells once that a crowd of connections has ended, and again for the next crowd`() {
        var peak = ConnectionPeak()
        for active in 1...1000 { peak.opened(active) }
        let first = (0..<1000).reversed().filter { peak.closed($0) }
        #expect(first == [936])
        peak.settle(0)
        for active in 1...300 { peak.opened(active) }
        let second = (0..<300).reversed().filter { peak.closed($0) }
        #expect(second == [236])
    }

    @Test func `says nothing of a few connections that come and go`() {
        var peak = ConnectionPeak()
        for _ in 0..<10 {
            for active in 1...63 { peak.opened(active) }
            #expect((0..<63).reversed().allSatisfy { !peak.closed($0) })
        }
    }
}
