import ArgumentParser
import Glibc
import ZFSAPIClient

/// `zfs-api send`: writes a stream of a snapshot to standard output.
struct Send: ClientCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a stream of a snapshot to standard output.",
        discussion: "The status is 0 only when the stream is whole."
    )

    @Argument(help: "The snapshot, as dataset@name.", completion: NameCompletion.snapshots)
    var snapshot: SnapshotName
    @Option(
        name: [.customShort("i"), .customLong("from")],
        help: ArgumentHelp("What the receiver has already: a snapshot, or dataset#bookmark.", valueName: "snapshot"))
    var from: String?
    @Flag(name: [.customShort("R"), .customLong("recursive")], help: "With everything below, and properties.")
    var recursive = false
    @Flag(name: [.customShort("w"), .customLong("raw")], help: "Blocks as they are on disk.")
    var raw = false
    @Flag(name: [.customShort("c"), .customLong("compressed")], help: "Blocks compressed as they are on disk.")
    var compressed = false
    @Option(help: ArgumentHelp("Go on where a receive of this snapshot stopped.", valueName: "token"))
    var resumeToken: String?
    @Flag(help: "Only tell how large the stream would be.")
    var dryRun = false
    @OptionGroup var route: RouteOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var show: OutputOptions

    func perform(_ client: Client, _ output: Output) async throws {
        if dryRun { return try showEstimate(try await estimate(client), output) }
        guard isatty(STDOUT_FILENO) == 0 else {
            throw CommandFailure(
                .usage, "a stream is nothing for a terminal",
                hint: "Write it to a file, or into a pipe: zfs-api send ... > FILE")
        }
        let counter = ByteCounter()
        let total = output.quiet || resumeToken != nil ? nil : try await estimate(client).sizeBytes
        let meter = TransferMeter(
            client: client, output: output, counter: counter, total: total, operation: "send",
            dataset: snapshot.dataset)
        let begin = ContinuousClock.now
        let (snapshot, options, route) = (snapshot, options, route.over.route)
        try await meter.during {
            try await client.send(
                snapshot.dataset, snapshot.snapshot, options, to: STDOUT_FILENO, over: route, counting: counter)
        }
        let seconds = (ContinuousClock.now - begin).seconds
        output.remark(
            "sent \(snapshot.text): \(output.size(counter.bytes)) in \(ByteSize.fixed(seconds, digits: 1)) s")
    }

    private var options: SendOptions {
        var options = SendOptions()
        options.fromSnapshot = from
        options.isRecursive = recursive
        options.isRaw = raw ? true : nil
        options.isCompressed = compressed ? true : nil
        options.resumeToken = resumeToken
        return options
    }

    private func estimate(_ client: Client) async throws(ClientError) -> SendEstimateResult {
        try await client.sendEstimate(
            dataset: snapshot.dataset, snapshot: snapshot.snapshot, fromSnapshot: from, recursive: recursive,
            raw: raw ? true : nil, nativeCompressed: compressed ? true : nil)
    }

    private func showEstimate(_ estimate: SendEstimateResult, _ output: Output) throws(CommandFailure) {
        try output.show(
            estimate, lines: ["\(snapshot.text): \(estimate.type), about \(output.size(estimate.sizeBytes))"])
    }
}
