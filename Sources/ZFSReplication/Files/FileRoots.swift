public import AsyncZFSExecutor
internal import CLinux
internal import Glibc
public import ZFSCommandBuilder

/// The folders in which streams may be written to files and read from them.
///
/// A path is taken apart here, and the kernel resolves it below its root without following any link (`openat2(2)`, Linux
/// 5.6), so that nobody who may write there can lead it elsewhere, not even by swapping folders meanwhile.
public struct FileRoots: Sendable {
    private let roots: [[String]]
    private let tools: Tools?

    /// What files need besides folders.
    struct Tools: Sendable {
        let runner: any StreamRunner
        let digest: @Sendable () throws -> StreamDigest
    }

    /// Opens folders to streams.
    /// - Parameters:
    ///   - roots: The folders; they must be there when a file is. A link in the path of a root itself is followed.
    ///   - runner: Runs the programs that compress.
    ///   - digest: Makes a SHA-256 (FIPS 180-4) for one file.
    public init(
        _ roots: [AbsolutePath], runner: any StreamRunner, digest: @escaping @Sendable () throws -> StreamDigest
    ) {
        self.roots = roots.map { $0.text.split(separator: "/").map(String.init) }
        tools = roots.isEmpty ? nil : Tools(runner: runner, digest: digest)
    }

    /// No folder: every path is refused.
    public static let none = FileRoots()

    private init() {
        roots = []
        tools = nil
    }

    /// A path that lies below a root.
    struct Place: Sendable {
        /// The path as it was given, for messages.
        let path: String
        /// The absolute path of the root.
        let root: String
        /// The folder below the root, `.` for the root itself.
        let folder: String
        /// The name of the file.
        let name: String

        /// The path below the root.
        var relative: String { folder == "." ? name : "\(folder)/\(name)" }
    }

    /// Checks a path by its text alone.
    /// - Throws: `FileRefusal.disabled` or `notAllowed`.
    func place(of path: AbsolutePath) throws(FileRefusal) -> (place: Place, tools: Tools) {
        guard let tools else { throw .disabled }
        let text = path.text
        let names = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        for name in names {
            if name.isEmpty { throw .notAllowed(path: text, "it has an empty name, as in \"//\" or at its end") }
            if name == "." || name == ".." { throw .notAllowed(path: text, "it has the name \"\(name)\"") }
            if name.utf8.count > 255 {
                throw .notAllowed(path: text, "it has a name of \(name.utf8.count) bytes; 255 are allowed")
            }
        }
        guard let root = roots.filter({ names.starts(with: $0) }).max(by: { $0.count < $1.count }),
            names.count > root.count, let name = names.last
        else {
            throw .notAllowed(path: text, "it is not below one of the folders of files.roots")
        }
        if UnfinishedName.matches(name) { throw .notAllowed(path: text, "this name is for unfinished files") }
        let folder = names[root.count..<(names.count - 1)].joined(separator: "/")
        let place = Place(
            path: text, root: "/" + root.joined(separator: "/"), folder: folder.isEmpty ? "." : folder, name: name)
        return (place, tools)
    }
}

extension FileRoots.Place {
    /// Opens something by a call that resolves a path below the root.
    func open(
        _ relative: String, _ call: (_ root: Int32, _ path: UnsafePointer<CChar>) -> Int32
    ) throws(FileRefusal) -> Descriptor {
        let number = unsafe clinux_open_root(root)
        guard number >= 0 else { throw .system(call: "open", path: root, errno: errno) }
        let root = Descriptor(owning: number)
        defer { withExtendedLifetime(root) {} }
        // A rename beside it can make the kernel give up once (EAGAIN, openat2(2)).
        for _ in 0..<100 {
            let number = unsafe relative.withCString { unsafe call(root.number, $0) }
            if number >= 0 { return Descriptor(owning: number) }
            if errno != EAGAIN && errno != EINTR { break }
        }
        throw refusal("openat2")
    }

    /// What the error of a call means.
    func refusal(_ call: String) -> FileRefusal {
        switch errno {
        case ELOOP: .notAllowed(path: path, "a symbolic link is on the way")
        case EXDEV: .notAllowed(path: path, "it leads out of \(root)")
        case ENOENT: .notFound(path: path)
        case ENOTDIR: .notAllowed(path: path, "something on the way is no folder")
        case EISDIR: .notAllowed(path: path, "it is a folder")
        case ENXIO, ENODEV: .notAllowed(path: path, "it is no plain file")
        case let number: .system(call: call, path: path, errno: number)
        }
    }
}
