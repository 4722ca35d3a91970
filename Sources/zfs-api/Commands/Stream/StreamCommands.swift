import ArgumentParser
import ZFSAPIClient

/// `zfs-api stream`: what runs.
struct StreamCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream", abstract: "Streams that run.", subcommands: [StreamList.self, StreamCancel.self])
}

/// `zfs-api stream list`.
struct StreamList: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List streams.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.streamList()
        try output.show(answer) {
            Table(
                [
                    .whole("ID"), .text("STATE"), .text("OPERATION"), .text("DATASET"), .number("BYTES"),
                    .number("MB/S"), .text("WAITS FOR"),
                ],
                answer.sessions.map { session in
                    [
                        session.streamID, session.state, session.operation,
                        session.dataset + (session.snapshot.map { "@\($0)" } ?? ""), output.size(session.bytes),
                        session.rateMbps.map { ByteSize.fixed($0, digits: 1) } ?? "-", session.waitsFor ?? "-",
                    ]
                })
        }
    }
}

/// `zfs-api stream cancel`.
struct StreamCancel: ClientCommand {
    static let configuration = CommandConfiguration(commandName: "cancel", abstract: "End a stream.")

    @Argument(help: "The identifier, from stream list.")
    var id: String
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        let answer = try await client.streamCancel(streamID: id)
        try output.show(answer, sentence: "\(id) is cancelled")
    }
}
