/// The families that Prometheus's own client libraries have for every process, under the names they use.
extension MetricFamily {
    static let processCPU = MetricFamily(
        "process_cpu_seconds_total", .counter, "Processor time spent, user and system, in seconds.")
    static let processResident = MetricFamily(
        "process_resident_memory_bytes", .gauge, "Resident memory size in bytes.")
    static let processVirtual = MetricFamily(
        "process_virtual_memory_bytes", .gauge, "Virtual memory size in bytes.")
    static let processOpenDescriptors = MetricFamily("process_open_fds", .gauge, "Open file descriptors.")
    static let processMaxDescriptors = MetricFamily(
        "process_max_fds", .gauge, "The most file descriptors that may be open.")
    static let processStart = MetricFamily(
        "process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
    static let processThreads = MetricFamily("process_threads", .gauge, "Threads of the process.")

    static let process = [
        processCPU, processResident, processVirtual, processOpenDescriptors, processMaxDescriptors, processStart,
        processThreads,
    ]
}
