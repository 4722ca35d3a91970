internal import CLinux
internal import Foundation

/// A thread of its own for a transfer, which waits for descriptors that may block.
enum TransferThread {
    /// Runs a closure on a new thread.
    /// - Parameters:
    ///   - interruption: Ends the closure when the task is cancelled.
    ///   - body: What is done.
    static func run<Value: Sendable>(
        _ interruption: Interruption, _ body: @escaping @Sendable () throws(ClientError) -> Value
    ) async throws(ClientError) -> Value {
        let result: Result<Value, ClientError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    // splice(2) has no MSG_NOSIGNAL.
                    clinux_block_sigpipe()
                    continuation.resume(returning: Result { () throws(ClientError) in try body() })
                }
            }
        } onCancel: {
            interruption.interrupt()
        }
        return try result.get()
    }
}
