import Testing

@testable import Observability

@Suite struct ProcessFactsTests {
    @Test func `reads a program whose name has brackets and blanks`() throws {
        let line =
            "7 (a) b (c) R 1 7 7 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 9 0 300 4096000 10 18446744073709551615 1 1\n"
        let facts = try #require(ProcessFacts(stat: line))
        #expect(facts.cpuSeconds == 3)
        #expect(facts.threads == 9)
        #expect(facts.virtualBytes == 4_096_000)
        #expect(facts.residentBytes == 40_960)
    }

    @Test(arguments: ["", "7 (a) R 1", "7 a R 1 7 7 0 -1"])
    func `does not guess`(line: String) {
        #expect(ProcessFacts(stat: line) == nil)
    }

    @Test func `tells of this process`() throws {
        let registry = MetricsRegistry()
        registry.observeProcess(version: "1.2.3")
        let text = String(decoding: registry.exposition(openMetrics: false), as: UTF8.self)
        func number(_ name: String) throws -> Double {
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name + " ") }, "no \(name)")
            return try #require(Double(line.dropFirst(name.count + 1)))
        }
        #expect(text.contains("zfsapi_build_info{version=\"1.2.3\"} 1\n"))
        #expect(try number("process_cpu_seconds_total") >= 0)
        #expect(try number("process_resident_memory_bytes") > 1e6)
        #expect(try number("process_virtual_memory_bytes") > 1e6)
        #expect(try number("process_threads") >= 1)
        #expect(try number("process_open_fds") >= 3)
        #expect(try number("process_max_fds") >= 64)
        #expect(try number("process_start_time_seconds") > 1.7e9)
    }
}
