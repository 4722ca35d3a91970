import ArgumentParser
import AsyncZFSExecutor
import ZFSCommandBuilder
import ZFSRPC

/// `zfs-apid check-permissions`: whether a daemon that runs as a user without root's rights may do what a role needs.
struct CheckPermissions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say which permissions of `zfs allow` a role still needs on a dataset.",
        discussion: "Prints the command that gives them. Ends with 0 when nothing is missing, 1 when something is."
    )

    @Option(help: "The role: viewer, operator or admin.", transform: Self.role)
    var role = Role.admin
    @Option(help: "The user that the daemon runs as.")
    var user = "zfs-apid"
    @Argument(help: "The dataset that is delegated, with everything below it.")
    var dataset: String

    func run() async throws {
        let name: DatasetName
        do {
            name = try DatasetName(dataset)
        } catch {
            throw ValidationError("\(error)")
        }
        guard let account = Account(named: user) else {
            throw ValidationError("there is no user \(user) on this machine; name another with --user")
        }
        let text: String
        do {
            let executor = try Executor(ExecutorConfiguration(path: ZFSConfiguration().path))
            text = try await executor.run(ZFS.ListPermissions(name))
        } catch {
            Diagnostic.write("zfs-apid: \(error)")
            throw ExitCode(2)
        }
        let missing = Self.missing(in: text, role: role, account: account, dataset: name.text)
        guard missing.isEmpty else {
            print("\(user) lacks permissions for the role \(role.rawValue); as root, run:")
            print(Delegation.command(granting: missing, to: user, on: name.text))
            throw ExitCode(1)
        }
        print("\(user) has all permissions for the role \(role.rawValue) on \(name.text) and below")
    }

    /// What a role needs on a dataset and an account has not, according to the text of `zfs allow`.
    static func missing(in text: String, role: Role, account: Account, dataset: String) -> [String] {
        let holders: Set<GrantedPermissions.Holder> = [.user(account.name), .everyone]
        let granted = GrantedPermissions(text, of: dataset)
            .permissions(of: holders.union(account.groups.map { .group($0) }))
        return Delegation.permissions(of: role).filter { !granted.contains($0) }
    }

    private static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else { throw ValidationError("must be viewer, operator or admin") }
        return role
    }
}
