import Foundation
import Testing

@testable import Observability

/// `Packaging/grafana-dashboard.json` against the families that exist.
@Suite struct DashboardTests {
    private struct Dashboard: Decodable {
        struct Panel: Decodable {
            struct Source: Decodable { let uid: String }
            struct Target: Decodable { let expr: String }
            struct Position: Decodable { let x, y, w, h: Int }

            let id: Int
            let title: String
            let type: String
            let datasource: Source?
            let targets: [Target]?
            let gridPos: Position
        }

        struct Templating: Decodable {
            struct Variable: Decodable { let name, type: String }
            let list: [Variable]
        }

        let title: String
        let uid: String
        let schemaVersion: Int
        let panels: [Panel]
        let templating: Templating
    }

    private let dashboard: Dashboard

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Packaging/grafana-dashboard.json")
        dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(contentsOf: file))
    }

    private var expressions: [String] {
        dashboard.panels.flatMap { $0.targets ?? [] }.map(\.expr)
    }

    @Test func `names only metrics that exist`() throws {
        var known: Set<String> = []
        for family in MetricFamily.all {
            known.insert(family.name)
            if family.kind == .histogram { known.formUnion(["_bucket", "_sum", "_count"].map { family.name + $0 }) }
        }
        var named: Set<String> = []
        for expression in expressions {
            named.formUnion(expression.matches(of: /(?:zfs_api|zfsapi|process)_\w+/).map { String($0.output) })
        }
        #expect(named.subtracting(known).isEmpty)
        #expect(named.count >= 12)
    }

    @Test func `shows what an administrator looks for`() {
        let all = expressions.joined(separator: "\n")
        for family: MetricFamily in [
            .requests, .requestDuration, .activeConnections, .childProcesses, .authFailures, .rateLimited,
            .processResident, .processOpenDescriptors, .auditLogUp,
        ] {
            #expect(all.contains(family.name), "no panel shows \(family.name)")
        }
        #expect(all.contains("histogram_quantile(0.99"))
    }

    @Test func `can be imported anywhere`() {
        #expect(dashboard.schemaVersion == 39)
        #expect(dashboard.templating.list.contains { $0.name == "datasource" && $0.type == "datasource" })
        #expect(dashboard.panels.allSatisfy { $0.type == "row" || $0.datasource?.uid == "${datasource}" })
        #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
    }

    @Test func `has panels that do not overlap`() {
        var taken: Set<[Int]> = []
        for panel in dashboard.panels {
            let place = panel.gridPos
            #expect(place.x + place.w <= 24)
            for x in place.x..<place.x + place.w {
                for y in place.y..<place.y + place.h {
                    #expect(taken.insert([x, y]).inserted, "\(panel.title) lies over another panel")
                }
            }
        }
    }
}
