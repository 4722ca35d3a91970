/// Keeps tasks and what happened to them, so that they outlive the daemon.
///
/// Every change is one atomic step with its event, and is on the disk when it is answered.
public protocol TaskStore: Sendable {
    /// The node whose tasks this daemon does, as ``TaskRecord/node``; nil when the store is of one node alone.
    var node: String? { get }
    /// Adds a task that waits.
    func add(_ task: TaskRecord) async throws(TransferStoreError)
    /// The task with this identifier; nil when there is none.
    func task(_ id: String) async throws(TransferStoreError) -> TaskRecord?
    /// Tasks, the newest first, and how many match in all.
    /// - Parameters:
    ///   - user: Those of a user alone; nil for all.
    ///   - status: Those of a status alone; nil for all.
    ///   - cursor: Where an earlier list stopped, from its `next`.
    ///   - limit: How many at most.
    func tasks(
        ofUser user: String?, status: TaskRecord.Status?, after cursor: Int64?, limit: Int
    ) async throws(TransferStoreError) -> TaskPage
    /// Gives the oldest task that may be taken to a worker of this daemon; it is `running` then. Nil when there is none.
    ///
    /// One whose place overlaps with that of a task which runs waits.
    func claimTask(at time: Int64) async throws(TransferStoreError) -> TaskRecord?
    /// Changes a task if it has the status `from` still, and this daemon has it when that is `running`.
    /// - Parameters:
    ///   - id: The task.
    ///   - from: The status that it must have.
    ///   - time: When, in milliseconds since 1970.
    ///   - what: The word of the event; nil for none.
    ///   - change: What is different afterwards.
    /// - Returns: The task as it is now; nil when it was not changed.
    func changeTask(
        _ id: String, from: TaskRecord.Status, at time: Int64, _ what: String?, _ change: TaskChange
    ) async throws(TransferStoreError) -> TaskRecord?
    /// Notes a wish about a task that has not ended, for whoever has it.
    /// - Returns: The task as it is now; nil when there is none or it has ended.
    func ask(_ id: String, _ wish: TaskWish) async throws(TransferStoreError) -> TaskRecord?
    /// Makes tasks of this node wait again that nobody does any more: another run of the daemon left them `running`, or the
    /// answer was lost by which this one was to get them.
    /// - Parameters:
    ///   - time: When, in milliseconds since 1970.
    ///   - known: Those that this daemon does.
    /// - Returns: How many.
    func recoverTasks(at time: Int64, except known: Set<String>) async throws(TransferStoreError) -> Int
    /// Adds a task that this daemon does and that the store has lost.
    func restore(_ task: TaskRecord, at time: Int64) async throws(TransferStoreError)
    /// The sequence of the last event; 0 when there was none.
    func lastEvent() async throws(TransferStoreError) -> Int64
    /// Events after one, oldest first, of one task or of all, and of the tasks of one user alone when one is given.
    func events(
        after sequence: Int64, task: String?, ofUser user: String?, limit: Int
    ) async throws(TransferStoreError) -> [TaskEvent]
}

/// What somebody wants of a task that another daemon may have.
public enum TaskWish: Sendable, Hashable {
    /// That it does something else: as ``TaskRecord/request``.
    case request(String)
    /// That it ends.
    case end
}

/// How long tasks that have ended are kept, and how many of them.
public struct TaskHistory: Sendable, Hashable {
    /// The most tasks; the oldest go first.
    public var tasks: Int
    /// In days since their end.
    public var days: Int
    /// The most events, roughly; the oldest go first.
    public var events = 100_000

    /// Makes it; the defaults are those of the configuration.
    public init(tasks: Int = 10_000, days: Int = 30) {
        self.tasks = tasks
        self.days = days
    }

    /// The same as ``days``, in milliseconds.
    public var milliseconds: Int64 { Int64(days) * 86_400_000 }
}

/// What changes about a task; nil leaves a value as it is.
public struct TaskChange: Sendable, Hashable {
    /// The status from then on.
    public var status: TaskRecord.Status?
    /// As ``TaskRecord/notBefore``.
    public var notBefore: Int64?
    /// As ``TaskRecord/request``.
    public var request: String?
    /// As ``TaskRecord/progress``.
    public var progress: String?
    /// As ``TaskRecord/plan``.
    public var plan: String?
    /// As ``TaskRecord/result``.
    public var result: String?
    /// As ``TaskRecord/error``.
    public var error: String?

    /// Makes a change.
    public init(
        status: TaskRecord.Status? = nil, notBefore: Int64? = nil, request: String? = nil, progress: String? = nil,
        plan: String? = nil, result: String? = nil, error: String? = nil
    ) {
        self.status = status
        self.notBefore = notBefore
        self.request = request
        self.progress = progress
        self.plan = plan
        self.result = result
        self.error = error
    }
}

/// A part of a list of tasks.
public struct TaskPage: Sendable {
    /// The tasks, the newest first.
    public let tasks: [TaskRecord]
    /// How many match in all.
    public let total: Int
    /// Where the list goes on; nil at its end.
    public let next: Int64?

    /// Makes a page.
    public init(tasks: [TaskRecord], total: Int, next: Int64?) {
        self.tasks = tasks
        self.total = total
        self.next = next
    }
}
