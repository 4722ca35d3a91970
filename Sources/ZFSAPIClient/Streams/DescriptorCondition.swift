internal import Glibc

/// What a descriptor is waited for.
struct DescriptorCondition {
    private let descriptor: Int32
    private let events: Int16

    /// There is something to read, or the end.
    static func read(_ descriptor: Int32) -> DescriptorCondition {
        DescriptorCondition(descriptor: descriptor, events: Int16(POLLIN))
    }

    /// There is room to write, or nobody who reads.
    static func write(_ descriptor: Int32) -> DescriptorCondition {
        DescriptorCondition(descriptor: descriptor, events: Int16(POLLOUT))
    }

    /// Whether it holds now.
    var holds: Bool {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        return unsafe poll(&entry, 1, 0) > 0
    }

    /// Waits until one of them holds; false when the time is over.
    static func wait(
        _ conditions: [DescriptorCondition], _ interruption: Interruption, until end: ContinuousClock.Instant? = nil
    ) throws(ClientError) -> Bool {
        var entries = conditions.map { pollfd(fd: $0.descriptor, events: $0.events, revents: 0) }
        entries.append(pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0))
        while true {
            var milliseconds: Int32 = -1
            if let end {
                let left = end - ContinuousClock.now
                guard left > .zero else { return false }
                milliseconds = Int32(min(left.components.seconds, 3600) * 1000 + 1000)
            }
            let count = unsafe poll(&entries, nfds_t(entries.count), milliseconds)
            if interruption.happened {
                throw ClientError(.cancelled, "the transfer was cancelled", reason: "cancelled")
            }
            if count > 0 { return true }
        }
    }
}
