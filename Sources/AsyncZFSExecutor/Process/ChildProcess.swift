internal import CLinux
internal import Glibc

/// A child process in a process group of its own, from its spawn to its reaping.
///
/// The child has descriptors 0 to 2 only, every signal at its default, and exactly the given environment.
final class ChildProcess: Sendable {
    /// Its process identifier, which is that of its group too.
    let identifier: Int32
    /// The reading end of its standard output; never blocks.
    let output: Descriptor
    /// The reading end of its standard error; never blocks.
    let errors: Descriptor
    /// Becomes readable when the process ends.
    let exit: Descriptor

    /// The most that is written to standard input: what a pipe takes before anybody reads.
    static let inputLimit = 65536

    /// Spawns `path`.
    /// - Throws: `ExecutionError.cannotExecute`, `.invalidArgument`, `.inputTooLarge`, or `.system`.
    init(path: String, arguments: [String], environment: [String], input: [UInt8]?) throws(ExecutionError) {
        for word in arguments where word.utf8.contains(0) { throw .invalidArgument(word) }
        let output = try Pipe()
        let errors = try Pipe()
        try output.reading.makeNonblocking()
        try errors.reading.makeNonblocking()
        let source = try Self.source(of: input)
        var identifier: pid_t = 0
        let result = unsafe Self.withCStrings([path] + arguments) { arguments in
            unsafe Self.withCStrings(environment) { environment in
                unsafe clinux_spawn(
                    &identifier, path, arguments, environment, source, output.writing.number, errors.writing.number)
            }
        }
        if source >= 0 { Glibc.close(source) }
        switch result {
        case 0: break
        case E2BIG: throw .argumentsTooLong
        case EAGAIN, ENOMEM, EMFILE, ENFILE: throw .system(call: "posix_spawn", errno: result)
        default: throw .cannotExecute(path: path, errno: result)
        }
        let exit = clinux_pidfd_open(identifier)
        guard exit >= 0 else {
            let number = errno
            kill(-identifier, SIGKILL)
            _ = waitpid(identifier, nil, 0)
            throw .system(call: "pidfd_open", errno: number)
        }
        self.identifier = identifier
        self.output = output.reading
        self.errors = errors.reading
        self.exit = Descriptor(owning: exit)
    }

    /// Sends a signal to the whole group, only while the leader is not reaped, so that the group can be nobody else's.
    func signalGroup(_ signal: Int32) {
        kill(-identifier, signal)
    }

    /// Ends what is left of the group, then reaps the leader.
    ///
    /// In this order no grandchild survives: the unreaped leader keeps the group's identifier from being used again.
    /// - Returns: How the leader ended, or nil while it still runs.
    func reap() -> Termination.Status? {
        var code: Int32 = 0
        var status: Int32 = 0
        guard unsafe clinux_wait(identifier, 0, &code, &status) == 1 else { return nil }
        signalGroup(SIGKILL)
        guard unsafe clinux_wait(identifier, 1, &code, &status) == 1 else { return nil }
        return code == 0 ? .exited(status) : .signalled(status)
    }

    private static func source(of input: [UInt8]?) throws(ExecutionError) -> Int32 {
        guard let input else { return -1 }
        guard input.count <= inputLimit else { throw .inputTooLarge(bytes: input.count) }
        let pipe = try Pipe()
        try pipe.writing.write(input)
        let number = fcntl(pipe.reading.number, F_DUPFD_CLOEXEC, 3)
        guard number >= 0 else { throw .system(call: "fcntl", errno: errno) }
        return number
    }

    private static func withCStrings(
        _ words: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
    ) -> Int32 {
        var text: [CChar] = []
        var offsets: [Int] = []
        for word in words {
            offsets.append(text.count)
            text += word.utf8.map { CChar(bitPattern: $0) } + [0]
        }
        return unsafe text.withUnsafeMutableBufferPointer { text in
            guard let start = text.baseAddress else { return EINVAL }
            let pointers = unsafe offsets.map { unsafe start + $0 } + [nil]
            return unsafe pointers.withUnsafeBufferPointer { pointers in
                guard let first = pointers.baseAddress else { return EINVAL }
                return unsafe body(first)
            }
        }
    }
}
