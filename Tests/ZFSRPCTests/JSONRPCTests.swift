import Testing

@testable import ZFSRPC

/// JSON-RPC 2.0: the examples of section 7 of the specification, and the rules of the envelope.
@Suite struct JSONRPCTests {
    private let server = RPCServer(StubRunner())

    private func code(_ body: String) async throws -> String? {
        guard let text = try await server.ask(body) else { return nil }
        let answer = try JSONParser.parse(Array(text.utf8))
        guard case .number(let code) = answer["error"]?["code"] else { return "result" }
        return code
    }

    @Test(arguments: [
        (#"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#, "-32601"),
        (#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, "-32700"),
        (#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, "-32600"),
        (#"[{"jsonrpc": "2.0", "method": "pool_list"},{"jsonrpc": "2.0", "method"]"#, "-32700"),
        (#"[]"#, "-32600"), (#"1"#, "-32600"), (#""x""#, "-32600"), (#"null"#, "-32600"), (#""#, "-32700"),
        (#"{"jsonrpc":"1.0","method":"pool_list","id":1}"#, "-32600"), (#"{"method":"pool_list","id":1}"#, "-32600"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":{}}"#, "-32600"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":[1]}"#, "-32600"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":true}"#, "-32600"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":1,"params":"x"}"#, "-32600"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":1,"params":null}"#, "-32600"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":1,"id":2}"#, "-32700"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1}"#, "-32602"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1,"params":{"pool":1}}"#, "-32602"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1,"params":{"pool":null}}"#, "-32602"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1,"params":{"pool":"tank","x":1}}"#, "-32602"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1,"params":["tank","x"]}"#, "-32602"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1,"params":{"pool":"\u0000"}}"#, "-32602"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1,"params":{"pool":"\ud800"}}"#, "-32602"),
        (#"{"jsonrpc":"2.0","method":"pool_status","id":1,"params":{"pool":"-f"}}"#, "-32001"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":1,"params":[]}"#, "result"),
        (#"{"jsonrpc":"2.0","method":"pool_list","id":1,"params":{"token":"old clients send it"}}"#, "result"),
    ])
    func `answers with the right code`(body: String, expected: String) async throws {
        #expect(try await code(body) == expected)
    }

    @Test(arguments: [
        #"{"jsonrpc": "2.0", "method": "pool_list"}"#, #"{"jsonrpc": "2.0", "method": "foobar"}"#,
        #"{"jsonrpc": "2.0", "method": "pool_status", "params": [1]}"#,
        #"[{"jsonrpc": "2.0", "method": "pool_list"},{"jsonrpc": "2.0", "method": "nothing"}]"#,
    ])
    func `never answers a notification`(body: String) async throws {
        #expect(try await server.ask(body) == nil)
    }

    @Test(arguments: [
        "1", "\"x\"", "null", "-0", "1.50", "340282366920938463463374607431768211455", "\"\\u0041\\/\"", "1e400",
        "\"\\ud800\"",
    ])
    func `gives the id back as the very same text`(identifier: String) async throws {
        let text = try await server.ask(#"{"jsonrpc":"2.0","id": \#(identifier) ,"method":"pool_list"}"#)
        #expect(text?.hasPrefix(#"{"jsonrpc":"2.0","id":\#(identifier),"result":"#) == true)
    }

    @Test func `answers a batch member by member, in order`() async throws {
        let body = """
            [{"jsonrpc":"2.0","method":"pool_list","id":"1"},{"jsonrpc":"2.0","method":"pool_list"},{"foo":"boo"},
             {"jsonrpc":"2.0","method":"foo.get","params":{"name":"myself"},"id":"5"},1]
            """
        let text = try #require(try await server.ask(body))
        guard case .array(let answers) = try JSONParser.parse(Array(text.utf8)) else {
            Issue.record("no array: \(text)")
            return
        }
        #expect(answers.map { $0["id"] } == ["1", .null, "5", .null])
        #expect(answers.map { $0["error"]?["code"] } == [nil, -32600, -32601, -32600])
    }

    @Test func `refuses a batch of 20000`() async throws {
        let body = "[" + Array(repeating: "1", count: 20_000).joined(separator: ",") + "]"
        #expect(try await code(body) == "-32600")
    }

    @Test(arguments: [
        ("{}", "missing_parameter", "pool"), (#"{"pool":[]}"#, "mistyped_parameter", "pool"),
        (#"{"pool":"tank","poool":1}"#, "unknown_parameter", "poool"), (#"{"pool":"a b/c"}"#, "invalid_name", "pool"),
    ])
    func `names the parameter that is wrong`(parameters: String, reason: String, name: String) async throws {
        let data = try #require(try await server.call("pool_status", parameters)["error"]?["data"])
        #expect(data["reason"] == .string(reason))
        #expect(data["details"]?["parameter"] == .string(name))
        #expect(data["retryable"] == false)
        #expect(data["request_id"] == "r1")
    }
}
