import Glibc
import Yams

/// `config.yaml`: named connections, and which of them is the default one.
struct ProfileFile {
    private static let longest = 1 << 20

    private(set) var profiles: [(name: String, profile: Profile)] = []
    private(set) var standardName: String?

    /// What is in the file; nothing when there is none.
    static func load() throws(CommandFailure) -> ProfileFile {
        guard let folder = ConfigurationFolder.path else { return ProfileFile() }
        let path = folder + "/config.yaml"
        guard let text = try text(of: path) else { return ProfileFile() }
        return try ProfileFile(text)
    }

    /// The names of the profiles; none when the file can not be used.
    static var names: [String] { (try? load())?.profiles.map(\.name) ?? [] }

    private init() {}

    /// Reads a text; every key must be known.
    init(_ text: String) throws(CommandFailure) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw Self.wrong("\(error)")
        }
        // A file of comments alone has nothing.
        guard let root, root.null == nil else { return }
        guard let mapping = root.mapping else { throw Self.wrong("it is no mapping") }
        for (key, value) in mapping {
            switch key.string {
            case "default": standardName = value.scalar?.string
            case "profiles":
                guard let entries = value.mapping else { throw Self.wrong("profiles is no mapping") }
                for (name, node) in entries {
                    let name = name.string ?? ""
                    profiles.append((name, try Profile(node, name: name)))
                }
            default: throw Self.wrong("\(key.string ?? "a key") is unknown; there are default and profiles")
            }
        }
    }

    /// The profile of a name.
    func profile(_ name: String) throws(CommandFailure) -> Profile {
        guard let found = profiles.first(where: { $0.name == name }) else {
            throw CommandFailure(
                .configuration, "there is no profile \(name)", hint: "See: zfs-api profile list")
        }
        return found.profile
    }

    /// The default profile; an empty one when none is named.
    var standard: Profile {
        get throws(CommandFailure) { try standardName.map(profile) ?? Profile() }
    }

    static func wrong(_ message: String) -> CommandFailure {
        CommandFailure(.configuration, "config.yaml: \(message)")
    }

    private static func text(of path: String) throws(CommandFailure) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw CommandFailure(.configuration, "\(path) can not be read")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw CommandFailure(.configuration, "\(path) can not be read") }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
            guard bytes.count <= longest else { throw wrong("it is longer than 1 MiB") }
        }
    }
}
