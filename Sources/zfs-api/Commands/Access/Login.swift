import ArgumentParser
import Glibc
import ZFSAPIClient

/// `zfs-api login`: gets a token, and keeps it for the commands that follow.
struct Login: ClientCommand {
    static let configuration = CommandConfiguration(
        abstract: "Log in, and keep the token for this address in a file (mode 0600).",
        discussion: """
            The password is asked for without echo, or read as a line of standard input. The token is kept in \
            --token-file, in the token_file of the profile, or else below ~/.config/zfs-api/tokens.
            """)

    @Option(name: .shortAndLong, help: "The user; by default the one who calls.")
    var user: String?
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let path = try Self.tokenPath(connection, client.address)
        let user = try user ?? Self.account()
        let password = try SecretPrompt.read("Password of \(user) at \(client.address): ")
        let answer = try await client.login(username: user, password: password)
        try SavedToken.write(answer.token, to: path)
        try output.show(
            ["expires_in": answer.expiresIn],
            sentence: "logged in as \(user) for \(max(answer.expiresIn / 60, 1)) minutes")
    }

    /// Where the token is kept.
    static func tokenPath(_ connection: ConnectionOptions, _ address: ServiceAddress) throws(CommandFailure) -> String {
        switch try connection.configuration().token {
        case .file(let path): return path
        case .command:
            throw CommandFailure(
                .configuration, "the profile has a token_command, which decides about its token",
                hint: "Take token_command out of the profile, or pass --token-file.")
        case .token:
            throw CommandFailure(
                .configuration, "ZFS_API_TOKEN is set, and would be used instead", hint: "Unset ZFS_API_TOKEN.")
        case .none:
            guard let path = SavedToken(address).path else {
                throw CommandFailure(.configuration, "there is no home folder", hint: "Pass --token-file.")
            }
            return path
        }
    }

    private static func account() throws(CommandFailure) -> String {
        guard let name = unsafe getpwuid(getuid())?.pointee.pw_name else {
            throw CommandFailure(.usage, "who calls has no name", hint: "Pass --user.")
        }
        return unsafe String(cString: name)
    }
}

/// `zfs-api logout`: makes the token invalid, and forgets it.
struct Logout: ClientCommand {
    static let configuration = CommandConfiguration(abstract: "Make the token of a login invalid, and forget it.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let path = try Login.tokenPath(connection, client.address)
        let answer = try await client.authLogout()
        SavedToken.remove(path)
        try output.show(answer, sentence: "logged out")
    }
}
