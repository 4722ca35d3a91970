internal import Glibc
internal import Synchronization

/// A real `redis-server` with a folder and a port of its own.
public final class RedisServer: Sendable {
    /// Where `redis-server` is, if it is installed.
    public static let program: String? = {
        let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/redis-server" }.first { unsafe access($0, X_OK) == 0 }
    }()

    /// What to say when ``program`` is nil.
    public static let absence = "redis-server is not installed"

    /// The port on 127.0.0.1.
    public let port: Int
    /// The Unix socket it listens on as well.
    public var socketPath: String { folder.file("redis.sock") }
    private let folder: TemporaryFolder
    private let arguments: [String]
    private let process = Mutex<pid_t?>(nil)

    private init(arguments: [String]) throws {
        folder = try TemporaryFolder()
        port = try LoopbackPort.free()
        self.arguments = arguments
    }

    /// Runs `body` with a server, which is ended afterwards whatever happens.
    ///
    /// - Parameters:
    ///   - arguments: Options for `redis-server`.
    ///   - isStarted: Whether it runs already when `body` begins.
    public static func with<Result>(
        _ arguments: [String] = [], isStarted: Bool = true, body: (RedisServer) async throws -> Result
    ) async throws -> Result {
        let server = try RedisServer(arguments: arguments)
        defer { server.stop() }
        if isStarted { try await server.start() }
        return try await body(server)
    }

    /// Starts the server and waits until its port is open.
    public func start() async throws {
        guard let program = Self.program else { throw RedisServerError(reason: Self.absence) }
        let options = [
            program, "--port", "\(port)", "--bind", "127.0.0.1", "--unixsocket", socketPath, "--dir", folder.path,
            "--logfile", folder.file("log"), "--save", "", "--appendonly", "no", "--daemonize", "no",
        ]
        let pid = try Self.spawn(program, options + arguments)
        process.withLock { $0 = pid }
        for _ in 0..<1000 {
            if LoopbackPort.isOpen(port) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw RedisServerError(reason: "it does not open its port")
    }

    /// Kills the server.
    public func stop() {
        let pid = process.withLock { pid in
            defer { pid = nil }
            return pid
        }
        guard let pid else { return }
        kill(pid, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }

    /// Makes the server hang, as it is connected but does nothing.
    public func hang() {
        signal(SIGSTOP)
    }

    /// Ends the hanging.
    public func wake() {
        signal(SIGCONT)
    }

    private func signal(_ number: Int32) {
        process.withLock { if let pid = $0 { kill(pid, number) } }
    }

    /// Starts a process in a process group of its own, without a terminal.
    private static func spawn(_ program: String, _ words: [String]) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        // Sockets of NIO are not closed on exec: a server would keep connections of other tests open. That a number is
        // no descriptor is no error here (posix_spawn_file_actions_addclose(3)).
        for descriptor: Int32 in 3..<1024 {
            unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var vector: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe vector.indices { unsafe free(vector[index]) } }
        var pid: pid_t = 0
        let result = unsafe posix_spawn(&pid, program, &actions, &attributes, &vector, environ)
        guard result == 0 else { throw RedisServerError(reason: "it cannot be started: errno \(result)") }
        return pid
    }
}

/// A server that a test needs cannot be had.
public struct RedisServerError: Error {
    /// Why.
    public let reason: String
}
