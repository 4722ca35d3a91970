extension MetricsRegistry {
    /// Adds `zfsapi_build_info` and the `process_*` families, which are read from `/proc/self` (proc(5)) when asked for.
    public func observeProcess(version: String) {
        gauge(.buildInfo, [("version", version)]).set(Int64(1))
        // One family's number each: the file is a page that the kernel makes in microseconds.
        observe(.processCPU) { ProcessFacts.now().map { [MetricSample($0.cpuSeconds)] } ?? [] }
        observe(.processResident) { ProcessFacts.now().map { [MetricSample($0.residentBytes)] } ?? [] }
        observe(.processVirtual) { ProcessFacts.now().map { [MetricSample($0.virtualBytes)] } ?? [] }
        observe(.processThreads) { ProcessFacts.now().map { [MetricSample($0.threads)] } ?? [] }
        observe(.processOpenDescriptors) { ProcessFacts.openDescriptors().map { [MetricSample($0)] } ?? [] }
        observe(.processMaxDescriptors) { ProcessFacts.maxDescriptors().map { [MetricSample($0)] } ?? [] }
        if let start = ProcessFacts.startTime() { gauge(.processStart).set(start) }
    }
}
