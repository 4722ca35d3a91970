extension Executor: StreamRunner {
    /// How busy it is with streams now.
    public var streamLoad: StreamLoad { streams.load }

    /// Runs a pipeline to its end.
    ///
    /// With a source and a sink `onStart` is called when all processes run: the last one may write nothing before the first
    /// one has read. A closure that is a source or a sink must end when its task is cancelled.
    ///
    /// ## Concurrency
    /// Each descriptor or closure at an end of the pipeline has a thread of its own while the stream runs. Processes and
    /// the calling task have none.
    public func run(
        _ pipeline: StreamPipeline,
        control: StreamControl,
        onStart: @Sendable (_ head: [UInt8]) async throws -> Void
    ) async throws -> StreamResult {
        try Task.checkCancellation()
        precondition(!pipeline.stages.isEmpty, "a pipeline has at least one process")
        let images = try pipeline.stages.map { try image(of: $0) }
        let commands = pipeline.stages.map { stage -> Invocation? in
            if case .command(let invocation) = stage { invocation } else { nil }
        }
        let pool = commands.lazy.compactMap { $0?.pool }.first
        let place = try streams.enter(control, pool)
        let execution = StreamExecution(
            poller: poller, streams: streams, place: place, pool: pool, configuration: configuration, control: control,
            didRun: { [didRun] index, duration in
                if let command = commands[index] { didRun?(command, duration) }
            })
        defer { execution.end() }
        return try await execution.run(images, pipeline, onStart)
    }

    private func image(of stage: StreamStage) throws(ExecutionError) -> ProcessImage {
        switch stage {
        case .command(let invocation):
            try image(of: invocation)
        case .filter(let program, let arguments):
            ProcessImage(file: try find(program), arguments: arguments, environment: environment)
        }
    }
}
