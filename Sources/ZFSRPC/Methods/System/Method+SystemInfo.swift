internal import AsyncZFSExecutor
internal import Glibc
internal import ZFSCommandBuilder

extension Method {
    static let systemInfo = Method(
        "system_info", "Tells versions, host name and uptime of the service.", .viewer, scope: .open,
        result: .object([
            "version": .string(), "openzfs": .object(["userland": .string(), "kernel": .nullable(.string())]),
            "hostname": .string(), "uptime_seconds": .integer(), "features": .array(.string()),
        ])
    ) { call in
        let openzfs = try await call.runner.run(ZFS.Version())
        return .object([
            "version": .string(call.service.version),
            "openzfs": .object([
                "userland": .string(openzfs.userland), "kernel": openzfs.kernel.map { .string($0) } ?? .null,
            ]),
            "hostname": .string(hostName()),
            "uptime_seconds": .integer((ContinuousClock.now - call.service.started).components.seconds),
            "features": ["datasets", "snapshots", "bookmarks", "volumes", "pools", "ndjson_diff"],
        ])
    }
}

private func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
