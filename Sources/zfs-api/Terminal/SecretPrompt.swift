import Glibc
import Synchronization

/// Reads a secret from standard input: without echo when that is a terminal, else one line.
enum SecretPrompt {
    private static let limit = 4096
    private static let signals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
    private static let caught = Atomic<Int32>(0)

    /// Asks for a secret that nothing knows yet: twice on a terminal, for what was mistyped could not be read again.
    static func readNew(_ question: String) throws(CommandFailure) -> String {
        let secret = try read(question)
        guard isatty(STDIN_FILENO) == 1 else { return secret }
        guard try read("Again: ") == secret else {
            throw CommandFailure(.usage, "the two are not the same; nothing was done")
        }
        return secret
    }

    /// Asks.
    /// - Parameter question: What is shown on a terminal.
    static func read(_ question: String) throws(CommandFailure) -> String {
        guard isatty(STDIN_FILENO) == 1 else { return try line() }
        StandardError.write(question)
        // A signal that would end the process is kept, so that the terminal is put right first.
        caught.store(0, ordering: .relaxed)
        for number in signals {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { SecretPrompt.caught.store($0, ordering: .relaxed) }
            unsafe sigaction(number, &action, nil)
        }
        var settings = termios()
        unsafe tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            for number in signals { Glibc.signal(number, SIG_DFL) }
            // The line end that was typed is not echoed.
            StandardError.write("\n")
        }
        return try line()
    }

    private static func line() throws(CommandFailure) -> String {
        var bytes: [UInt8] = []
        while bytes.count < limit {
            var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let isReady = unsafe poll(&ready, 1, 100) > 0
            guard caught.load(ordering: .relaxed) == 0 else { throw CommandFailure(.cancelled, "interrupted") }
            guard isReady else { continue }
            // Byte by byte, so that what follows the line stays for others.
            var byte: UInt8 = 0
            let count = unsafe Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure(.usage, "standard input can not be read") }
            if count == 0 || byte == UInt8(ascii: "\n") {
                guard !bytes.isEmpty else { throw CommandFailure(.usage, "nothing was given on standard input") }
                // JSON could not carry it, and another one must not be taken for it.
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw CommandFailure(.usage, "what was given is not UTF-8")
                }
                return text
            }
            bytes.append(byte)
        }
        throw CommandFailure(.usage, "the line is longer than \(limit) bytes")
    }
}
