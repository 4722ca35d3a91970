import Testing

@testable import Observability

@Suite struct SeriesLimitTests {
    @Test func `stays the same size under a hundred thousand labels`() async {
        let registry = MetricsRegistry(seriesLimit: 100)
        let family = MetricFamily("hits_total", .counter, "Hits.")
        var random = SystemRandomNumberGenerator()
        func hit() { registry.counter(family, [("who", String(random.next(), radix: 16))]).increment() }
        for _ in 0..<200 { hit() }
        let lines = registry.exposition(openMetrics: false).split(separator: 0x0A).count
        for number in 200..<100_000 {
            hit()
            // Other tests wait for their turn.
            if number % 1000 == 0 { await Task.yield() }
        }
        let text = String(decoding: registry.exposition(openMetrics: false), as: UTF8.self)
        #expect(text.split(separator: "\n").count == lines)
        #expect(lines == 2 + 101)
        #expect(text.contains(#"hits_total{who="other"} 99900"#))
    }

    @Test func `cuts long values and names`() {
        let registry = MetricsRegistry()
        let long = String(repeating: "x", count: 10_000)
        registry.gauge(MetricFamily(long, .gauge, "Long."), [(long, long)]).set(Int64(1))
        #expect(registry.exposition(openMetrics: false).count < 1000)
    }

    @Test func `tells no more readings than series`() {
        let registry = MetricsRegistry(seriesLimit: 10)
        registry.observe(MetricFamily("r", .gauge, "R.")) { (0..<1000).map { MetricSample($0, [("n", "\($0)")]) } }
        #expect(registry.exposition(openMetrics: false).split(separator: 0x0A).count == 2 + 10)
    }

    @Test func `counts exactly from many tasks`() async {
        let registry = MetricsRegistry()
        let counter = registry.counter(MetricFamily("c_total", .counter, "C."))
        let histogram = registry.histogram(MetricFamily("h_seconds", .histogram, "H."))
        let gauge = registry.gauge(MetricFamily("g", .gauge, "G."))
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for turn in 0..<5_000 {
                        counter.increment()
                        histogram.record(.milliseconds(turn % 2 == 0 ? 1 : 2))
                        gauge.increment(by: task % 2 == 0 ? 1 : -1)
                    }
                }
            }
        }
        #expect(counter.value == 40_000)
        #expect(histogram.bucketCounts.prefix(3) == [20_000, 20_000, 0])
        #expect(histogram.seconds == 60)
        #expect(gauge.value == 0)
    }
}
