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
}
