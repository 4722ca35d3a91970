public import ZFSRPC

/// Counts calls: the families of requests, of refused authentications and of rate limits.
///
/// Every label comes from a closed set: methods that are not known are counted as `other`.
public final class CallMetrics: CallObserver {
    private struct Series: Sendable {
        let duration: HistogramSeries
        let ok: CounterSeries
        let errors: [RPCError.Code: CounterSeries]
    }

    private let registry: MetricsRegistry
    private let methods: [String: Series]
    private let other: Series
    private let rateLimited: CounterSeries

    /// Makes an observer that counts in a registry.
    /// - Parameters:
    ///   - registry: The registry.
    ///   - methods: The names of all methods, for instance `RPCServer.methodNames`.
    public init(registry: MetricsRegistry, methods: some Sequence<String>) {
        registry.prepare(.requests)
        registry.prepare(.requestDuration)
        self.registry = registry
        var series: [String: Series] = [:]
        for method in methods { series[method] = Self.series(of: method, in: registry) }
        self.methods = series
        other = Self.series(of: "other", in: registry)
        rateLimited = registry.counter(.rateLimited)
    }

    /// Lets every call run.
    public func willRun(_ call: CallRecord) async throws(RPCError) {}

    /// Counts a call.
    public func didRun(_ call: CallRecord, error: RPCError?, duration: Duration) async {
        let series = call.method.flatMap { methods[$0] } ?? other
        series.duration.record(duration)
        guard let error else { return series.ok.increment() }
        series.errors[error.code]?.increment()
        countRefusal(error.code, reason: error.reason)
    }

    /// Counts a request that was refused before it became a call; codes that refuse nobody count nothing.
    /// - Parameters:
    ///   - code: The code of the answer.
    ///   - reason: The reason of the answer, one of our words and nothing a client sent.
    public func countRefusal(_ code: RPCError.Code, reason: String) {
        if code == .rateLimited { rateLimited.increment() }
        if code.isRefusedAuthentication { registry.counter(.authFailures, [("reason", reason)]).increment() }
    }

    private static func series(of method: String, in registry: MetricsRegistry) -> Series {
        var errors: [RPCError.Code: CounterSeries] = [:]
        for code in RPCError.Code.allCases {
            errors[code] = registry.counter(.requests, [("method", method), ("status", code.word)])
        }
        return Series(
            duration: registry.histogram(.requestDuration, [("method", method)]),
            ok: registry.counter(.requests, [("method", method), ("status", "ok")]),
            errors: errors
        )
    }
}
