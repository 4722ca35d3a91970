import ArgumentParser

/// The command `zfs-apid`.
@main
struct ZFSAPIDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zfs-apid",
        abstract: "A remote API for OpenZFS.",
        version: Version.current,
        subcommands: [
            Serve.self, CheckConfig.self, CheckPermissions.self, Doctor.self, HashPassword.self, Token.self, Audit.self,
            Reference.self,
        ],
        defaultSubcommand: Serve.self
    )
}
