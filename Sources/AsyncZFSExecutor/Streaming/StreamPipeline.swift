/// Processes in a row, each of which reads what the one before it writes.
///
/// Between a source or sink and the processes bytes are moved by this process (and counted, bounded and throttled);
/// between two processes there is just a pipe. Without a source the first process reads `/dev/null`; without a sink what
/// the last one writes to standard output is kept, at most 64 KiB of it.
public struct StreamPipeline: Sendable {
    /// The processes in order, at least one.
    public var stages: [StreamStage]
    /// What the first process reads.
    public var source: StreamSource?
    /// Without a source, the end of a pipe that the first process reads by itself.
    var pipe: Descriptor?
    /// Where the output of the last process goes.
    public var sink: StreamSink?

    /// Makes a pipeline.
    public init(_ stages: [StreamStage], from source: StreamSource? = nil, to sink: StreamSink? = nil) {
        self.stages = stages
        self.source = source
        self.sink = sink
    }
}

/// One process of a pipeline.
public enum StreamStage: Sendable, Hashable {
    /// `zfs` or `zpool`. Its `input` and `deadline` are not used: a stream ends when it ends.
    case command(Invocation)
    /// A program that reads standard input and writes standard output, found in the executor's path: `gzip`, `zstd`.
    case filter(program: String, arguments: [String])
}

/// How a pipeline ended whose processes all ended by themselves.
public struct StreamResult: Sendable {
    /// How each process ended, in the order of the stages.
    public let terminations: [Termination]
    /// Standard output of the last process, when there was no sink.
    public let output: [UInt8]

    /// Makes a result.
    public init(terminations: [Termination], output: [UInt8] = []) {
        self.terminations = terminations
        self.output = output
    }
}
