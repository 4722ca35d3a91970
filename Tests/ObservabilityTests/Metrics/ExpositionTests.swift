import CoreMetrics
import Testing

@testable import Observability

@Suite struct ExpositionTests {
    let registry = MetricsRegistry()

    private func text(openMetrics: Bool = false) -> String {
        String(decoding: registry.exposition(openMetrics: openMetrics), as: UTF8.self)
    }

    @Test func `tells counters`() {
        registry.counter(MetricFamily("calls_total", .counter, "Calls."), [("method", "b")]).increment(by: 2.0)
        registry.counter(MetricFamily("calls_total", .counter, "Calls."), [("method", "a")]).increment()
        #expect(
            text() == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{method="a"} 1
                calls_total{method="b"} 2

                """)
    }

    @Test func `names a counter's family without suffix in OpenMetrics`() {
        registry.counter(MetricFamily("calls", .counter, "Calls \"so far\".")).increment(by: 0.5)
        #expect(
            text(openMetrics: true) == """
                # HELP calls Calls \\"so far\\".
                # TYPE calls counter
                calls_total 0.5
                # EOF

                """)
    }

    @Test func `tells gauges`() {
        let gauge = registry.gauge(MetricFamily("level", .gauge, "The level."))
        gauge.set(10.0)
        gauge.decrement(by: 12.5)
        #expect(text() == "# HELP level The level.\n# TYPE level gauge\nlevel -2.5\n")
    }

    @Test func `tells histograms in seconds, with buckets that hold all smaller ones`() {
        let histogram = registry.histogram(MetricFamily("wait_seconds", .histogram, "Waits."), [("a", "b")])
        histogram.record(.milliseconds(1))
        histogram.record(.milliseconds(2))
        histogram.record(.milliseconds(250))
        histogram.record(.seconds(61))
        #expect(
            text() == """
                # HELP wait_seconds Waits.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{a="b",le="0.001"} 1
                wait_seconds_bucket{a="b",le="0.0025"} 2
                wait_seconds_bucket{a="b",le="0.005"} 2
                wait_seconds_bucket{a="b",le="0.01"} 2
                wait_seconds_bucket{a="b",le="0.025"} 2
                wait_seconds_bucket{a="b",le="0.05"} 2
                wait_seconds_bucket{a="b",le="0.1"} 2
                wait_seconds_bucket{a="b",le="0.25"} 3
                wait_seconds_bucket{a="b",le="0.5"} 3
                wait_seconds_bucket{a="b",le="1.0"} 3
                wait_seconds_bucket{a="b",le="2.5"} 3
                wait_seconds_bucket{a="b",le="5.0"} 3
                wait_seconds_bucket{a="b",le="10.0"} 3
                wait_seconds_bucket{a="b",le="30.0"} 3
                wait_seconds_bucket{a="b",le="60.0"} 3
                wait_seconds_bucket{a="b",le="+Inf"} 4
                wait_seconds_sum{a="b"} 61.253
                wait_seconds_count{a="b"} 4

                """)
    }

    @Test func `has a text for each bucket that says its bound`() {
        let said = HistogramSeries.boundTexts.dropLast().map { Double($0) }
        #expect(said == HistogramSeries.bounds.map { Double($0) / 1e9 })
        #expect(HistogramSeries.boundTexts.last == "+Inf")
        #expect(HistogramSeries.bounds == HistogramSeries.bounds.sorted())
    }

    @Test func `counts a duration of no length, and one longer than 64 bits of nanoseconds`() {
        let histogram = HistogramSeries()
        histogram.record(.seconds(-1))
        histogram.record(.seconds(Int64.max))
        #expect(histogram.bucketCounts.first == 1)
        #expect(histogram.bucketCounts.last == 1)
    }

    @Test func `asks for numbers when the text is made`() {
        registry.observe(MetricFamily("open", .gauge, "Open.")) {
            [MetricSample(3, [("listener", "http")]), MetricSample(4, [("listener", "http")])]
        }
        registry.observe(MetricFamily("absent", .gauge, "Absent.")) { [] }
        #expect(text() == "# HELP open Open.\n# TYPE open gauge\nopen{listener=\"http\"} 3\n")
    }

    @Test func `escapes label values and help`() {
        let family = MetricFamily("g", .gauge, "a\\b\nc\"d")
        registry.gauge(family, [("v", "a\\b\nc\"d}é")]).set(Int64(1))
        #expect(
            text() == #"""
                # HELP g a\\b\nc"d
                # TYPE g gauge
                g{v="a\\b\nc\"d}é"} 1

                """#)
    }

    @Test(arguments: [
        (0, "0"), (-1.5, "-1.5"), (1e15, "1000000000000000"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        (1e300, "1e+300"),
    ])
    func `writes numbers`(value: Double, text: String) {
        #expect(MetricText.number(value) == text)
    }

    @Test(arguments: [
        ("http.requests", "http_requests"), ("9lives", "_9lives"), ("", "_"), ("a:b-c", "a:b_c"), ("é", "__"),
    ])
    func `makes names legal`(name: String, legal: String) {
        #expect(MetricFamily(name, .gauge, "").name == legal)
    }

    @Test func `makes label names legal, and each one appear once`() {
        #expect(
            MetricText.labels([("__name__", "1"), ("le", "2"), ("b.c", "3"), ("b-c", "4"), ("a", "5")])
                == #"_name__="1",a="5",b_c="3",le_="2""#)
    }

    @Test func `serves swift-metrics`() {
        Counter(label: "http.requests", dimensions: [("code", "200")], factory: registry).increment()
        FloatingPointCounter(label: "joules", factory: registry).increment(by: 1.5)
        Meter(label: "room.temperature", factory: registry).set(21.5)
        Gauge(label: "queue", factory: registry).record(7)
        Timer(label: "wait", factory: registry).recordMilliseconds(3)
        let lines = text().split(separator: "\n")
        #expect(lines.contains(#"http_requests_total{code="200"} 1"#))
        #expect(lines.contains("joules_total 1.5"))
        #expect(lines.contains("room_temperature 21.5"))
        #expect(lines.contains("queue 7"))
        #expect(lines.contains(#"wait_seconds_bucket{le="0.005"} 1"#))
        #expect(lines.contains("wait_seconds_sum 0.003"))
    }

    @Test func `forgets what swift-metrics destroys`() {
        let counter = Counter(label: "gone", factory: registry)
        counter.increment()
        counter.destroy()
        #expect(text() == "")
    }

    @Test func `keeps a counter from falling`() {
        let counter = registry.counter(MetricFamily("c", .counter, "C."))
        counter.increment(by: 3.0)
        counter.increment(by: Int64(-1))
        counter.increment(by: .nan)
        counter.increment(by: .infinity)
        #expect(counter.value == 3)
    }

    @Test func `tells a name that is used for two kinds as the first of them`() {
        registry.gauge(MetricFamily("x", .gauge, "X.")).set(Int64(1))
        registry.histogram(MetricFamily("x", .histogram, "X.")).record(.seconds(1))
        #expect(text() == "# HELP x X.\n# TYPE x gauge\nx 1\n")
    }
}
