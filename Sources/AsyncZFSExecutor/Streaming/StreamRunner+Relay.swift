internal import Synchronization

extension StreamRunner {
    /// Runs two rows of processes, the second of which reads what the first one writes, and moves the bytes between them, so
    /// that they are counted, bounded and throttled.
    ///
    /// The second row sees the end of its input when the first one is over; when that ended badly, it is for the second to
    /// find that the stream is not whole. A first row that has nobody to write to any more ends by SIGPIPE.
    /// - Parameters:
    ///   - senders: The first row.
    ///   - receivers: The second row.
    ///   - control: Of the bytes between the two.
    /// - Returns: How both ended.
    /// - Throws: As ``run(_:control:onStart:)``, when every process of both is gone, or known to be stuck.
    public func relay(
        _ senders: [StreamStage], to receivers: [StreamStage], control: StreamControl
    ) async throws -> (senders: StreamResult, receivers: StreamResult) {
        let (entry, exit) = try RelayEnd.pair()
        let received = StreamControl()
        defer { if received.mayRunElsewhere { control.noteMayRunElsewhere() } }
        return try await withThrowingTaskGroup(of: (isSender: Bool, result: StreamResult).self) { group in
            group.addTask {
                defer { entry.close() }
                let sink = StreamSink.descriptor(try entry.descriptor, framing: .none)
                do {
                    return (true, try await run(StreamPipeline(senders, to: sink), control: control) { _ in })
                } catch StreamError.sinkFailed(errno: _) where exit.isClosed {
                    // The receiver is gone, and says why.
                    return (true, StreamResult(terminations: []))
                }
            }
            group.addTask {
                defer { exit.close() }
                var pipeline = StreamPipeline(receivers)
                pipeline.pipe = try exit.descriptor
                return (false, try await run(pipeline, control: received) { _ in })
            }
            var results: [Bool: StreamResult] = [:]
            for try await (isSender, result) in group { results[isSender] = result }
            return (
                results[true] ?? StreamResult(terminations: []), results[false] ?? StreamResult(terminations: [])
            )
        }
    }
}

/// One end of the pipe of a relay, until its row is over.
private final class RelayEnd: Sendable {
    private let held: Mutex<Descriptor?>

    private init(_ descriptor: Descriptor) {
        held = Mutex(descriptor)
    }

    /// Both ends; nobody else has them, or the reader would see no end.
    static func pair() throws(ExecutionError) -> (entry: RelayEnd, exit: RelayEnd) {
        let pipe = try Pipe(bytes: StreamStages.pipeBytes)
        return (RelayEnd(pipe.writing), RelayEnd(pipe.reading))
    }

    var descriptor: Descriptor {
        get throws {
            guard let descriptor = held.withLock({ $0 }) else { throw CancellationError() }
            return descriptor
        }
    }

    var isClosed: Bool { held.withLock { $0 == nil } }

    func close() { held.withLock { $0 = nil } }
}
