internal import CLinux
internal import Dispatch
internal import Foundation
internal import Glibc

/// A token that a program prints.
enum TokenCommand {
    /// What the program prints.
    ///
    /// What it says on standard error is shown to the user.
    /// - Parameters:
    ///   - words: The program and its arguments.
    ///   - seconds: How long it may take until it has ended.
    static func run(_ words: [String], within seconds: Int = 30) throws(ClientError) -> String {
        guard let name = words.first, !name.isEmpty else {
            throw BearerToken.unusable("the token command is empty")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["--"] + words
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        let end = DispatchTime.now() + .seconds(seconds)
        do {
            try process.run()
        } catch {
            throw BearerToken.unusable("\(name) can not be run")
        }
        let bytes = output(of: pipe.fileHandleForReading.fileDescriptor, until: end)
        // Whoever still prints does not wait for a reader.
        try? pipe.fileHandleForReading.close()
        guard let bytes, ended.wait(timeout: end) == .success else {
            stop(process, ended)
            throw BearerToken.unusable("\(name) did not print a token and end within \(seconds) seconds")
        }
        guard process.terminationStatus == 0, process.terminationReason == .exit else {
            throw BearerToken.unusable(
                "\(name) ended with status \(process.terminationStatus); it must print the token and end with 0")
        }
        return try BearerToken.checked(bytes, from: "what \(name) printed")
    }

    /// What comes from a pipe until its end, or a little more than a token has; nil after the time.
    private static func output(of descriptor: Int32, until end: DispatchTime) -> [UInt8]? {
        var output: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 4096)
        while output.count <= BearerToken.longest {
            let now = DispatchTime.now()
            guard now < end else { return nil }
            let milliseconds = (end.uptimeNanoseconds - now.uptimeNanoseconds) / 1_000_000 + 1
            guard clinux_poll(descriptor, 0, -1, -1, Int32(milliseconds)) != 0 else { continue }
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { break }
            output += bytes[..<count]
        }
        return output
    }

    /// Ends a program, also one that ignores SIGTERM.
    private static func stop(_ process: Process, _ ended: DispatchSemaphore) {
        process.terminate()
        if ended.wait(timeout: .now() + .seconds(1)) == .success { return }
        kill(process.processIdentifier, SIGKILL)
        _ = ended.wait(timeout: .now() + .seconds(1))
    }
}
