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

    var node: String? { nil }

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
            let taken = state.tasks.filter { $0.status == .running }.map(\.place)
            guard
                let index = state.tasks.firstIndex(where: { task in
                    task.status == .pending && !(time + 1...time + TaskRecord.longestWait).contains(task.notBefore)
                        && !taken.contains(where: task.place.overlaps)
                })
            else { return nil }
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
            task.request = change.request ?? task.request
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

    func ask(_ id: String, _ wish: TaskWish) async throws(TransferStoreError) -> TaskRecord? {
        state.withLock { state -> TaskRecord? in
            state.asked += 1
            guard let index = state.tasks.firstIndex(where: { $0.id == id && !$0.status.isFinal }) else { return nil }
            switch wish {
            case .request(let text): state.tasks[index].request = text
            case .end: state.tasks[index].isEndWanted = true
            }
            return state.tasks[index]
        }
    }

    func recoverTasks(
        at time: Int64, except known: Set<String>
    ) async throws(TransferStoreError) -> Int {
        state.withLock { state in
            var count = 0
            for index in state.tasks.indices
            where state.tasks[index].status == .running && !known.contains(state.tasks[index].id) {
                state.tasks[index].status = .pending
                state.tell("interrupted", state.tasks[index])
                count += 1
            }
            return count
        }
    }

    func restore(_ task: TaskRecord, at time: Int64) async throws(TransferStoreError) {
        state.withLock { state in
            guard !state.tasks.contains(where: { $0.id == task.id }) else { return }
            var task = task
            task.status = .running
            state.tasks.append(task)
            state.tell("restored", task)
        }
    }

    /// Forgets all tasks.
    func flush() { state.withLock { $0.tasks = [] } }

    func lastEvent() async throws(TransferStoreError) -> Int64 {
        state.withLock { Int64($0.events.count) }
    }

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
