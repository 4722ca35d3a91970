import TestSupport
import Testing

@testable import ZFSAPIClient

@Suite struct CredentialTests {
    @Test func `a token comes from a file that nobody else can read`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("  secret-token\n", to: "token")
        #expect(try await Credentials(.file(folder.file("token"))).token() == "secret-token")
        try folder.write("secret-token", to: "open", mode: 0o640)
        let error = await #expect(throws: ClientError.self) {
            try await Credentials(.file(folder.file("open"))).token()
        }
        #expect(error?.kind == .tokenUnusable)
        #expect(error?.message.contains("chmod 600") == true)
    }

    @Test(arguments: ["", "two words", "line\nline", "tab\ttab", "\u{e4}", String(repeating: "x", count: 8193)])
    func `what is no token is refused, and not repeated`(text: String) async throws {
        let error = await #expect(throws: ClientError.self) { try await Credentials(.token(text)).token() }
        #expect(error?.kind == .tokenUnusable)
        #expect(text.isEmpty || error?.message.contains(text) == false)
    }

    @Test func `a command is asked once, and again after a refusal`() async throws {
        let folder = try TemporaryFolder()
        let command = ["sh", "-c", "echo x >> \"$0\"; wc -l < \"$0\"", folder.file("count")]
        let credentials = Credentials(.command(command))
        #expect(try await credentials.token() == "1")
        #expect(try await credentials.token() == "1")
        credentials.refused()
        #expect(try await credentials.token() == "2")
    }

    @Test func `a command that fails gives no token`() async throws {
        for command in [["false"], ["/nowhere/program"], []] {
            let error = await #expect(throws: ClientError.self) { try await Credentials(.command(command)).token() }
            #expect(error?.kind == .tokenUnusable)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [["sh", "-c", "echo token; trap '' TERM; exec sleep 300 >&-"], ["yes"]])
    func `a command that does not end is ended`(command: [String]) {
        let error = #expect(throws: ClientError.self) { try TokenCommand.run(command, within: 1) }
        #expect(error?.kind == .tokenUnusable)
    }

    @Test func `a description never shows a token`() {
        #expect(!"\(TokenSource.token("secret"))".contains("secret"))
        #expect(!String(reflecting: TokenSource.token("secret")).contains("secret"))
    }
}
