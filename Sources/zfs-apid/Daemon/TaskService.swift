import ServiceLifecycle
import ZFSRPC

/// Does tasks until the daemon stops; what runs then waits for the next start.
struct TaskService: Service {
    let tasks: Tasks

    func run() async {
        await cancelWhenGracefulShutdown { await tasks.run() }
    }
}
