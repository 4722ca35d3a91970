import Glibc
import Synchronization

/// A folder for copies, which only this user can enter, and which is removed with what is in it.
///
/// ## Concurrency
/// A mutex guards the path: a check that comes too late makes no folder any more.
final class ScratchFolder: Sendable {
    private enum State { case none, made(String), removed }

    private let state = Mutex(State.none)

    /// The folder, made at the first call below /var/tmp or else /tmp; nil when that cannot be done.
    var path: String? {
        state.withLock { state in
            switch state {
            case .made(let path): return path
            case .removed: return nil
            case .none:
                for place in ["/var/tmp", "/tmp"] {
                    var template = Array("\(place)/zfs-apid-doctor.XXXXXX".utf8CString)
                    guard unsafe mkdtemp(&template) != nil else { continue }
                    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
                    state = .made(path)
                    return path
                }
                return nil
            }
        }
    }

    /// Removes it for good.
    func remove() {
        state.withLock { state in
            if case .made(let path) = state {
                for name in SmallFile.names(in: path) { unsafe unlink("\(path)/\(name)") }
                unsafe rmdir(path)
            }
            state = .removed
        }
    }
}
