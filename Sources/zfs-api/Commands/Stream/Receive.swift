import ArgumentParser
import Glibc
import ZFSAPIClient

/// `zfs-api receive`: reads a stream from standard input, which becomes a dataset.
struct Receive: ClientCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read a stream from standard input, which becomes a dataset or is added to it.",
        discussion: """
            The status is 0 only when the daemon has received the stream. When it breaks off, the dataset is as before, \
            unless it was resumable.
            """
    )

    @Argument(help: "The file system or volume.", completion: NameCompletion.datasets)
    var dataset: String
    @Flag(
        name: [.customShort("F"), .customLong("force")],
        help: "Roll the dataset back to its newest snapshot first, or replace it. Asks first.")
    var force = false
    @Flag(name: [.customShort("s"), .customLong("resumable")], help: "Keep what came when the stream breaks off.")
    var resumable = false
    @Flag(
        name: [.customShort("A"), .customLong("abort")], help: "Receive nothing; throw away what was kept. Asks first.")
    var abort = false
    @OptionGroup var route: RouteOptions
    @OptionGroup var confirmation: Confirmation
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if abort {
            try confirmation.ask("throw away what was kept of a receive into \(dataset)")
            let answer = try await client.receiveAbort(dataset: dataset)
            return try output.show(answer, sentence: "nothing is kept in \(dataset) any more")
        }
        guard isatty(STDIN_FILENO) == 0 else {
            throw CommandFailure(
                .usage, "a stream does not come from a terminal",
                hint: "Read it from a file: zfs-api receive \(dataset) < FILE")
        }
        // Standard input is the stream, so there is nobody to ask.
        if force { try confirmation.ask("replace what is in \(dataset), or roll it back") }
        let counter = ByteCounter()
        let meter = TransferMeter(
            client: client, output: output, counter: counter, total: Self.length(of: STDIN_FILENO),
            operation: "receive", dataset: dataset)
        let (dataset, force, resumable, route) = (dataset, force, resumable, route.over.route)
        let received = try await meter.during {
            try await client.receive(
                from: STDIN_FILENO, into: dataset, force: force, resumable: resumable, over: route, counting: counter)
        }
        try output.show(
            received,
            sentence: "received \(received.snapshots.joined(separator: ", ")): \(output.size(received.bytes)) in "
                + "\(ByteSize.fixed(received.duration, digits: 1)) s")
    }

    /// What is left of a file; nil for anything else.
    private static func length(of descriptor: Int32) -> Int? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        let position = lseek(descriptor, 0, SEEK_CUR)
        return Int(status.st_size) - max(Int(position), 0)
    }
}
