import AsyncZFSExecutor
import Foundation

/// A folder with a scripted `zfs` and `zpool`, gone when the last user is.
final class FakeZFS: Sendable {
    let folder: URL

    init(_ script: String) throws {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/fake-zfs")
        folder = FileManager.default.temporaryDirectory.appending(path: "fake-zfs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["zfs", "zpool"] {
            try FileManager.default.copyItem(at: fixture, to: folder.appending(path: name))
        }
        try script.write(to: folder.appending(path: "fake-zfs.script"), atomically: true, encoding: .utf8)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// An executor that finds the scripted programs first.
    func executor(_ change: (inout ExecutorConfiguration) -> Void = { _ in }) throws -> Executor {
        var configuration = ExecutorConfiguration(path: [folder.path(), "/usr/bin", "/bin"])
        change(&configuration)
        return try Executor(configuration)
    }

    /// What each run wrote about itself, one text a run.
    func runs() throws -> [String] {
        guard let text = try? String(contentsOf: folder.appending(path: "fake-zfs.record"), encoding: .utf8) else {
            return []
        }
        return text.components(separatedBy: "run ").dropFirst().map { $0 }
    }
}
