import Testing
import ZFSRPC

@testable import Observability

@Suite struct CallMetricsTests {
    let registry = MetricsRegistry()

    private var lines: [Substring] {
        String(decoding: registry.exposition(openMetrics: false), as: UTF8.self).split(separator: "\n")
    }

    @Test func `counts calls by method and status`() async {
        let metrics = CallMetrics(registry: registry, methods: ["pool_list"])
        let call = CallRecord.sample("pool_list", isWrite: false)
        await metrics.didRun(call, error: nil, duration: .milliseconds(3))
        await metrics.didRun(call, error: nil, duration: .milliseconds(4))
        await metrics.didRun(call, error: RPCError(.conflict, "busy", "busy"), duration: .seconds(2))
        #expect(lines.contains(#"zfs_api_requests_total{method="pool_list",status="ok"} 2"#))
        #expect(lines.contains(#"zfs_api_requests_total{method="pool_list",status="conflict"} 1"#))
        #expect(lines.contains(#"zfs_api_request_duration_seconds_bucket{method="pool_list",le="0.005"} 2"#))
        #expect(lines.contains(#"zfs_api_request_duration_seconds_count{method="pool_list"} 3"#))
        #expect(lines.contains("zfsapi_rate_limited_total 0"))
    }

    @Test func `takes names that are no methods together`() async {
        let metrics = CallMetrics(registry: registry, methods: RPCServer.methodNames)
        for number in 0..<100_000 {
            let call = CallRecord.sample(number % 2 == 0 ? "tank/secret\(number)" : nil, isWrite: false)
            await metrics.didRun(call, error: RPCError(.methodNotFound, "method_not_found", ""), duration: .zero)
            // Other tests wait for their turn.
            if number % 1000 == 0 { await Task.yield() }
        }
        let text = lines.joined(separator: "\n")
        #expect(text.contains(#"zfs_api_requests_total{method="other",status="method_not_found"} 100000"#))
        #expect(!text.contains("secret"))
        #expect(lines.count < 30)
    }

    @Test func `has a series for every method and status`() async {
        let metrics = CallMetrics(registry: registry, methods: RPCServer.methodNames)
        for method in RPCServer.methodNames {
            for code in RPCError.Code.allCases {
                await metrics.didRun(.sample(method), error: RPCError(code, "r", "m"), duration: .zero)
            }
        }
        #expect(RPCServer.methodNames.contains("dataset_list"))
        let counted = lines.filter { $0.hasPrefix("zfs_api_requests_total{") && $0.hasSuffix(" 1") }
        #expect(counted.count == RPCServer.methodNames.count * RPCError.Code.allCases.count)
    }

    @Test func `counts refusals by reason`() async {
        let metrics = CallMetrics(registry: registry, methods: [])
        let refused = RPCError(.credentialsRefused, "token_expired", "expired")
        await metrics.didRun(.sample(nil, principal: nil), error: refused, duration: .zero)
        metrics.countRefusal(.authenticationRequired, reason: "authentication_required")
        metrics.countRefusal(.rateLimited, reason: "rate_limited")
        metrics.countRefusal(.conflict, reason: "busy")
        #expect(lines.filter { $0.hasPrefix("zfsapi_auth_failures_total{") }.count == 2)
        #expect(lines.contains(#"zfsapi_auth_failures_total{reason="token_expired"} 1"#))
        #expect(lines.contains("zfsapi_rate_limited_total 1"))
    }

    @Test func `counts processes by command`() {
        let metrics = ChildMetrics(registry: registry)
        metrics.record(program: "zfs", subcommand: "list", duration: .milliseconds(20))
        metrics.record(program: "zfs", subcommand: "/tank", duration: .milliseconds(20))
        metrics.record(program: "zfs", subcommand: nil, duration: .milliseconds(20))
        #expect(lines.contains(#"zfsapi_child_duration_seconds_count{command="zfs list"} 1"#))
        #expect(lines.contains(#"zfsapi_child_duration_seconds_count{command="other"} 2"#))
    }

    @Test func `says each kind of error in a word of its own`() {
        let words = RPCError.Code.allCases.map(\.word)
        #expect(Set(words).count == words.count)
        #expect(!words.contains("ok"))
    }
}
