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
}
