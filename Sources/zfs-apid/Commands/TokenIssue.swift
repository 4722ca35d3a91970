public import ArgumentParser
import Authentication
import ZFSCommandBuilder
public import ZFSRPC

/// `zfs-apid token issue`: signs a token, as a login would, for whoever can read the signing secret.
struct TokenIssue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Sign a bearer token and print it."
    )

    @Option(help: "Whom the token stands for.")
    var user: String
    @Option(help: "What a name that is no user of the configuration may do: viewer, operator or admin.")
    var role: Role?
    @Option(help: "The datasets it may name, with everything below them, separated by commas; without it: all.")
    var datasets: String?
    @Option(help: "How many seconds the token is valid, up to 31622400.")
    var ttl = 1800
    @Option(help: "The configuration file of the daemon. Without it: the file that ZFS_API_CONFIG names.")
    var config: String?

    func validate() throws {
        guard User.isLegal(name: user) else { throw ValidationError(User.nameAdvice) }
        guard TokenIssuer.lifetimes.contains(ttl) else {
            throw ValidationError("--ttl is \(TokenIssuer.lifetimes.lowerBound) to \(TokenIssuer.lifetimes.upperBound)")
        }
        _ = try subtrees()
    }

    func run() throws {
        let configuration: DaemonConfiguration
        do {
            configuration = try ConfigurationSources(path: config, environment: Environment.all).load()
        } catch {
            Diagnostic.write(error.description)
            throw ExitCode.configuration
        }
        do {
            let keys = SigningKeys(current: try AuthorityConfiguration.currentKey(configuration))
            let users = try configuration.auth.users.map { user throws(DaemonError) in try User(user) }
            print(try token(keys: keys, users: users, audience: configuration.auth.audience))
        } catch let error as DaemonError {
            Diagnostic.write("zfs-apid: \(error)")
            throw ExitCode.failure
        }
    }

    /// The token.
    /// - Parameter users: The users of the configuration. One of them keeps the rights that it has there.
    func token(keys: SigningKeys, users: [User], audience: String? = nil) throws -> String {
        try TokenIssuer(keys: keys, audience: audience).token(for: subject(users: users), lifetime: ttl)
    }

    private func subject(users: [User]) throws -> TokenSubject {
        if let known = users.first(where: { $0.name == user }) {
            guard role == nil, datasets == nil else {
                throw ValidationError(
                    "\(user) is a user of the configuration, which says what it may do; leave out --role and --datasets"
                )
            }
            return TokenSubject(name: user, role: known.role, subtrees: known.subtrees, isStandalone: false)
        }
        guard let role else {
            throw ValidationError("\(user) is no user of the configuration; say what it may do with --role")
        }
        return TokenSubject(name: user, role: role, subtrees: try subtrees(), isStandalone: true)
    }

    private func subtrees() throws -> [DatasetName]? {
        guard let datasets else { return nil }
        return try datasets.split(separator: ",", omittingEmptySubsequences: false).map { text in
            do {
                return try DatasetName(String(text))
            } catch {
                throw ValidationError("--datasets: \(error)")
            }
        }
    }
}

extension Role: ExpressibleByArgument {}
