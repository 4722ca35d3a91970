import AsyncZFSExecutor

/// Whether there is room where the daemon writes.
struct SpaceCheck: DoctorCheck {
    /// Less is what a few minutes of work can use up.
    private static let least: UInt64 = 16 << 20, little: UInt64 = 128 << 20

    let name = "space"
    /// Folders, and what is written there.
    let folders: [(path: String, use: String)]

    func findings() async -> [Finding] {
        await OwnThread.findings(of: name) { [self] in
            let found = folders.compactMap { folder in
                Self.existing(folder.path).flatMap(FreeSpace.init(at:)).map { judge($0, folder.path, folder.use) }
            }
            let faults = found.filter { $0.status != .ok }
            return faults.isEmpty ? Array(found.prefix(1)) : faults
        }
    }

    /// What the space that is left means.
    func judge(_ space: FreeSpace, _ path: String, _ use: String) -> Finding {
        if space.files == 0 { return .problem(name, "no file can be made any more at \(path)", "remove files there") }
        let message = "\(SystemText.size(space.bytes)) are free at \(path), for \(use)"
        let remedy = "make room there"
        if space.bytes < Self.least { return .problem(name, message, remedy) }
        return space.bytes < Self.little ? .warning(name, message, remedy) : .ok(name, message)
    }

    /// The folder, or the nearest above it that is there.
    private static func existing(_ path: String) -> String? {
        var path = path
        while (try? FileFacts(path)) == nil {
            guard path != "/", path != "." else { return nil }
            path = FileFacts.folder(of: path)
        }
        return path
    }
}
