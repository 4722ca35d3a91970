import AsyncZFSExecutor
import CLinux
import Glibc
import NIOCore
import Synchronization

/// Connections that wait for a request without a channel: a socket each, and what came of the request.
///
/// A channel with its handlers and its task takes 20 KB and more. A crowd of connections that ask for nothing, or for
/// something a byte a second, waits here instead. One whose request is there leaves, and gets a channel again.
///
/// ## Concurrency model
/// Event loops add; a thread reads from the sockets and says which are ready; one mutex guards what there is. Nothing that
/// can wait is done under it.
final class ParkedConnections: Sendable {
    /// One connection.
    struct Connection: Sendable {
        let socket: ParkedSocket
        let peer: Peer
        let admitted: AdmittedConnection
        /// Requests that it carried.
        let requestsServed: Int
        /// What came of a request.
        var begun: [UInt8]
        /// Whether the head of it is whole.
        var waitsForBody: Bool
        /// When it is closed.
        var deadline: NIODeadline
    }

    private struct State {
        /// Bounded by the connections that may be open.
        var connections: [UInt64: Connection] = [:]
        var nextKey: UInt64 = 1
        var isClosed = false
    }

    private static let readBytes = 4096
    /// How often deadlines are looked at, in milliseconds.
    private static let tick: Int32 = 1000

    private let headerTimeout: TimeAmount
    /// How much longer a body may take than a head.
    private let timeForBody: TimeAmount
    /// A longer head is for the parser to refuse.
    private let headBytes: Int
    private let bodyBytes: Int
    private let epoll: Int32
    private let wakeup: Descriptor
    private let state = Mutex(State())
    private let continuation: AsyncStream<Connection>.Continuation
    /// Those whose request is there, each once.
    let ready: AsyncStream<Connection>

    private init(limits: HTTPLimits, epoll: Int32, wakeup: Descriptor) {
        headerTimeout = TimeAmount(limits.headerTimeout)
        timeForBody = TimeAmount(limits.requestTimeout - limits.headerTimeout)
        bodyBytes = limits.bodyBytes
        headBytes = limits.longestHead
        self.epoll = epoll
        self.wakeup = wakeup
        (ready, continuation) = AsyncStream.makeStream(of: Connection.self)
    }

    deinit {
        Glibc.close(epoll)
    }

    /// Starts the thread.
    static func start(limits: HTTPLimits) throws(ExecutionError) -> ParkedConnections {
        let epoll = clinux_epoll_create()
        guard epoll >= 0 else { throw .system(call: "epoll_create1", errno: errno) }
        let number = clinux_eventfd()
        guard number >= 0 else {
            Glibc.close(epoll)
            throw .system(call: "eventfd", errno: errno)
        }
        let parked = ParkedConnections(limits: limits, epoll: epoll, wakeup: Descriptor(owning: number))
        guard clinux_epoll_add_edge(epoll, number, 0) == 0 else { throw .system(call: "epoll_ctl", errno: errno) }
        let result = OwnThread.start { parked.loop() }
        guard result == 0 else { throw .system(call: "pthread_create", errno: result) }
        return parked
    }

    /// How many wait.
    var count: Int { state.withLock { $0.connections.count } }

    /// Takes a connection; after ``close()`` it is closed.
    func add(_ connection: Connection) {
        let key = state.withLock { state -> UInt64? in
            guard !state.isClosed else { return nil }
            defer { state.nextKey += 1 }
            state.connections[state.nextKey] = connection
            return state.nextKey
        }
        guard let key else { return connection.admitted.end() }
        // What is there already counts as news.
        if clinux_epoll_add_edge(epoll, connection.socket.number, key) != 0 { end(key) }
    }

    /// Closes all, and ends the thread and ``ready``.
    func close() {
        let connections = state.withLock { state in
            state.isClosed = true
            defer { state.connections = [:] }
            return state.connections
        }
        for connection in connections.values { connection.admitted.end() }
        continuation.finish()
        var one: UInt64 = 1
        _ = unsafe Glibc.write(wakeup.number, &one, 8)
    }

    private func loop() {
        var keys = [UInt64](repeating: 0, count: 64)
        var buffer = [UInt8](repeating: 0, count: Self.readBytes)
        var nextLook = NIODeadline.now()
        while !state.withLock({ $0.isClosed }) {
            let count = unsafe clinux_epoll_wait_any(epoll, &keys, Int32(keys.count), Self.tick)
            for key in keys.prefix(max(0, Int(count))) where key != 0 { read(key, &buffer) }
            let now = NIODeadline.now()
            if nextLook <= now {
                nextLook = now + .milliseconds(Int64(Self.tick))
                let late = state.withLock { state in state.connections.filter { $0.value.deadline <= now }.map(\.key) }
                for key in late { end(key) }
            }
        }
    }

    /// Takes all that is there of one connection.
    private func read(_ key: UInt64, _ buffer: inout [UInt8]) {
        guard var connection = state.withLock({ $0.connections[key] }) else { return }
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe recv(connection.socket.number, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT))
            }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                // A client that has ended its side sends nothing any more.
                if count == 0 || errno != EAGAIN { return end(key) }
                break
            }
            if connection.begun.isEmpty { connection.deadline = .now() + headerTimeout }
            connection.begun += buffer[..<count]
            guard
                let missing = BegunRequest.missingPart(
                    of: connection.begun, longestBody: bodyBytes, longestHead: headBytes),
                missing == .body || connection.begun.count <= headBytes
            else { return leave(key, connection) }
            if missing == .body, !connection.waitsForBody {
                connection.waitsForBody = true
                connection.deadline = connection.deadline + timeForBody
            }
        }
        let read = connection
        state.withLock { state in
            if state.connections[key] != nil { state.connections[key] = read }
        }
    }

    private func leave(_ key: UInt64, _ connection: Connection) {
        guard remove(key) != nil else { return }
        if case .enqueued = continuation.yield(connection) { return }
        connection.admitted.end()
    }

    private func end(_ key: UInt64) {
        remove(key)?.admitted.end()
    }

    /// Takes a connection out; nil when somebody else did, who has it then.
    @discardableResult private func remove(_ key: UInt64) -> Connection? {
        guard let connection = state.withLock({ $0.connections.removeValue(forKey: key) }) else { return nil }
        clinux_epoll_remove(epoll, connection.socket.number)
        return connection
    }
}
