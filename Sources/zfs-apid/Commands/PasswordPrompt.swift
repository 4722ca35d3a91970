import Authentication
import Glibc

/// Reads a password from standard input: twice and without echo when that is a terminal, else one line.
enum PasswordPrompt {
    /// Longer than any method takes, so that the right error is said of a longer one.
    private static let limit = 4096

    static func read() throws(PasswordPromptError) -> SecretBytes {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let password = try line() else { throw .nothing }
            return password
        }
        let silence = TerminalSilence()
        defer { silence.end() }
        let first = try answer("Password: ")
        let second = try answer("Again: ")
        guard first.isEqual(to: second) else { throw .different }
        return first
    }

    private static func answer(_ question: String) throws(PasswordPromptError) -> SecretBytes {
        show(question)
        let answer = try line()
        // The newline that was typed is not echoed.
        show("\n")
        guard let answer else { throw .nothing }
        return answer
    }

    /// One line without its end; nil at the end of the input.
    private static func line() throws(PasswordPromptError) -> SecretBytes? {
        // All of it now: an array that grows leaves copies behind.
        var bytes = [UInt8](repeating: 0, count: limit)
        defer { SecretBytes.clear(&bytes) }
        var length = 0
        while true {
            // A signal may come to another thread than this one, so it looks now and then.
            var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let isReady = unsafe poll(&ready, 1, 100) > 0
            if let signal = TerminalSilence.signal { throw .interrupted(signal: signal) }
            guard isReady else { continue }
            // Byte by byte, so that what follows the line stays for others.
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress.map { unsafe $0 + length }, 1)
            }
            if count < 0, errno != EINTR { throw .unreadable }
            if count < 0 { continue }
            if count == 0 { return length == 0 ? nil : SecretBytes(bytes[..<length]) }
            if bytes[length] == UInt8(ascii: "\n") { return SecretBytes(bytes[..<length]) }
            length += 1
            if length == limit { throw .tooLong }
        }
    }

    private static func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// Why there is no password.
enum PasswordPromptError: Error, CustomStringConvertible {
    case nothing, different, tooLong, unreadable
    case interrupted(signal: Int32)

    var description: String {
        switch self {
        case .nothing: "no password was given"
        case .different: "the two passwords are not the same"
        case .interrupted: "interrupted"
        case .tooLong: "the password is too long"
        case .unreadable: "standard input cannot be read"
        }
    }
}
