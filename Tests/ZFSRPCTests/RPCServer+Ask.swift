import AsyncZFSExecutor
import Testing

@testable import ZFSRPC

extension RPCServer {
    convenience init(_ runner: StubRunner) {
        self.init(runner: runner, service: ServiceDescription(version: "test", spoolFolders: ["/tmp"]))
    }

    /// The text that a body is answered with; nil for none.
    func ask(_ body: String, acceptsNDJSON: Bool = false) async throws -> String? {
        let context = RequestContext(requestID: "r1", caller: .principal(.localhost), acceptsNDJSON: acceptsNDJSON)
        guard let answer = await respond(to: Array(body.utf8), context: context) else { return nil }
        var bytes: [UInt8] = []
        try await answer.forEachChunk { bytes += $0 }
        #expect(bytes.count == answer.count)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The answer to one call, parsed.
    func call(_ method: String, _ parameters: String = "{}") async throws -> JSONValue {
        let text = try await ask(#"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(parameters)}"#)
        return try JSONParser.parse(Array((text ?? "").utf8))
    }

    /// The result of one call, which must have the form that the method declares.
    func result(_ method: String, _ parameters: String = "{}") async throws -> JSONValue {
        let answer = try await call(method, parameters)
        let result = try #require(answer["result"], "\(answer)")
        let declaration = try #require(Method.catalogue.first { $0.name == method })
        #expect(declaration.result.mismatch(result) == nil)
        return result
    }
}
