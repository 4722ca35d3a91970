public import ZFSCommandBuilder

/// A long piece of work, as it is stored.
public struct TaskRecord: Sendable, Hashable {
    /// How far it is.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// It waits for a worker, for its place, or for another try.
        case pending
        /// A worker has it.
        case running
        /// It has ended well.
        case completed
        /// It has ended badly.
        case failed
        /// Somebody ended it.
        case cancelled

        /// Whether it does not change any more.
        public var isFinal: Bool {
            switch self {
            case .pending, .running: false
            case .completed, .failed, .cancelled: true
            }
        }
    }

    /// A random UUID (RFC 9562).
    public let id: String
    /// The user who asked for it.
    public let user: String
    /// What is to be done, as JSON text.
    public var request: String
    /// What it writes to; no two tasks that run do so at or below the same.
    public let place: TaskPlace
    /// When it was asked for, in milliseconds since 1970.
    public let created: Int64
    /// How far it is.
    public var status = Status.pending
    /// When a worker first took it.
    public var started: Int64?
    /// When it ended.
    public var ended: Int64?
    /// How often a worker took it.
    public var attempts = 0
    /// When it may be taken, in milliseconds since 1970.
    public var notBefore: Int64 = 0
    /// The longest that a task waits for its next try, in milliseconds: when it would wait longer, the clock has jumped back, and
    /// it may be taken.
    public static let longestWait: Int64 = 600_000
    /// Whether somebody wants it to end.
    public var isEndWanted = false
    /// The node whose daemon does it, if several share the store.
    public var node: String?
    /// The last progress, as JSON text.
    public var progress: String?
    /// The plan of the last try, as JSON text.
    public var plan: String?
    /// What came of it, as JSON text.
    public var result: String?
    /// The last error, as JSON text.
    public var error: String?

    /// Makes a task that waits.
    public init(id: String, user: String, request: String, place: TaskPlace, created: Int64) {
        self.id = id
        self.user = user
        self.request = request
        self.place = place
        self.created = created
    }
}

/// A dataset of a host that a task writes to.
public struct TaskPlace: Sendable, Hashable {
    /// The host, empty for this one.
    public let host: String
    /// The dataset.
    public let dataset: DatasetName

    /// Makes a place.
    public init(host: String, dataset: DatasetName) {
        self.host = host
        self.dataset = dataset
    }

    /// Whether one of two is the other, or below it.
    public func overlaps(_ other: TaskPlace) -> Bool {
        host == other.host && (dataset.isWithin(other.dataset) || other.dataset.isWithin(dataset))
    }
}

/// What happened to a task.
public struct TaskEvent: Sendable, Hashable {
    /// Its place in the order of all events, from 1 on.
    public let sequence: Int64
    /// The task.
    public let task: String
    /// When, in milliseconds since 1970.
    public let time: Int64
    /// The status of the task from then on.
    public let status: TaskRecord.Status
    /// What happened, in a word: `created`, `started`, `planned`, `interrupted`, `retried`, `restored`,
    /// `completed`, `failed`, `cancelled`.
    public let what: String

    /// Makes an event.
    public init(sequence: Int64, task: String, time: Int64, status: TaskRecord.Status, what: String) {
        self.sequence = sequence
        self.task = task
        self.time = time
        self.status = status
        self.what = what
    }
}
