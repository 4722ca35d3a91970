import Testing

@testable import zfs_api

@Suite struct OutputTests {
    private static let plain = Style(isOn: false)

    @Test(arguments: [
        (0, "0B"), (1023, "1023B"), (1024, "1.00K"), (1536, "1.50K"), (10 << 20, "10.0M"), (57 << 30, "57.0G"),
        (999 << 40, "999T"), (Int.max, "8.00E"),
    ])
    func `sizes have three digits`(bytes: Int, text: String) {
        #expect(ByteSize.text(bytes) == text)
    }

    @Test(arguments: [("10G", 10 << 30), ("1.5k", 1536), ("7", 7), ("7b", 7), ("1P", 1 << 50)])
    func `sizes are read`(text: String, bytes: Int) {
        #expect(ByteSize.bytes(text) == bytes)
    }

    @Test(arguments: ["", "G", "-1G", "0", "ten", "1e30", "1GG", "nan"])
    func `what is no size is refused`(text: String) {
        #expect(ByteSize.bytes(text) == nil)
    }

    @Test func `a table fits the terminal by its widest text`() {
        let table = Table([.text("NAME"), .number("USED")], [["tank/a-name-that-is-long", "1.00K"], ["b", "2"]])
        #expect(
            table.lines(width: nil, headings: true, style: Self.plain)
                == [
                    "NAME                       USED", "tank/a-name-that-is-long  1.00K",
                    "b                             2",
                ])
        let narrow = table.lines(width: 20, headings: false, style: Self.plain)
        #expect(narrow == ["tank/a-name-…  1.00K", "b                  2"])
        #expect(narrow.allSatisfy { $0.count <= 20 })
    }

    @Test func `what is copied is never shortened`() {
        let id = "5b0c8f0e-cccc-4ea4-85b4-381f069e6ff7"
        let table = Table([.whole("TASK"), .text("SOURCE")], [[id, "tank/a-name-that-is-long@snapshot"]])
        #expect(table.lines(width: 50, headings: false, style: Self.plain) == ["\(id)  tank/a-name…"])
    }

    @Test func `texts of others do not control the terminal`() {
        let table = Table([.text("NAME")], [["a\u{1b}[31mb\u{9b}c\nd"]])
        #expect(table.lines(width: nil, headings: false, style: Self.plain) == ["a?[31mb?c d"])
        #expect(Printable.text("a\u{7}b\tc\nd") == "a?b\tc\nd")
    }

    @Test func `states have colours where they are wanted`() {
        let table = Table([.text("HEALTH")], [["ONLINE"], ["FAULTED"], ["other"]])
        #expect(
            table.lines(width: nil, headings: false, style: Style(isOn: true))
                == ["\u{1b}[32mONLINE\u{1b}[0m", "\u{1b}[31mFAULTED\u{1b}[0m", "other"])
    }

    @Test func `progress tells bytes, rate, what is left and who is waited for`() {
        let output = Output(json: false, quiet: false, exact: false)
        var state = ProgressState(bytes: 512 << 20, total: 1 << 30, rate: Double(4 << 20), waitsFor: "network")
        #expect(ProgressLine.plain(state, output) == "50 %  512M of 1.00G  4.00M/s  2:08 left  waits for network")
        #expect(ProgressLine.bar(state, output, width: 100).hasPrefix("[############------------] 50 %  512M"))
        #expect(ProgressLine.bar(state, output, width: 40).count < 40)
        state = ProgressState(bytes: 1, total: nil, rate: 0, waitsFor: "nobody")
        #expect(ProgressLine.plain(state, output) == "1B  0B/s")
    }

    @Test func `a rate is that of the last seconds`() {
        var rate = Rate()
        let begin = ContinuousClock.now
        #expect(rate.add(0, at: begin) == 0)
        #expect(rate.add(100, at: begin + .seconds(1)) == 100)
        #expect(rate.add(100, at: begin + .seconds(10)) == 10)
        #expect(rate.add(100, at: begin + .seconds(30)) == 0)
    }
}
