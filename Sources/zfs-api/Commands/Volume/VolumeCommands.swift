import ArgumentParser
import ZFSAPIClient

/// `zfs-api volume`.
struct VolumeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "volume", abstract: "Volumes: list, create, resize.",
        subcommands: [VolumeList.self, VolumeCreate.self, VolumeResize.self])
}

/// `zfs-api volume list`.
struct VolumeList: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the volumes of all pools.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.volumeList()
        try output.show(answer) {
            Table(
                [.text("NAME"), .number("SIZE"), .number("USED"), .text("DEVICE")],
                answer.entries.map { [$0.name, output.size($0.sizeBytes), output.size($0.used), $0.device] })
        }
    }
}

/// `zfs-api volume create`.
struct VolumeCreate: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a volume; ends when its device is there.")

    @Argument(help: "The new volume.", completion: NameCompletion.datasets)
    var dataset: String
    @Argument(help: "Its size, such as 10G.")
    var size: Size
    @Flag(help: "Reserve its whole size.")
    var reserve = false
    @Option(help: ArgumentHelp("The block size, such as 16K.", valueName: "size"))
    var volblocksize: String?
    @OptionGroup var properties: PropertyList
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.volumeCreate(
            dataset: dataset, sizeBytes: size.bytes, volblocksize: volblocksize, sparse: !reserve,
            properties: properties.values)
        let device = answer.device.map { " at \($0)" } ?? ""
        try output.show(answer, sentence: "created \(answer.volume)\(device)")
    }
}

/// `zfs-api volume resize`.
struct VolumeResize: ClientCommand {
    static let configuration = CommandConfiguration(
        commandName: "resize", abstract: "Change the size of a volume. Asks first when it may shrink.")

    @Argument(help: "The volume.", completion: NameCompletion.datasets)
    var dataset: String
    @Argument(help: "The new size, such as 20G.")
    var size: Size
    @Flag(help: "Allow a smaller size; what is beyond it is lost.")
    var allowShrink = false
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if allowShrink { try confirmation.ask("lose what \(dataset) has beyond \(output.size(size.bytes))") }
        let answer = try await client.volumeResize(dataset: dataset, sizeBytes: size.bytes, allowShrink: allowShrink)
        try output.show(answer, sentence: "\(answer.volume) has \(output.size(answer.sizeBytes))")
    }
}

/// A size as it is written.
struct Size: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        guard let bytes = ByteSize.bytes(argument) else { return nil }
        self.bytes = bytes
    }
}
