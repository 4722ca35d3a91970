import Synchronization
import ZFSRPC

/// Keeps tasks in memory.
final class MemoryTaskStore: TaskStore {
    private struct State {
        var tasks: [TaskRecord] = []
        var events: [TaskEvent] = []
        var asked = 0

        mutating func tell(_ what: String, _ task: TaskRecord) {
            events.append(
                TaskEvent(sequence: Int64(events.count + 1), task: task.id, time: 0, status: task.status, what: what))
        }
    }

    private let state = Mutex(State())

    /// How often it was asked by a caller.
    var asked: Int { state.withLock { $0.asked } }

    func add(_ task: TaskRecord) async throws(TransferStoreError) {
        state.withLock { state in
            state.asked += 1
            state.tasks.append(task)
            state.tell("created", task)
        }
    }

    func task(_ id: String) async throws(TransferStoreError) -> TaskRecord? {
        state.withLock { state in
            state.asked += 1
            return state.tasks.first { $0.id == id }
        }
    }

    func tasks(
        ofUser user: String?, status: TaskRecord.Status?, after cursor: Int64?, limit: Int
    ) async throws(TransferStoreError) -> TaskPage {
        state.withLock { state in
            state.asked += 1
            let all = state.tasks.reversed().filter { task in
                (user == nil || task.user == user) && (status == nil || task.status == status)
            }
            return TaskPage(tasks: Array(all.prefix(limit)), total: all.count, next: nil)
        }
    }

    func claimTask(at time: Int64) async throws(TransferStoreError) -> TaskRecord? {
        state.withLock { state -> TaskRecord? in
            guard let index = state.tasks.firstIndex(where: { $0.status == .pending && $0.notBefore <= time }) else {
                return nil
            }
            state.tasks[index].status = .running
            state.tasks[index].attempts += 1
            state.tell("started", state.tasks[index])
            return state.tasks[index]
        }
    }

    func changeTask(
        _ id: String, from: TaskRecord.Status, at time: Int64, _ what: String?, _ change: TaskChange
    ) async throws(TransferStoreError) -> TaskRecord? {
        state.withLock { state -> TaskRecord? in
            state.asked += 1
            guard let index = state.tasks.firstIndex(where: { $0.id == id && $0.status == from }) else { return nil }
            var task = state.tasks[index]
            task.status = change.status ?? task.status
            task.notBefore = change.notBefore ?? task.notBefore
            task.progress = change.progress ?? task.progress
            task.plan = change.plan ?? task.plan
            task.result = change.result ?? task.result
            task.error = change.error ?? task.error
            if task.status.isFinal { task.ended = time }
            state.tasks[index] = task
            if let what { state.tell(what, task) }
            return task
        }
    }

    func recoverTasks(at time: Int64) async throws(TransferStoreError) -> Int { 0 }

    func events(
        after sequence: Int64, task: String?, ofUser user: String?, limit: Int
    ) async throws(TransferStoreError) -> [TaskEvent] {
        state.withLock { state in
            state.asked += 1
            return Array(
                state.events.filter { $0.sequence > sequence && (task == nil || $0.task == task) }.prefix(limit))
        }
    }
}
