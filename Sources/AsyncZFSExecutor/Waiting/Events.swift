/// What a task can wait for.
struct Events: OptionSet, Sendable {
    let rawValue: UInt8

    /// Standard output has bytes.
    static let output = Events(rawValue: 1 << 0)
    /// Standard error has bytes.
    static let errors = Events(rawValue: 1 << 1)
    /// The process has ended.
    static let exited = Events(rawValue: 1 << 2)
    /// The task was cancelled.
    static let cancelled = Events(rawValue: 1 << 3)
    /// The deadline has passed.
    static let deadline = Events(rawValue: 1 << 4)
    /// What was waited for was given.
    static let granted = Events(rawValue: 1 << 5)
    /// What was waited for can not be had.
    static let refused = Events(rawValue: 1 << 6)
    /// A thread that moves the bytes of a stream has ended.
    static let moved = Events(rawValue: 1 << 7)
}
