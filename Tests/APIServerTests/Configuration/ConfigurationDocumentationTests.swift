import Testing

@testable import zfs_apid

@Suite struct ConfigurationDocumentationTests {
    @Test func `the default file without its comment signs is the defaults`() throws {
        let text = try ConfigurationSamples.repositoryFile("Packaging/config.yaml")
        #expect(try ConfigurationSamples.load(text) == DaemonConfiguration())
        let uncommented = Self.uncommented(text)
        #expect(uncommented.count > text.split(separator: "\n").count / 3)
        let configuration = try ConfigurationSamples.load(uncommented.joined(separator: "\n"))
        #expect(configuration == DaemonConfiguration())
    }

    @Test func `the default file has every key`() throws {
        let text = try ConfigurationSamples.repositoryFile("Packaging/config.yaml")
        let present = Self.keys(of: Self.uncommented(text)) + Self.examples(text).flatMap(Self.keys)
        let missing = Set(DaemonConfiguration.keys).subtracting(present)
        #expect(missing == [])
    }

    @Test func `the examples of the default file are valid`() throws {
        let text = try ConfigurationSamples.repositoryFile("Packaging/config.yaml")
        let examples = Self.examples(text)
        #expect(examples.count == 2)
        for example in examples {
            let socket = "server: {unix_http: {path: /s}}\n"
            #expect(ConfigurationSamples.faults(socket + example.joined(separator: "\n")) == [])
        }
    }

    @Test func `the reference has a row for every key, with its default`() throws {
        let text = try ConfigurationSamples.repositoryFile("Docs/configuration.md")
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let keys = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
        let documented = keys.filter { !$0.hasPrefix("ZFS_API") && !$0.hasSuffix("_DIRECTORY") }
        #expect(documented == DaemonConfiguration.keys)
    }

    @Test func `the reference says what a reload takes over`() throws {
        let text = try ConfigurationSamples.repositoryFile("Docs/configuration.md")
        for setting in Setting.all where DaemonConfiguration.keys.contains(setting.key) {
            let row = text.split(separator: "\n").first { $0.hasPrefix("| `\(setting.key)`") }
            let cells = row?.split(separator: "|").map { $0.filter { $0 != " " } }
            #expect(cells?.last == (setting.effect == .reload ? "reload" : "restart"), "\(setting.key)")
        }
    }

    @Test func `the reference shows the errors that a broken file has`() throws {
        let text = try ConfigurationSamples.repositoryFile("Docs/configuration.md")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let blocks = lines.drop { $0 != "## Errors" }.split { $0.hasPrefix("```") }.map { $0.joined(separator: "\n") }
        try #require(blocks.count > 3)
        let sources = ConfigurationSources(path: "bad.yaml", environment: [:]) { _ in blocks[1] }
        let error = #expect(throws: ConfigurationError.self) { try sources.load() }
        #expect(error?.description == blocks[3])
    }

    @Test func `the settings are the keys of the file and the secrets of the environment`() {
        let settings = Set(Setting.all.map(\.key))
        let keys = Set(DaemonConfiguration.keys.compactMap { $0.split(separator: "[").first.map(String.init) })
        #expect(settings.subtracting(keys) == ["auth.secret_key", "auth.token"])
        #expect(keys.subtracting(settings) == [])
        #expect(settings.count == Setting.all.count)
    }

    /// The lines of settings, uncommented, and those of sections.
    private static func uncommented(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let indentation = line.prefix { $0 == " " }
            let rest = line.dropFirst(indentation.count)
            guard rest.hasPrefix("#") else { return String(line) }
            let setting = rest.dropFirst()
            return setting.first == " " || setting.isEmpty ? nil : String(indentation + setting)
        }
    }

    /// The blocks of comment lines that are indented by three more, each below the section it is in.
    private static func examples(_ text: String) -> [[String]] {
        var section = ""
        var blocks: [[String]] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isExample = line.hasPrefix("  #   ")
            if isExample {
                if !isInside { blocks.append([section]) }
                blocks[blocks.count - 1].append("  " + line.dropFirst(6))
            } else if line.first?.isLetter == true {
                section = String(line)
            }
            isInside = isExample
        }
        return blocks
    }

    /// The dotted keys of lines that are indented by two for each level.
    private static func keys(of lines: [String]) -> [String] {
        var path: [String] = []
        return lines.compactMap { line in
            var rest = line.drop { $0 == " " }
            var level = (line.count - rest.count) / 2
            if rest.hasPrefix("- ") {
                rest = rest.dropFirst(2)
                path = path.prefix(level) + ["[]"]
                level += 1
            }
            guard let name = rest.split(separator: ":").first else { return nil }
            path = path.prefix(level) + [String(name)]
            return path.reduce("") { $0 + ($1 == "[]" || $0.isEmpty ? $1 : "." + $1) }
        }
    }
}
