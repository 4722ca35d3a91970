import ArgumentParser
import ZFSAPIClient

/// `zfs-api profile`.
struct ProfileCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Named connections.", subcommands: [ProfileList.self])
}

/// `zfs-api profile list`.
struct ProfileList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the profiles of config.yaml.")

    @OptionGroup var show: OutputOptions

    func run() async throws {
        let output = show.output
        do {
            let file = try ProfileFile.load()
            let entries = file.profiles.map { entry in
                ListedProfile(
                    name: entry.name, address: entry.profile.address ?? "-",
                    token: (try? entry.profile.tokenSource())?.description ?? "a login",
                    isDefault: entry.name == file.standardName)
            }
            try output.show(["profiles": entries]) {
                Table(
                    [.text("NAME"), .text("ADDRESS"), .text("TOKEN")],
                    entries.map { [$0.name + ($0.isDefault ? " *" : ""), $0.address, $0.token] })
            }
        } catch {
            throw FailureReport.report(error, output)
        }
    }

    private struct ListedProfile: Encodable {
        let name: String
        let address: String
        let token: String
        let isDefault: Bool

        private enum CodingKeys: String, CodingKey {
            case name, address, token
            case isDefault = "default"
        }
    }
}
