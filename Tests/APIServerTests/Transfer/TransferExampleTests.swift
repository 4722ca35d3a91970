import APIServer
import AsyncZFSExecutor
import Glibc
import TestSupport
import Testing
import ZFSRPC

/// The clients of Docs/examples, against the real server.
@Suite(.timeLimit(.minutes(2))) struct TransferExampleTests {
    enum Client: String, CaseIterable, Sendable {
        case python = "transfer.py"
        case bash = "transfer.sh"

        var program: String? {
            switch self {
            case .python: nil
            case .bash: "socat"
            }
        }

        func place(_ place: TransferClient.Place) -> String {
            switch (self, place) {
            case (.python, .tcp(let port)): "127.0.0.1:\(port)"
            case (.python, .unix(let path)): path
            case (.bash, .tcp(let port)): "TCP:127.0.0.1:\(port)"
            case (.bash, .unix(let path)): "UNIX-CONNECT:\(path)"
            }
        }
    }

    private static let error = RPCError(.sendFailed, "io_error", "the disk is on fire")

    @Test(arguments: Client.allCases) func `fetches and puts by token`(client: Client) async throws {
        guard await Self.isThere(client.program) else { return }
        let bytes = StreamStub.bytes(2_500_001)
        let received = Box<[UInt8]>([])
        let stub: @Sendable () -> StubReplicator = {
            StreamStub.both(sending: bytes) { received.value = $0 }
        }
        try await TransferServer.runOnEach(stub) { server in
            let folder = try TemporaryFolder()
            let command = "\(Self.path(client.rawValue))"
            let place = client.place(server.place)
            try folder.write(try await server.token(to: .send) + "\n", to: "token")
            #expect(await Self.run("\(command) fetch \(place) <token >stream 2>log", in: folder) == 0)
            #expect(Self.contents(folder.file("stream")) == bytes)

            try folder.write(try await server.token(to: .receive) + "\n", to: "token")
            #expect(await Self.run("\(command) put \(place) <stream 3<token 2>log", in: folder) == 0)
            #expect(received.value == bytes)
        }
    }

    @Test(arguments: Client.allCases) func `ends with an error when the daemon tells of one`(
        client: Client
    ) async throws {
        guard await Self.isThere(client.program) else { return }
        let stub: @Sendable () -> StubReplicator = {
            StreamStub.both(sending: StreamStub.bytes(1000), failing: Self.error) { _ in }
        }
        try await TransferServer.runOnEach(stub) { server in
            let folder = try TemporaryFolder()
            let command = "\(Self.path(client.rawValue))"
            let place = client.place(server.place)
            try folder.write(try await server.token(to: .send) + "\n", to: "token")
            #expect(await Self.run("\(command) fetch \(place) <token >stream 2>log", in: folder) == 1)
            #expect(try folder.read("log").contains("the disk is on fire"))
            // The token is used.
            #expect(await Self.run("\(command) fetch \(place) <token >stream 2>log", in: folder) == 1)
            #expect(try folder.read("log").contains("token_invalid"))

            try folder.write(try await server.token(to: .receive) + "\n", to: "token")
            let put = "head -c 20000000 /dev/zero | \(command) put \(place) 3<token 2>log"
            #expect(await Self.run(put, in: folder) == 1)
            #expect(try folder.read("log").contains("the disk is on fire"))
        }
    }

    @Test func `speaks the header protocol in Python`() async throws {
        let bytes = StreamStub.bytes(500_001)
        let received = Box<[UInt8]>([])
        let stub: @Sendable () -> StubReplicator = { StreamStub.both(sending: bytes) { received.value = $0 } }
        try await TransferServer.runOnEach(stub) { server in
            let folder = try TemporaryFolder()
            let command = "\(Self.path("transfer.py"))"
            let place = Client.python.place(server.place)
            #expect(await Self.run("\(command) fetch-direct \(place) tank/a s >stream 2>log", in: folder) == 0)
            #expect(Self.contents(folder.file("stream")) == bytes)
            #expect(await Self.run("\(command) put-direct \(place) tank/b <stream 2>log", in: folder) == 0)
            #expect(received.value == bytes)
            #expect(await Self.run("\(command) fetch-direct \(place) tank//a s >stream 2>log", in: folder) == 1)
        }
    }

    private static func path(_ name: String) -> String {
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/Docs/examples/" + name
    }

    private static func isThere(_ program: String?) async -> Bool {
        guard let program else { return true }
        let isThere = await run("command -v \(program) >/dev/null", in: nil) == 0
        if !isThere { print("skipped: \(program) is not installed") }
        return isThere
    }

    /// Runs a line of the shell beside the tasks; gives its exit status.
    private static func run(_ line: String, in folder: TemporaryFolder?) async -> Int32 {
        let text = "cd \(folder?.path ?? "/") && \(line)"
        return await withCheckedContinuation { continuation in
            let result = OwnThread.start {
                let status = unsafe system(text)
                continuation.resume(returning: status & 0x7F == 0 ? status >> 8 & 0xFF : -1)
            }
            if result != 0 { continuation.resume(returning: -1) }
        }
    }

    private static func contents(_ path: String) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }
}
