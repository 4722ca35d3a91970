import ArgumentParser
import Testing
import ZFSAPIClient

@testable import zfs_api

@Suite struct ArgumentTests {
    @Test(
        arguments: [
            ("backup/a", nil, "backup/a"), ("nas:backup/a", "nas", "backup/a"), ("root@nas:b", "root@nas", "b"),
            ("backup/a:b", nil, "backup/a:b"), ("nas:backup/a:b", "nas", "backup/a:b"),
        ] as [(String, String?, String)])
    func `a destination may have a host`(text: String, host: String?, dataset: String) throws {
        let destination = try #require(Destination(argument: text))
        #expect(destination.host == host)
        #expect(destination.dataset == dataset)
    }

    @Test func `the token of a login is kept for one address alone`() throws {
        let texts = ["http://nas-1", "http://nas_1", "unix:///run/a/b", "unix:///run/a_b", "https://nas-1"]
        let paths = try texts.map { SavedToken(try ServiceAddress($0)).path }
        #expect(Set(paths).count == texts.count)
        #expect(paths.allSatisfy { $0?.split(separator: "/").last?.contains("/") == false })
    }

    @Test func `a profile is not combined with the address of another daemon`() throws {
        let options = try ConnectionOptions.parse(["--profile", "nas", "--address", "http://other"])
        #expect(throws: CommandFailure.self) { try options.configuration(["HOME": "/nowhere"]) }
    }

    @Test func `what is no snapshot or assignment is refused`() {
        for text in ["tank", "@s", "tank@", "a@b@c", ""] { #expect(SnapshotName(argument: text) == nil) }
        for text in ["name", "=value", ""] { #expect(Assignment(argument: text) == nil) }
        #expect(Assignment(argument: "user:note=a=b")?.value == "a=b")
    }

    @Test func `parameters have the types of their method`() throws {
        let words = ["dataset=7", "depth=2", "types=filesystem,volume"].compactMap(Assignment.init(argument:))
        #expect(
            try CallParameters.values(words, of: "dataset_list") == [
                "dataset": .string("7"), "depth": .integer(2),
                "types": .array([.string("filesystem"), .string("volume")]),
            ])
        let create = [#"properties={"compression":"zstd"}"#, "parents=true"].compactMap(Assignment.init(argument:))
        #expect(
            try CallParameters.values(create, of: "dataset_create") == [
                "properties": .object(["compression": .string("zstd")]), "parents": .bool(true),
            ])
        let unknown = ["a=1", "b=x"].compactMap(Assignment.init(argument:))
        #expect(try CallParameters.values(unknown, of: "of_tomorrow") == ["a": .integer(1), "b": .string("x")])
    }

    @Test(arguments: ["depth=x", "types=[1", "dataset_create:parents=yes", "dataset_create:properties=[]"])
    func `other types are refused`(text: String) throws {
        let parts = text.split(separator: ":").map(String.init)
        let word = try #require(Assignment(argument: parts[parts.count - 1]))
        #expect(throws: CommandFailure.self) {
            try CallParameters.values([word], of: parts.count > 1 ? parts[0] : "dataset_list")
        }
    }

    @Test func `secrets are not taken from the arguments`() throws {
        for (method, text) in [
            ("auth_login", "password=x"), ("dataset_load_key", "key=x"), ("token_revoke", "token_id=x"),
        ] {
            let word = try #require(Assignment(argument: text))
            #expect(throws: CommandFailure.self, "\(method)") { try CallParameters.values([word], of: method) }
        }
    }

    @Test func `parameters of a method are completed`() {
        let found = CallParameters.complete(["call", "stream_init", "op"], 2, "op")
        #expect(found.contains("operation=send") && found.contains("dataset="))
    }

    @Test func `a configuration of comments has no profiles`() throws {
        #expect(try ProfileFile("# nothing\n").profiles.isEmpty)
        let file = try ProfileFile(
            "profiles: {a: {address: 'unix:///s', timeout: 5, token_command: [pass, show, zfs]}}")
        #expect(file.profiles.first?.profile.timeout == 5)
        #expect(file.standardName == nil)
    }
}
