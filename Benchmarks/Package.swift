// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "zfs-apid", path: "..")],
    targets: [
        .target(name: "BareSpawn"),
        .executableTarget(name: "bare-spawn", dependencies: ["BareSpawn"]),
        .executableTarget(
            name: "spawn-benchmark",
            dependencies: [
                "BareSpawn",
                .product(name: "AsyncZFSExecutor", package: "zfs-apid"),
                .product(name: "ZFSCommandBuilder", package: "zfs-apid"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .strictMemorySafety(),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ]
        ),
    ]
)
