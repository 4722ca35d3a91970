import Foundation
import TestSupport

/// A daemon that runs for a test, with a state of its own and a port that the kernel chooses.
final class DaemonProcess: Sendable {
    let folder: TemporaryFolder
    /// Of the API.
    let address: String
    private let identifier: Int32

    /// Where the API is at a Unix socket.
    var unix: String { "unix://\(folder.file("http.sock"))" }

    /// Starts it, and waits until it listens.
    /// - Parameter more: More lines of its configuration.
    init(_ more: String = "") async throws {
        folder = try TemporaryFolder()
        try folder.write(
            """
            server:
              http: {port: 0}
              tcp: {enabled: false}
              unix_http: {path: \(folder.file("http.sock"))}
            state_dir: \(folder.file("state"))
            logging: {level: notice}
            \(more)

            """, to: "config.yaml")
        try folder.write("", to: "log")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "\(Program.folder)/zfs-apid")
        process.arguments = ["serve", "--config", folder.file("config.yaml")]
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardOutput = FileHandle(forWritingAtPath: folder.file("log"))
        process.standardError = FileHandle(forWritingAtPath: folder.file("log"))
        try process.run()
        identifier = process.processIdentifier
        address = try await Self.address(folder)
    }

    deinit {
        kill(identifier, SIGTERM)
        for name in TemporaryFolder.names(in: folder.file("state")) { folder.remove("state/\(name)") }
    }

    private static func address(_ folder: TemporaryFolder) async throws -> String {
        for _ in 0..<600 {
            let log = try folder.read("log")
            let lines = log.split(separator: "\n").filter { $0.contains("listening") && $0.contains("for=HTTP host=") }
            if let port = lines.first?.split(separator: " ").first(where: { $0.hasPrefix("port=") }) {
                return "http://127.0.0.1:\(port.dropFirst(5))"
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw TestError("the daemon did not start: \(try folder.read("log"))")
    }
}
