internal import AsyncZFSExecutor
internal import ZFSCommandBuilder

/// Programs that a stream goes through on its way to another host, each with its arguments.
struct StreamFilters {
    /// Where it is sent.
    var compressing: [[String]] = []
    /// Where it is received.
    var buffering: [[String]] = []
    /// Where it is received.
    var decompressing: [[String]] = []
}

extension Replication {
    /// What is asked for, as far as both hosts have it.
    func filters(of step: MigrationPlan.Step, _ request: MigrationRequest) async throws -> StreamFilters {
        var filters = StreamFilters()
        guard request.crossesHosts else { return filters }
        let buffer = ["mbuffer", "-q", "-s", "128k", "-m", "\(request.buffer)M"]
        // What fits into it twice does not wait for a pool.
        if request.buffer > 0, step.bytes > UInt64(request.buffer) << 21,
            try await has(buffer, on: request.destinationHost)
        {
            filters.buffering.append(buffer)
        }
        let compression = try await compression(of: step, request)
        if let program = compression.compressor { filters.compressing.append(program) }
        if let program = compression.decompressor { filters.decompressing.append(program) }
        return filters
    }

    private func compression(
        of step: MigrationPlan.Step, _ request: MigrationRequest
    ) async throws -> WireCompression {
        guard request.compression == .auto else { return request.compression }
        if step.flags.compressed || step.flags.raw { return .none }
        candidates: for candidate in [WireCompression.zstd, .lz4, .gzip] {
            for host in [request.sourceHost, request.destinationHost] {
                guard let program = candidate.compressor, try await has(program, on: host) else { continue candidates }
            }
            return candidate
        }
        return .none
    }

    /// Whether a host has a program: whether it passes a word on.
    private func has(_ program: [String], on host: Host) async throws -> Bool {
        var word = Invocation(ZFS.Version(), on: host)
        if host != .local {
            // The exit status of a pipeline is that of its last program: 127 when there is none (POSIX, Shell Command Language).
            word.outputFilters = [program]
            return try await runner.collect(word).termination.isSuccess
        }
        do {
            let filter = StreamStage.filter(program: program[0], arguments: Array(program.dropFirst()))
            let result = try await runner.run(
                StreamPipeline([.command(word), filter]), control: StreamControl()
            ) { _ in }
            return result.terminations.allSatisfy(\.isSuccess)
        } catch ExecutionError.programNotFound {
            return false
        }
    }
}
