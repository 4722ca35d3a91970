internal import Glibc

/// What the kernel says of this process in `/proc/self/stat`, proc(5).
struct ProcessFacts {
    let cpuSeconds: Double
    let virtualBytes: Int
    let residentBytes: Int
    let threads: Int
    /// When it started, in clock ticks since the machine did.
    private let startTicks: Int

    /// Reads the text of the file; nil when it is not as expected.
    init?(stat text: String) {
        // The second field is the program's name, which may have blanks and brackets of its own.
        guard let bracket = text.utf8.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        // The first of these is field 3, `state`.
        let fields = text[bracket...].dropFirst().split(separator: " ")
        guard fields.count > 21, let user = Int(fields[11]), let system = Int(fields[12]),
            let threads = Int(fields[17]), let startTicks = Int(fields[19]),
            let virtualBytes = Int(fields[20]), let residentPages = Int(fields[21])
        else { return nil }
        cpuSeconds = Double(user + system) / Self.ticksPerSecond
        self.virtualBytes = virtualBytes
        residentBytes = residentPages * sysconf(Int32(_SC_PAGESIZE))
        self.threads = threads
        self.startTicks = startTicks
    }

    static func now() -> ProcessFacts? {
        ProcessFile.read("/proc/self/stat").flatMap { ProcessFacts(stat: $0) }
    }

    /// When the process started, in seconds since 1970.
    static func startTime() -> Double? {
        guard let facts = now(), let text = ProcessFile.read("/proc/stat"),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let boot = Double(line.dropFirst("btime ".count))
        else { return nil }
        return boot + Double(facts.startTicks) / ticksPerSecond
    }

    /// How many descriptors are open, not counting the one that looks.
    static func openDescriptors() -> Int? {
        guard let folder = unsafe opendir("/proc/self/fd") else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        // "." and ".." and the folder itself.
        return count - 3
    }

    /// The most descriptors that may be open.
    static func maxDescriptors() -> Double? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return limit.rlim_cur == rlim_t.max ? .infinity : Double(limit.rlim_cur)
    }

    private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
}
