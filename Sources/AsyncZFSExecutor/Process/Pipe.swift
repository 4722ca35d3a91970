internal import CLinux
internal import Glibc

/// A pipe whose ends are close-on-exec.
struct Pipe {
    let reading: Descriptor
    let writing: Descriptor

    init() throws(ExecutionError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe clinux_pipe_cloexec(&ends) == 0 else { throw .system(call: "pipe2", errno: errno) }
        reading = Descriptor(owning: ends[0])
        writing = Descriptor(owning: ends[1])
    }

    /// Makes a pipe of a size, or of what size the kernel gives (pipe(7), pipe-user-pages-soft).
    ///
    /// The size must be set while the pipe is empty: a writer that waits for room may not be woken when it grows.
    init(bytes: Int32) throws(ExecutionError) {
        try self.init()
        _ = clinux_set_pipe_size(writing.number, bytes)
    }

    /// How many bytes the kernel holds for it.
    var capacity: Int { Int(clinux_pipe_size(writing.number)) }
}
