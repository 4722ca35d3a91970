import Testing
import ZFSCommandBuilder

@testable import ZFSRPC

/// The ways out of a subtree, for an admin limited to `tank/home` and `tank/more/deep`.
@Suite struct SubtreeTests {
    struct Call: Sendable, CustomTestStringConvertible {
        let method: String
        let parameters: String
        let reason: String

        init(_ method: String, _ parameters: String, _ reason: String) {
            self.method = method
            self.parameters = parameters
            self.reason = reason
        }

        var testDescription: String { "\(method) \(parameters)" }
    }

    private static let outside = "-32042 outside_subtrees"
    private static let notAllowed = "-32042 not_allowed"

    static let refused: [Call] = [
        Call("dataset_list", "{}", outside),
        Call("dataset_list", #"{"dataset":null}"#, outside),
        Call("dataset_list", #"["tank"]"#, outside),
        Call("dataset_list", #"{"dataset":"tank/homes"}"#, outside),
        Call("dataset_list", #"{"dataset":"tank/more"}"#, outside),
        Call("dataset_list", #"{"dataset":"tank/home","properties":["written@tank/other@s"]}"#, outside),
        Call("dataset_get_properties", #"{"dataset":"tank/home","property":"written@tank/other@s"}"#, outside),
        Call("dataset_get_properties", #"{"dataset":"tank/home","property":"written#tank/other#m"}"#, outside),
        Call("dataset_get_properties", #"{"dataset":"tank/other@s"}"#, outside),
        Call("dataset_get_properties", #"{"dataset":"tank/other#m"}"#, outside),
        Call("snapshot_diff", #"{"snapshot1":"tank/home@s","snapshot2":"tank/other@s"}"#, outside),
        Call("snapshot_diff", #"{"snapshot1":"tank/other@s"}"#, outside),
        Call("bookmark_create", #"{"snapshot":"tank/home@s","bookmark":"tank/other#m"}"#, outside),
        Call("bookmark_create", #"{"snapshot":"tank/other@s","bookmark":"tank/home#m"}"#, outside),
        Call("clone_create", #"{"source":"tank/other@s","target":"tank/home/x"}"#, outside),
        Call("clone_create", #"{"source":"tank/home@s","target":"tank/other/x"}"#, outside),
        Call("dataset_rename", #"{"dataset":"tank/home/a","new_name":"tank/a"}"#, outside),
        Call("dataset_rename", #"{"dataset":"tank/a","new_name":"tank/home/a"}"#, outside),
        Call("dataset_rename", #"{"dataset":"tank/home","new_name":"tank/home/a"}"#, outside),
        Call("dataset_rename", #"{"dataset":"tank/home/a","new_name":"tank/more/deep"}"#, outside),
        Call(
            "dataset_rename", #"{"dataset":"tank/home/a","new_name":"tank/more/deep/a/b","parents":true}"#, notAllowed),
        Call("dataset_create", #"{"dataset":"tank/more/deep"}"#, outside),
        Call("dataset_create", #"{"dataset":"tank/more/deep/a","parents":true}"#, notAllowed),
        Call("dataset_create", #"{"dataset":"tank/home/a","properties":{"mountpoint":"/etc"}}"#, notAllowed),
        Call("dataset_create", #"{"dataset":"tank/home/a","properties":{"atime":"off","setuid":"on"}}"#, notAllowed),
        Call(
            "dataset_create", #"{"dataset":"tank/home/a","key":"x","properties":{"keylocation":"file:///etc/shadow"}}"#,
            notAllowed),
        Call(
            "clone_create", #"{"source":"tank/home@s","target":"tank/home/x","properties":{"canmount":"on"}}"#,
            notAllowed),
        Call("volume_create", #"{"dataset":"tank/home/v","size_gb":1,"properties":{"snapdev":"visible"}}"#, notAllowed),
        Call(
            "snapshot_create", #"{"dataset":"tank/home","name":"s","properties":{"org.zfsbootmenu:x":"y"}}"#, notAllowed
        ),
        Call("dataset_change_key", #"{"dataset":"tank/home","properties":{"keylocation":"https://x/y"}}"#, notAllowed),
        Call("dataset_set_property", #"{"dataset":"tank/home/a","property":"sharenfs","value":"on"}"#, notAllowed),
        Call("dataset_set_property", #"{"dataset":"tank/home/a","property":"sharesmb","value":"on"}"#, notAllowed),
        Call("dataset_set_property", #"{"dataset":"tank/home/a","property":"overlay","value":"on"}"#, notAllowed),
        Call("dataset_set_property", #"{"dataset":"tank/home/a","property":"brandnew","value":"on"}"#, notAllowed),
        Call(
            "dataset_set_property", #"{"dataset":"tank/home/a","property":"org.openzfs.systemd:requires","value":"x"}"#,
            notAllowed),
        Call("dataset_set_property", #"{"dataset":"tank/home","property":"quota","value":"none"}"#, notAllowed),
        Call("dataset_inherit_property", #"{"dataset":"tank/home","property":"quota"}"#, notAllowed),
        Call("dataset_inherit_property", #"{"dataset":"tank/home/a","property":"mountpoint"}"#, notAllowed),
        Call("dataset_destroy", #"{"dataset":"tank/home","recursive":true}"#, outside),
        Call("dataset_destroy", #"{"dataset":"tank/home/a","dependents":true,"dry_run":true}"#, notAllowed),
        Call("dataset_promote", #"{"dataset":"tank/home/a"}"#, notAllowed),
        Call("pool_status", #"{"pool":"tank"}"#, outside),
        Call("pool_scrub_start", #"{"pool":"tank"}"#, outside),
        Call("pool_set_property", #"{"pool":"tank","property":"cachefile","value":"/etc/passwd"}"#, notAllowed),
        Call("volume_list", "{}", notAllowed),
        Call("pool_list", "{}", notAllowed),
    ]

    private let caller = Result { try Caller.user(.admin, limitedTo: ["tank/home", "tank/more/deep"]) }

    @Test(arguments: refused)
    func `a way out is closed before anything runs`(call: Call) async throws {
        let service = Service()
        let parameters = try JSONParser.parse(Array(call.parameters.utf8))
        #expect(try await service.failure(call.method, parameters, by: caller.get()) == call.reason)
        #expect(service.runner.commands.isEmpty)
        // The same call of somebody without limits is not refused.
        let answer = try await service.call(call.method, parameters, by: .user(.admin))
        #expect(answer.value["error"]?["code"] != -32042)
    }

    @Test(arguments: [
        ("dataset_list", #"{"dataset":"tank/home"}"#),
        ("dataset_list", #"{"dataset":"tank/more/deep/er","properties":["used","written@s","written@tank/home@s"]}"#),
        ("dataset_get_properties", #"{"dataset":"tank/home@s","property":"mountpoint"}"#),
        ("dataset_create", #"{"dataset":"tank/home/a","properties":{"quota":"1G","com.example:x":"y"}}"#),
        ("clone_create", #"{"source":"tank/home@s","target":"tank/more/deep/x","properties":{"quota":"1G"}}"#),
        ("dataset_rename", #"{"dataset":"tank/home/a","new_name":"tank/more/deep/a"}"#),
        ("dataset_set_property", #"{"dataset":"tank/home","property":"compression","value":"zstd"}"#),
        ("dataset_set_property", #"{"dataset":"tank/home/a","property":"quota","value":"1G"}"#),
        ("dataset_set_property", #"{"dataset":"tank/home","property":"userquota@anna","value":"1G"}"#),
        ("dataset_destroy", #"{"dataset":"tank/home/a","recursive":true}"#),
        ("snapshot_destroy", #"{"dataset":"tank/home","snapshot":"s","recursive":true}"#),
    ])
    func `work within the subtree goes on`(method: String, parameters: String) async throws {
        let service = Service()
        let answer = try await service.call(method, JSONParser.parse(Array(parameters.utf8)), by: caller.get())
        #expect(answer.value["error"]?["code"] != -32042)
        #expect(!service.runner.commands.isEmpty)
    }

    @Test func `a subtree within another one is below its top`() async throws {
        let service = Service()
        let caller = try Caller.user(.admin, limitedTo: ["tank/home/a", "tank/home"])
        let parameters: JSONValue = .object(["dataset": "tank/home/a"])
        #expect(try await service.failure("dataset_destroy", parameters, by: caller) != Self.outside)
    }

    @Test func `a refusal does not depend on what exists`() async throws {
        let there = Service(runner: StubRunner { _ in .printing("tank/other\tx\n") })
        let gone = Service(runner: StubRunner { _ in .failing("cannot open 'tank/other': dataset does not exist\n") })
        let parameters: JSONValue = .object(["dataset": "tank/other"])
        let answers = [
            try await there.call("snapshot_list", parameters, by: caller.get()).value,
            try await gone.call("snapshot_list", parameters, by: caller.get()).value,
        ]
        #expect(answers[0] == answers[1])
        #expect(answers[0].failure == Self.outside)
    }

    @Test func `the message says what is needed`() async throws {
        let service = Service()
        let parameters: JSONValue = .object(["dataset": "tank/home", "name": "s"])
        let small = try await service.call("snapshot_create", parameters, by: .user(.viewer)).value
        #expect(small["error"]?["message"] == "snapshot_create needs role operator; backup has viewer")
        let wide = try await service.call("dataset_list", by: caller.get()).value
        let sentence =
            "dataset_list without a dataset reaches all of them; name one within what backup is limited to: "
            + "tank/home, tank/more/deep"
        #expect(wide["error"]?["message"] == .string(sentence))
    }

    @Test func `the role is checked before the parameters are read`() async throws {
        let service = Service()
        let parameters: JSONValue = .object(["nonsense": 1])
        #expect(try await service.failure("dataset_create", parameters, by: .user(.viewer)) == Self.notAllowed)
        #expect(
            try await service.failure("dataset_create", parameters, by: .user(.admin)) == "-32602 unknown_parameter")
    }
}
