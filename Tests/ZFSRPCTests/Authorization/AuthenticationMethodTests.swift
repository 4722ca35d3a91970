import Testing

@testable import ZFSRPC

@Suite struct AuthenticationMethodTests {
    @Test func `a login gives a token and counts against the peer`() async throws {
        let service = Service()
        let parameters: JSONValue = .object(["username": "anna", "password": "right"])
        let answer = try await service.call("auth_login", parameters, by: Service.nobody)
        #expect(answer.value["result"] == .object(["token": "issued", "expires_in": 1800]))
        #expect(service.authority.requests == ["login anna from 192.0.2.7"])
        #expect(service.observer.entries.map(\.isOutcome) == [true])
    }

    @Test func `failed logins have their status`() async throws {
        let service = Service()
        let wrong = try await service.call(
            "auth_login", .object(["username": "anna", "password": "hunter2"]), by: Service.nobody)
        #expect(wrong.value.failure == "-32041 credentials_refused")
        #expect(wrong.body.status == 401)
        let eager = try await service.call(
            "auth_login", .object(["username": "eager", "password": "hunter2"]), by: Service.nobody)
        #expect(eager.value.failure == "-32000 too_many_logins")
        #expect(eager.body.status == 429)
        #expect(eager.body.retryAfter == 17)
    }

    @Test(arguments: [
        #"{"username":"anna","password":"hunter2"}"#, #"["anna","hunter2"]"#, #"["anna","hunter2","hunter2"]"#,
        #"{"username":["hunter2"],"password":"hunter2"}"#, #"{"username":"anna","password":["hunter2"]}"#,
        #"{"username":"anna","password":"hunter2\u0000"}"#, #"{"username":"anna","pass":"hunter2"}"#,
        #"{"username":"anna","password":"hunter2","token":"hunter2"}"#,
    ])
    func `a password is in no answer and in no record`(parameters: String) async throws {
        for caller in [Service.nobody, .principal(.localhost)] {
            let service = Service()
            let answer = try await service.call("auth_login", JSONParser.parse(Array(parameters.utf8)), by: caller)
            #expect(!String(decoding: answer.value.encoded, as: UTF8.self).contains("hunter2"))
            let records = service.observer.entries.map { String(decoding: $0.call.parameters, as: UTF8.self) }
            // A password in place of the name is the client's fault and can not be told from a name.
            if !parameters.contains(#""username":["#) {
                #expect(!(service.observer.text + records.joined()).contains("hunter2"))
            }
        }
    }

    @Test func `a logout makes the caller's own token invalid`() async throws {
        let service = Service()
        let answer = try await service.call("auth_logout", by: .user(.viewer, limitedTo: ["tank/a"]))
        #expect(answer.value["result"]?["logged_out"] == true)
        #expect(service.authority.requests == ["revoke id-of-viewer"])
        let none = try await service.call("auth_logout", by: .principal(.localhost))
        #expect(none.value.failure == "-32005 not_a_token")
    }

    @Test func `only an admin without limits makes tokens of others invalid`() async throws {
        let service = Service()
        let parameters: JSONValue = .object(["token_id": "abc"])
        for caller in [try Caller.user(.operator), try .user(.admin, limitedTo: ["tank"])] {
            #expect(try await service.failure("auth_revoke", parameters, by: caller) == "-32042 not_allowed")
        }
        #expect(try await service.failure("auth_revoke", parameters, by: .user(.admin)) == nil)
        #expect(service.authority.requests == ["revoke abc"])
        for text in ["", "a b", "a\nb", "é", String(repeating: "x", count: 129)] {
            let wrong: JSONValue = .object(["token_id": .string(text)])
            #expect(try await service.failure("auth_revoke", wrong, by: .user(.admin)) == "-32001 invalid_value")
        }
    }
}
