internal import Glibc

/// A thread beside the pool that all tasks share, for work that blocks.
package final class OwnThread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    /// Runs `body` on a new thread, which ends with it and which nobody joins.
    ///
    /// - Parameters:
    ///   - stackBytes: The size of its stack; nil is the system's own, mostly 8 MiB of address space.
    ///   - body: What it does.
    /// - Returns: 0, or the error number of pthread_create(3); then `body` does not run.
    package static func start(stackBytes: Int? = nil, _ body: @escaping @Sendable () -> Void) -> Int32 {
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        if let stackBytes { unsafe pthread_attr_setstacksize(&attributes, stackBytes) }
        let argument = unsafe Unmanaged.passRetained(OwnThread(body)).toOpaque()
        let result = unsafe pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<OwnThread>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, argument)
        guard result == 0 else {
            unsafe Unmanaged<OwnThread>.fromOpaque(argument).release()
            return result
        }
        pthread_detach(thread)
        return 0
    }
}
