import Foundation
import Testing

@testable import ZFSRPC

@Suite struct ReferenceTests {
    @Test func `Docs/API.md is what the declarations say`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Docs/API.md")
        #expect(try String(contentsOf: file, encoding: .utf8) == APIReference.markdown, "run `make docs`")
    }

    @Test func `rpc.discover lists every method once`() async throws {
        let server = RPCServer(StubRunner())
        guard case .array(let methods) = try await server.call("rpc.discover")["result"]?["methods"] else {
            Issue.record("no methods")
            return
        }
        let names = methods.compactMap { $0["name"] }
        #expect(names == (Method.catalogue.map(\.name) + ["rpc.discover"]).map { .string($0) })
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_763_683_200, "2025-11-21T00:00:00Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"), (-1, "1969-12-31T23:59:59Z"),
    ])
    func `times are RFC 3339 in UTC`(seconds: Int, text: String) {
        #expect(Timestamp(seconds: Int64(seconds)).rfc3339 == text)
    }
}
