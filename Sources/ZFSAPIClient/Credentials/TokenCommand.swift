internal import CLinux
internal import Foundation
internal import Glibc

/// A token that a program prints.
enum TokenCommand {
    private static let seconds = 30

    /// What the program prints.
    ///
    /// It has 30 seconds; what it says on standard error is shown to the user.
    static func run(_ words: [String]) throws(ClientError) -> String {
        guard let name = words.first, !name.isEmpty else {
            throw BearerToken.unusable("the token command is empty")
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["--"] + words
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        do {
            try process.run()
        } catch {
            throw BearerToken.unusable("\(name) can not be run")
        }
        guard let bytes = output(of: pipe.fileHandleForReading.fileDescriptor) else {
            process.terminate()
            process.waitUntilExit()
            throw BearerToken.unusable("\(name) printed no token within \(seconds) seconds")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0, process.terminationReason == .exit else {
            throw BearerToken.unusable(
                "\(name) ended with status \(process.terminationStatus); it must print the token and end with 0")
        }
        return try BearerToken.checked(bytes, from: "what \(name) printed")
    }

    /// What comes from a pipe until its end, or a little more than a token has; nil after the time.
    private static func output(of descriptor: Int32) -> [UInt8]? {
        let end = ContinuousClock.now + .seconds(seconds)
        var output: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 4096)
        while output.count <= BearerToken.longest {
            let left = end - ContinuousClock.now
            guard left > .zero else { return nil }
            guard clinux_poll(descriptor, 0, -1, -1, Int32(left.components.seconds * 1000 + 999)) != 0 else { continue }
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { break }
            output += bytes[..<count]
        }
        return output
    }
}
