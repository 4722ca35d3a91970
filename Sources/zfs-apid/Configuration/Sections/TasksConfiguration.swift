import ZFSRPC

/// How tasks are done: `task_manager`.
struct TasksConfiguration: Sendable, Hashable {
    /// Migrations at once.
    var migrationWorkers = 4
    /// Tasks that have ended and are kept.
    var history = TaskHistory()

    mutating func read(_ section: ConfigurationSection) {
        section.integer("migration_workers", 1...64, into: &migrationWorkers)
        section.integer("history_tasks", 1...1_000_000, into: &history.tasks)
        section.integer("history_days", 1...3650, into: &history.days)
    }
}
