import AsyncZFSExecutor
import Glibc
import Storage
import ZFSRPC

/// Whether the file of tokens, sessions and tasks is whole.
///
/// A copy is opened as the daemon opens the file itself: whether it is ours, of which version, and whole; so nothing is
/// changed, whether a daemon uses it or not.
struct StoreCheck: DoctorCheck {
    /// A larger file would take too long.
    private static let largest: UInt64 = 256 << 20
    /// The write-ahead log has what is not in the file yet; the third file is made from it.
    private static let endings = ["-wal"]

    let name = "store"
    /// The file.
    let path: String
    let scratch: ScratchFolder

    func findings() async -> [Finding] {
        let prepared = await OwnThread.value(of: prepare)
        switch prepared {
        case .finding(let finding)?: return [finding]
        case .copy(let copy, let size)?: return [await open(copy, size: size)]
        case nil: return [.problem(name, "the system gives no thread to look with", "see ulimit -u")]
        }
    }

    private enum Prepared: Sendable {
        case finding(Finding)
        case copy(String, size: UInt64)
    }

    @Sendable private func prepare() -> Prepared {
        let facts: FileFacts
        do {
            facts = try FileFacts(path)
        } catch {
            guard error.isMissing else { return .finding(unreadable(path, error.number)) }
            return .finding(.ok(name, "\(path) is not there yet; the daemon makes it"))
        }
        let log = (try? FileFacts(path + "-wal").size) ?? 0
        let size = facts.size + log
        guard size <= Self.largest else {
            return .finding(
                .warning(
                    name, "\(path) has \(SystemText.size(size)), too much to look into here",
                    "GET /ready of the daemon tells whether it works"))
        }
        guard let folder = scratch.path, let space = FreeSpace(at: folder), space.bytes > 2 * size + (1 << 20) else {
            return .finding(
                .warning(
                    name, "\(path) was not looked into, for there is no room for a copy of it in /var/tmp or /tmp",
                    "make room there"))
        }
        let copy = folder + "/transfers.sqlite"
        switch SteadyCopy.copy(path, endings: Self.endings, to: copy) {
        case .done: return .copy(copy, size: size)
        case .unsteady:
            return .finding(.ok(name, "\(path) is being written at this moment, so a daemon can use it"))
        case .failed(let path, let number): return .finding(unreadable(path, number))
        }
    }

    private func open(_ copy: String, size: UInt64) async -> Finding {
        let store = SQLiteTransferStore(path: copy, node: "doctor")
        let finding: Finding
        do {
            try await store.check()
            finding = .ok(name, "\(path) is whole (\(SystemText.size(size)))")
        } catch {
            finding = .problem(name, error.description.replacing(copy, with: path), nil)
        }
        await store.close()
        return finding
    }

    private func unreadable(_ path: String, _ number: Int32) -> Finding {
        .problem(
            name, "\(path) cannot be read: \(SystemText.sentence(number))",
            "run this as the user of the daemon or as root, and look at the owner and the mode of the file")
    }
}
