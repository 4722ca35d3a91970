/// How tasks are done: `task_manager`.
struct TaskManagerConfiguration: Sendable, Hashable {
    /// Migrations at once.
    var migrationWorkers = 4

    mutating func read(_ section: ConfigurationSection) {
        section.integer("migration_workers", 1...64, into: &migrationWorkers)
    }
}
