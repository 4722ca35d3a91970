internal import CLinux
internal import Glibc

/// A child process in a process group of its own, from its spawn to its reaping.
///
/// The child has descriptors 0 to 2 only, every signal at its default, and exactly the given environment.
final class ChildProcess: Sendable {
    /// Its process identifier, which is that of its group too.
    let identifier: Int32
    /// The reading end of its standard error; never blocks.
    let errors: Descriptor
    /// Becomes readable when the process ends.
    let exit: Descriptor

    /// The most that is written to standard input: what a pipe takes before anybody reads.
    static let inputLimit = 65536

    /// Spawns a process.
    /// - Parameters:
    ///   - image: The program.
    ///   - input: Its standard input; nil is `/dev/null`.
    ///   - output: Its standard output. Both must block: to `zfs` an end that would block is an error of the pool.
    /// - Throws: `ExecutionError.cannotExecute`, `.invalidArgument`, `.argumentsTooLong`, or `.system`.
    init(_ image: ProcessImage, input: Descriptor?, output: Descriptor) throws(ExecutionError) {
        for word in image.arguments where word.utf8.contains(0) { throw .invalidArgument(word) }
        let errors = try Pipe()
        try errors.reading.makeNonblocking()
        var identifier: pid_t = 0
        let result = unsafe Self.withCStrings([image.file] + image.arguments) { arguments in
            unsafe Self.withCStrings(image.environment) { environment in
                unsafe clinux_spawn(
                    &identifier, image.file, arguments, environment, input?.number ?? -1, output.number,
                    errors.writing.number)
            }
        }
        switch result {
        case 0: break
        case E2BIG: throw .argumentsTooLong
        case EAGAIN, ENOMEM, EMFILE, ENFILE: throw .system(call: "posix_spawn", errno: result)
        default: throw .cannotExecute(path: image.file, errno: result)
        }
        let exit = clinux_pidfd_open(identifier)
        guard exit >= 0 else {
            let number = errno
            kill(-identifier, SIGKILL)
            _ = waitpid(identifier, nil, 0)
            throw .system(call: "pidfd_open", errno: number)
        }
        self.identifier = identifier
        self.errors = errors.reading
        self.exit = Descriptor(owning: exit)
    }

    /// Spawns a process that reads `input`, and gives the reading end of its standard output, which never blocks.
    /// - Throws: As `init`, and `ExecutionError.inputTooLarge`.
    static func start(_ image: ProcessImage, input: [UInt8]?) throws(ExecutionError) -> (ChildProcess, Descriptor) {
        let output = try Pipe()
        try output.reading.makeNonblocking()
        let child = try ChildProcess(image, input: try source(of: input), output: output.writing)
        return (child, output.reading)
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

    private static func source(of input: [UInt8]?) throws(ExecutionError) -> Descriptor? {
        guard let input else { return nil }
        guard input.count <= inputLimit else { throw .inputTooLarge(bytes: input.count) }
        let pipe = try Pipe()
        try pipe.writing.write(input)
        return pipe.reading
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
