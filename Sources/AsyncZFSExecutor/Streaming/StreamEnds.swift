/// What is at the two ends of a pipeline, and the threads that move bytes there.
///
/// ## Concurrency
/// Made and used by one task; the exchanges are used by the tasks that `serve` starts, and by the pumps.
final class StreamEnds: Sendable {
    private let source: StreamSource?
    private let sink: StreamSink?
    /// What the first process reads by itself.
    let pipe: Descriptor?
    private let control: StreamControl
    private let stall: Duration?
    private let mailbox: Mailbox
    private let sourceSignal: PumpSignal
    private let sinkSignal: PumpSignal
    private let sourceExchange: Exchange
    private let sinkExchange: Exchange

    init(
        _ pipeline: StreamPipeline,
        _ control: StreamControl,
        stall: Duration?,
        _ mailbox: Mailbox
    ) throws(ExecutionError) {
        source = pipeline.source
        sink = pipeline.sink
        pipe = pipeline.pipe
        self.control = control
        self.stall = stall
        self.mailbox = mailbox
        sourceSignal = try PumpSignal()
        sinkSignal = try PumpSignal()
        sourceExchange = Exchange(sourceSignal)
        sinkExchange = Exchange(sinkSignal)
    }

    var hasSource: Bool { source != nil }
    var hasSink: Bool { sink != nil }

    /// Adds the tasks that call the closures.
    func serve(in group: inout ThrowingTaskGroup<Void, any Error>) {
        if case .reader(let read) = source {
            group.addTask { [sourceExchange] in
                await sourceExchange.serve { _ in
                    guard let piece = try await read() else { return .end }
                    return .piece(piece)
                }
            }
        }
        if case .writer(let write) = sink {
            group.addTask { [sinkExchange] in
                await sinkExchange.serve { piece in
                    try await write(piece)
                    return .done
                }
            }
        }
    }

    /// Ends those tasks.
    func close() {
        sourceExchange.close()
        sinkExchange.close()
    }

    /// Starts the thread of the source, if there is one.
    func startSource(_ feed: Feed) throws(ExecutionError) -> PumpThread? {
        guard let source else { return nil }
        let wait = PumpWait(control: control, signal: sourceSignal, limit: stall)
        let allowance = Allowance(control: control, counts: !hasSink)
        return try PumpThread.start(sourceSignal, telling: mailbox) { [sourceExchange] in
            switch source {
            case .descriptor(let descriptor):
                var pump = SourcePump(from: descriptor, to: feed, wait, allowance)
                return try pump.run()
            case .body(let body):
                var pump = BodyPump(body, to: feed, wait, allowance)
                return try pump.run()
            case .reader:
                var pump = ReaderPump(feed: feed, exchange: sourceExchange, wait: wait, allowance: allowance)
                return try pump.run()
            }
        }
    }

    /// Starts the thread of the sink, if there is one.
    func startSink(_ output: Descriptor) throws(ExecutionError) -> PumpThread? {
        guard let sink else { return nil }
        let wait = PumpWait(control: control, signal: sinkSignal, limit: stall)
        let allowance = Allowance(control: control, counts: true)
        return try PumpThread.start(sinkSignal, telling: mailbox) { [sinkExchange] in
            switch sink {
            case .descriptor(let descriptor, let framing):
                var pump = SinkPump(from: output, to: descriptor, framing, wait, allowance)
                try pump.run()
            case .writer:
                var pump = WriterPump(input: output, exchange: sinkExchange, wait: wait, allowance: allowance)
                try pump.run()
            }
            return .ended
        }
    }
}
