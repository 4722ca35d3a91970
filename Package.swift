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
    name: "zfs-apid",
    products: [
        .library(name: "ZFSCommandBuilder", targets: ["ZFSCommandBuilder"]),
        .library(name: "AsyncZFSExecutor", targets: ["AsyncZFSExecutor"]),
        .library(name: "ZFSRPC", targets: ["ZFSRPC"]),
        .executable(name: "zfs-apid", targets: ["zfs-apid"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "ZFSCommandBuilder", swiftSettings: strict),
        .target(name: "AsyncZFSExecutor", dependencies: ["CLinux", "ZFSCommandBuilder"], swiftSettings: strict),
        .target(
            name: "ZFSRPC",
            dependencies: ["CLinux", "AsyncZFSExecutor", "ZFSCommandBuilder"],
            swiftSettings: strict
        ),
        .target(
            name: "APIServer",
            dependencies: [
                "ZFSRPC",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "zfs-apid",
            dependencies: [
                "APIServer",
                "AsyncZFSExecutor",
                "CLinux",
                "ZFSRPC",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "APIServerTests",
            dependencies: [
                "APIServer",
                "ZFSRPC",
                "zfs-apid",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "ZFSCommandBuilderTests", dependencies: ["ZFSCommandBuilder"], swiftSettings: strict),
        .testTarget(
            name: "AsyncZFSExecutorTests",
            dependencies: ["AsyncZFSExecutor", "ZFSCommandBuilder"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ZFSRPCTests",
            dependencies: ["AsyncZFSExecutor", "ZFSCommandBuilder", "ZFSRPC"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["AsyncZFSExecutor", "ZFSCommandBuilder", "ZFSRPC"],
            swiftSettings: strict
        ),
    ]
)
