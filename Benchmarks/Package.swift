// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "zfs-apid", path: "..")],
    targets: [
        .target(name: "BarePump"),
        .executableTarget(name: "bare-pump", dependencies: ["BarePump"]),
        .executableTarget(
            name: "pump-benchmark",
            dependencies: ["BarePump", .product(name: "AsyncZFSExecutor", package: "zfs-apid")],
            swiftSettings: strict
        ),
        .target(name: "BareSpawn"),
        .executableTarget(name: "bare-spawn", dependencies: ["BareSpawn"]),
        .executableTarget(
            name: "spawn-benchmark",
            dependencies: [
                "BareSpawn",
                .product(name: "AsyncZFSExecutor", package: "zfs-apid"),
                .product(name: "ZFSCommandBuilder", package: "zfs-apid"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(name: "stream-peer"),
    ]
)
