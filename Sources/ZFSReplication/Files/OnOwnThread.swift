internal import AsyncZFSExecutor
internal import Glibc

/// Runs blocking work on a thread of its own: the few that tasks share are not for disks.
func onOwnThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws(FileRefusal) -> Value
) async throws(FileRefusal) -> Value {
    let result = await withCheckedContinuation {
        (continuation: CheckedContinuation<Result<Value, FileRefusal>, Never>) in
        let status = OwnThread.start {
            do throws(FileRefusal) {
                continuation.resume(returning: .success(try work()))
            } catch {
                continuation.resume(returning: .failure(error))
            }
        }
        if status != 0 {
            continuation.resume(returning: .failure(.system(call: "pthread_create", path: "", errno: status)))
        }
    }
    return try result.get()
}
