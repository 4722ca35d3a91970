import Testing

@testable import ZFSCommandBuilder

/// The lines of one `scan:` section and what they say.
struct ScanCase: Sendable, CustomTestStringConvertible {
    let text: String
    let function: PoolStatus.Scan.Function
    let state: PoolStatus.Scan.State
    var percent: Double?
    var errors: UInt64?

    var testDescription: String { text }
}

@Suite struct ZPoolScanTests {
    @Test(arguments: [
        ScanCase(text: "  scan: none requested\n", function: .none, state: .none),
        // 2.3, captured while `zfs_scan_suspend_progress` was on.
        ScanCase(
            text: """
                  scan: scrub in progress since Sat Nov 21 00:27:19 2026
                \t0B / 20.3M scanned, 0B / 20.3M issued
                \t0B repaired, 0.00% done, no estimated completion time

                """, function: .scrub, state: .running, percent: 0),
        // 2.1.
        ScanCase(
            text: """
                  scan: scrub in progress since Sun Nov 15 00:24:01 2026
                \t1.14T scanned at 1.15G/s, 305G issued at 307M/s, 3.21T total
                \t0B repaired, 9.28% done, 02:45:30 to go

                """, function: .scrub, state: .running, percent: 9.28),
        ScanCase(
            text: """
                  scan: scrub paused since Sat Nov 21 00:27:21 2026
                \tscrub started on Sat Nov 21 00:27:19 2026
                \t0B / 20.3M scanned, 0B / 20.3M issued
                \t0B repaired, 42.50% done

                """, function: .scrub, state: .paused, percent: 42.5),
        ScanCase(
            text: "  scan: scrub repaired 0B in 00:00:00 with 0 errors on Sat Nov 21 00:27:18 2026\n",
            function: .scrub, state: .finished, errors: 0),
        ScanCase(
            text: "  scan: scrub canceled on Sat Nov 21 00:27:21 2026\n", function: .scrub, state: .canceled),
        ScanCase(
            text: """
                  scan: resilver in progress since Sat Nov 21 00:27:26 2026
                \t20M / 20M scanned, 1M / 20M issued at 1M/s
                \t1M resilvered, -nan% done, no estimated completion time

                """, function: .resilver, state: .running),
        ScanCase(
            text: "  scan: resilver (mirror-0) canceled on Sat Nov 21 00:27:21 2026\n",
            function: .resilver, state: .canceled),
        ScanCase(
            text: "  scan: resilvered (mirror-0) 20M in 00:00:03 with 2 errors on Sat Nov 21 00:27:26 2026\n",
            function: .resilver, state: .finished, errors: 2),
        ScanCase(
            text: " scrub: scrubbed 3 error blocks in 0 days 00:00:01 on Sat Nov 21 00:27:26 2026\n",
            function: .errorScrub, state: .finished),
        ScanCase(
            text: " scrub: error scrub paused since Sat Nov 21 00:27:26 2026\n", function: .errorScrub, state: .paused),
    ])
    func `reads what a scan says`(_ expected: ScanCase) throws {
        let output = Array(ZPoolStatusFixture.status(expected.text).utf8)
        let scan = try #require(try ZPool.Status(try PoolName("tank")).decode(output).scan)
        #expect(scan.function == expected.function)
        #expect(scan.state == expected.state)
        #expect(scan.percent == expected.percent)
        #expect(scan.errors == expected.errors)
    }

    @Test func `prefers the scan that runs`() throws {
        let text = """
              scan: resilver (mirror-0) in progress since Sat Nov 21 00:27:26 2026
            \t1M resilvered, 5.00% done, 00:10:00 to go
              scan: scrub repaired 0B in 00:00:00 with 0 errors on Sat Nov 21 00:27:18 2026

            """
        let status = try ZPool.Status(try PoolName("tank")).decode(Array(ZPoolStatusFixture.status(text).utf8))
        #expect(status.scans.count == 2)
        #expect(status.scan?.function == .resilver)
        #expect(status.scan?.percent == 5)
        #expect(status.scan?.text.hasSuffix("1M resilvered, 5.00% done, 00:10:00 to go") == true)
    }
}
