import Testing

@testable import zfs_apid

/// What the tests of the configuration share.
enum ConfigurationSamples {
    /// A bcrypt hash in form; no password is known for it.
    static let hash = "$2b$12$" + String(repeating: ".", count: 53)

    /// Loads a text as the file `f`, with an environment and flags.
    static func load(
        _ text: String,
        environment: [String: String] = [:],
        flags: [ConfigurationOverride] = []
    ) throws(ConfigurationError) -> DaemonConfiguration {
        let sources = ConfigurationSources(path: "f", environment: environment, flags: flags) { _ in text }
        return try sources.load()
    }

    /// The faults of a text as lines; empty when it has none.
    static func faults(_ text: String, environment: [String: String] = [:]) -> [String] {
        do {
            _ = try load(text, environment: environment)
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    /// The text of a file of the repository.
    static func repositoryFile(_ path: String) throws -> String {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try ConfigurationFile.read("/\(root)/\(path)")
    }
}
