import Testing
import ZFSCommandBuilder

@testable import ZFSRPC

/// Who calls, and what nobody gets to know.
@Suite struct CallerTests {
    static let bodies = [
        #"{"jsonrpc":"2.0","id":1,"method":"pool_list"}"#, #"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"no_such_method"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"pool_status","params":{"wrong":1}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"pool_status","params":[1,2,3]}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"pool_status","params":7}"#,
        #"{"jsonrpc":"1.0","id":1,"method":"pool_list"}"#,
        #"{"jsonrpc":"2.0","id":1,"method":1}"#, #"{"id":1}"#,
    ]

    @Test(arguments: bodies)
    func `nobody gets one and the same error, whatever is asked`(body: String) async throws {
        let service = Service()
        let expected = try await service.ask(#"{"jsonrpc":"2.0","id":1,"method":"x"}"#)
        let answer = try #require(try await service.ask(body))
        #expect(answer.value == expected?.value)
        #expect(answer.value["error"]?["message"] == "give a token")
        #expect(answer.value.failure == "-32040 authentication_required")
        #expect(answer.body.status == 401)
        #expect(service.runner.commands.isEmpty)
    }

    @Test(arguments: ["", "{", "[]", "1", "null", #""x""#, "{}", "[" + String(repeating: "1,", count: 500) + "1]"])
    func `a body that is no request tells nobody more than that`(body: String) async throws {
        let service = Service()
        let answer = try #require(try await service.ask(body))
        #expect(answer.value.failure == "-32040 authentication_required")
        #expect(answer.value["id"] == .null)
        #expect(answer.body.status == 401)
        #expect(service.observer.entries.map { $0.error?.code } == [.authenticationRequired])
    }

    @Test func `notifications of nobody are neither run nor answered`() async throws {
        let service = Service()
        for body in [
            #"{"jsonrpc":"2.0","method":"pool_list"}"#,
            #"[{"jsonrpc":"2.0","method":"pool_list"},{"jsonrpc":"2.0","method":"x"}]"#,
            #"{"jsonrpc":"2.0","method":"auth_login","params":["anna","right"]}"#,
            #"{"jsonrpc":"2.0","method":"pool_list","params":{"token":"expired"}}"#,
        ] {
            #expect(try await service.ask(body) == nil)
        }
        #expect(service.runner.commands.isEmpty)
        #expect(service.authority.requests == ["check"])
    }

    @Test func `a notification of somebody runs`() async throws {
        let service = Service()
        #expect(try await service.ask(#"{"jsonrpc":"2.0","method":"pool_list"}"#, by: .user(.viewer)) == nil)
        #expect(service.runner.commands.count == 1)
    }

    @Test func `a token among the parameters stands for its owner and is not the method's`() async throws {
        let viewer = Principal(name: "anna", role: .viewer, kind: .token, tokenID: "7")
        let service = Service(tokens: ["good": viewer])
        let body = #"{"jsonrpc":"2.0","id":1,"method":"pool_list","params":{"token":"good"}}"#
        #expect(try await service.ask(body)?.value["result"] != nil)
        #expect(service.observer.entries.last?.call.principal == viewer)
        #expect(!service.observer.text.contains("good"))
        let invalid = #"{"jsonrpc":"1.0","id":1,"method":"pool_list","params":{"token":"good"}}"#
        #expect(try await service.ask(invalid)?.value.failure == "-32600 invalid_request")
    }

    @Test(arguments: [
        (#""expired""#, "-32041 token_expired"), (#""x""#, "-32041 token_invalid"), (#""""#, "-32041 token_invalid"),
        ("7", "-32041 token_invalid"), (#""\ud800""#, "-32041 token_invalid"),
        ("null", "-32040 authentication_required"), (#""away""#, "-32052 store_unavailable"),
    ])
    func `a wrong token is refused, for every method alike`(token: String, failure: String) async throws {
        let service = Service()
        for method in ["pool_list", "no_such_method", "dataset_destroy"] {
            let body = #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{"token":\#(token)}}"#
            #expect(try await service.ask(body)?.value.failure == failure)
        }
        #expect(service.runner.commands.isEmpty)
    }

    @Test func `a wrong token does not hurt whom the transport knows`() async throws {
        let service = Service()
        let body = #"{"jsonrpc":"2.0","id":1,"method":"pool_list","params":{"token":"expired"}}"#
        #expect(try await service.ask(body, by: .principal(.localhost))?.value["result"] != nil)
        #expect(service.authority.requests.isEmpty)
    }

    @Test func `each member of a batch has its own caller`() async throws {
        let admin = Principal(name: "anna", role: .admin, kind: .token)
        let viewer = Principal(name: "bert", role: .viewer, kind: .token)
        let service = Service(tokens: ["a": admin, "v": viewer])
        let members = ["", #","params":{"token":"a"}"#, #","params":{"token":"v"}"#, #","params":{"token":"expired"}"#]
            .map { #"{"jsonrpc":"2.0","id":1,"method":"auth_revoke"\#($0)}"# }
        let answer = try #require(try await service.ask("[\(members.joined(separator: ",")),1]"))
        let failures = answer.value.elements.map(\.failure)
        #expect(
            failures == [
                "-32040 authentication_required", "-32602 missing_parameter", "-32042 not_allowed",
                "-32041 token_expired", "-32040 authentication_required",
            ])
        #expect(answer.body.status == 200)
    }

    @Test func `a service without authority serves only whom the transport knows`() async throws {
        let server = RPCServer(StubRunner())
        let body = #"{"jsonrpc":"2.0","id":1,"method":"pool_list","params":{"token":"x"}}"#
        let context = RequestContext(requestID: "r", caller: Service.nobody)
        #expect(await server.respond(to: Array(body.utf8), context: context)?.status == 401)
        let known = RequestContext(requestID: "r", caller: .principal(.localhost))
        #expect(await server.respond(to: Array(body.utf8), context: known)?.status == 200)
    }

    @Test func `the refusal of the transport is passed on, and a login is still open`() async throws {
        let service = Service()
        let caller = Caller.nobody(RPCError(.credentialsRefused, "token_expired", "log in again"))
        #expect(try await service.failure("pool_list", .object([JSONMember]()), by: caller) == "-32041 token_expired")
        let parameters: JSONValue = .object(["username": "anna", "password": "right"])
        #expect(try await service.call("auth_login", parameters, by: caller).value["result"]?["token"] == "issued")
    }
}
