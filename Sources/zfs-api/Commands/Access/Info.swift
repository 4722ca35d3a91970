import ArgumentParser
import ZFSAPIClient

/// `zfs-api info`.
struct Info: ClientCommand {
    static let configuration = CommandConfiguration(abstract: "Show versions, host name and uptime of the daemon.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.systemInfo()
        try output.show(
            answer,
            lines: [
                "zfs-apid  \(answer.version) at \(client.address)", "host      \(answer.hostname)",
                "OpenZFS   \(answer.openzfs.userland), kernel \(answer.openzfs.kernel ?? "none")",
                "uptime    \(ProgressState.clock(answer.uptimeSeconds))",
            ])
    }
}
