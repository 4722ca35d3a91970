import ZFSAPIClient

/// Plans and tasks of migrations, in words.
enum MigrationText {
    /// Shows what would be done.
    static func show(_ plan: MigrationPlanResult, _ output: Output) throws(CommandFailure) {
        try output.show(plan) {
            Table(
                [.text("ACTION"), .text("SOURCE"), .text("DESTINATION"), .number("SIZE"), .text("FROM")],
                plan.steps.map { step in
                    [step.action, step.source, step.destination, output.size(step.sizeBytes), step.from ?? "-"]
                })
        }
        if !plan.skipped.isEmpty { output.remark("skipped: \(plan.skipped.joined(separator: ", "))") }
        if let name = plan.keptAs { output.remark("the destination is renamed to \(name) first") }
        for line in losses(plan) { output.remark(line) }
    }

    /// What is destroyed at the destination.
    static func losses(_ plan: MigrationPlanResult) -> [String] {
        plan.rollbacks.map { rollback in
            var parts = rollback.snapshot.map { ["goes back to \($0)"] } ?? []
            if rollback.dropsPart { parts.append("loses a part that was kept") }
            if !rollback.destroys.isEmpty { parts.append("loses \(rollback.destroys.joined(separator: ", "))") }
            return "\(rollback.dataset) \(parts.joined(separator: ", "))"
        }
    }

    /// A task in a list.
    static func row(_ task: MigrationGetResult) -> [String] {
        let remote = task.params.remote.map { $0 + ":" } ?? ""
        let progress = task.currentProgress.map { "\(Int($0.percentage)) %" } ?? "-"
        return [task.id, task.status, progress, task.params.source, remote + task.params.destination, task.createdAt]
    }

    /// A task in lines.
    static func lines(_ task: MigrationGetResult, _ output: Output) -> [String] {
        let remote = task.params.remote.map { $0 + ":" } ?? ""
        var lines = [
            "task         \(task.id)", "status       \(task.status)", "source       \(task.params.source)",
            "destination  \(remote)\(task.params.destination)", "created      \(task.createdAt)",
            "attempts     \(task.attempts)",
        ]
        if let time = task.startedAt { lines.append("started      \(time)") }
        if let time = task.completedAt { lines.append("ended        \(time)") }
        if let progress = task.currentProgress, progress.bytesTotal > 0 {
            let state = ProgressState(progress)
            lines.append("progress     \(ProgressLine.plain(state, output))")
        }
        if let failure = task.failure { lines.append("error        \(failure)") }
        return lines
    }
}

extension ProgressState {
    /// That of a migration.
    init(_ progress: MigrationProgress) {
        self.init(
            bytes: progress.bytesTransferred, total: progress.bytesTotal, rate: progress.rateMbps * 1_000_000,
            waitsFor: progress.waitsFor)
    }
}
