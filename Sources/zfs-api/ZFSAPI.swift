import ArgumentParser

/// The command `zfs-api`.
@main
struct ZFSAPI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zfs-api",
        abstract: "Manage OpenZFS on this or another machine by its zfs-apid.",
        discussion: """
            Without a profile and an address it calls http://127.0.0.1:8545. The man page zfs-api(1) tells about \
            profiles, tokens and exit codes.
            """,
        version: Version.current,
        subcommands: [],
        groupedSubcommands: [
            CommandGroup(
                name: "ZFS",
                subcommands: [
                    PoolCommands.self, DatasetCommands.self, SnapshotCommands.self, HoldCommands.self,
                    BookmarkCommands.self, VolumeCommands.self,
                ]),
            CommandGroup(
                name: "Streams", subcommands: [Send.self, Receive.self, StreamCommands.self, TokenCommands.self]),
            CommandGroup(name: "Migrations", subcommands: [Migrate.self, TaskCommands.self]),
            CommandGroup(
                name: "Service",
                subcommands: [Login.self, Logout.self, ProfileCommands.self, Info.self, Call.self, Completion.self]),
        ]
    )
}
