import Glibc
import Logging
import TestSupport
import Testing

@testable import APIServer

@Suite(.timeLimit(.minutes(1))) struct UnixListenerTests {
    private func expectHealth(at path: String) async throws {
        try await RawConnection.run(unix: path) { connection in
            try await connection.send(Request.get("/health"))
            let status = try await connection.answer()?.status
            #expect(status == 200)
        }
    }

    private func failure(_ listener: UnixListener) async -> String {
        let service = HTTPService(
            listener: .unix(listener),
            application: TestServer.application(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            try await service.run()
            return "none"
        } catch {
            return "\(error)"
        }
    }

    private func status(of path: String) -> stat {
        var status = stat()
        _ = unsafe lstat(path, &status)
        return status
    }

    /// Leaves a socket at the path that nobody listens on, as a killed daemon does.
    private func leaveSocket(at path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    @Test(arguments: [0o660, 0o600, 0o666] as [UInt32])
    func `answers on a socket with its mode, and leaves only the lock behind`(mode: UInt32) async throws {
        try await TemporaryFolder.run { folder in
            let path = folder + "/http.sock"
            try await TestServer.run(listener: .unix(UnixListener(path: path, mode: mode))) { port, _ in
                #expect(port == 0)
                try await expectHealth(at: path)
                #expect(status(of: path).st_mode == S_IFSOCK | mode)
                #expect(TemporaryFolder.names(in: folder) == ["http.sock", "http.sock.lock"])
            }
            #expect(TemporaryFolder.names(in: folder) == ["http.sock.lock"])
            #expect(status(of: path + ".lock").st_mode == S_IFREG | 0o600)
        }
    }

    @Test func `gives the socket to a group`() async throws {
        let group = unsafe getgrgid(getegid()).map { unsafe String(cString: $0.pointee.gr_name) }
        let name = try #require(group)
        try await TemporaryFolder.run { folder in
            let path = folder + "/http.sock"
            try await TestServer.run(listener: .unix(UnixListener(path: path, group: name))) { _, _ in
                #expect(status(of: path).st_gid == getegid())
            }
            let text = await failure(UnixListener(path: path, group: "no-such-group"))
            #expect(text.contains("there is no group no-such-group"))
        }
    }

    @Test func `a second server on the path refuses and the first goes on`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder + "/http.sock"
            try await TestServer.run(listener: .unix(UnixListener(path: path))) { _, _ in
                let text = await failure(UnixListener(path: path))
                #expect(text == "cannot listen on \(path): another zfs-apid serves it")
                try await expectHealth(at: path)
            }
        }
    }

    @Test func `refuses a path where another program listens`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder + "/http.sock"
            try await TestServer.run(listener: .unix(UnixListener(path: path))) { _, _ in
                #expect(unsafe rename(path, folder + "/other") == 0)
                // The lock guards the first name, so only the question to the socket can tell.
                let text = await failure(UnixListener(path: folder + "/other"))
                #expect(text.contains("another program listens there"))
                try await expectHealth(at: folder + "/other")
            }
            #expect(TemporaryFolder.names(in: folder) == ["http.sock.lock", "other", "other.lock"])
        }
    }

    @Test func `replaces a socket that a killed server left`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder + "/http.sock"
            leaveSocket(at: path)
            // What a kill between two steps leaves, too.
            #expect(unsafe mkdir(path + ".new", 0o755) == 0)
            leaveSocket(at: path + ".new/socket")
            try await TestServer.run(listener: .unix(UnixListener(path: path))) { _, _ in
                try await expectHealth(at: path)
                #expect(TemporaryFolder.names(in: folder) == ["http.sock", "http.sock.lock"])
            }
        }
    }

    @Test func `leaves alone what is not a socket of its own`() async throws {
        try await TemporaryFolder.run { folder in
            let file = folder + "/file"
            close(unsafe open(file, O_CREAT | O_WRONLY, 0o600))
            #expect(await failure(UnixListener(path: file)).contains("not a socket"))
            #expect(status(of: file).st_mode & S_IFMT == S_IFREG)
            let link = folder + "/link"
            leaveSocket(at: folder + "/target")
            #expect(unsafe symlink(folder + "/target", link) == 0)
            #expect(await failure(UnixListener(path: link)).contains("not a socket"))
            #expect(status(of: link).st_mode & S_IFMT == S_IFLNK)
            #expect(await failure(UnixListener(path: folder)).contains("not a socket"))
            let linkedLock = folder + "/locked"
            #expect(unsafe symlink(file, linkedLock + ".lock") == 0)
            #expect(await failure(UnixListener(path: linkedLock)).contains("could not open \(linkedLock).lock"))
        }
    }

    @Test func `takes a path of 107 bytes and says that 108 are too many`() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder + "/" + String(repeating: "s", count: 107 - folder.utf8.count - 1)
            // The client of these tests takes shorter paths only, and gets one by a link.
            let link = folder + "/link"
            #expect(unsafe symlink(path, link) == 0)
            try await TestServer.run(listener: .unix(UnixListener(path: path))) { _, _ in
                try await expectHealth(at: link)
            }
            let text = await failure(UnixListener(path: path + "s"))
            #expect(text.contains("at most 107 bytes, this one has 108"))
        }
    }

    @Test(arguments: ["relative.sock", "", "/", "/tmp/folder/"])
    func `wants an absolute path`(path: String) async {
        #expect(await failure(UnixListener(path: path)).contains("a socket needs an absolute path"))
    }

    @Test func `wants the folder to exist`() async {
        let text = await failure(UnixListener(path: "/tmp/zfs-apid-no-such-folder/socket"))
        #expect(text.hasSuffix("its folder does not exist; create it"))
    }

    @Test func `knows the process at the other end`() throws {
        var ends: [Int32] = [-1, -1]
        #expect(unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { for end in ends { close(end) } }
        let credentials = try #require(PeerCredentials(ofSocket: ends[0]))
        #expect(credentials == PeerCredentials(pid: getpid(), uid: geteuid(), gid: getegid()))
        let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(other) }
        #expect(PeerCredentials(ofSocket: other) == nil)
    }
}
