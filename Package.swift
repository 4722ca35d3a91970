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
        .library(name: "ZFSAPIClient", targets: ["ZFSAPIClient"]),
        .executable(name: "zfs-api", targets: ["zfs-api"]),
        .executable(name: "zfs-apid", targets: ["zfs-apid"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        .target(name: "CLinux"),
        .systemLibrary(name: "CCrypt"),
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "COpenSSL"),
        .target(name: "ZFSCommandBuilder", swiftSettings: strict),
        .target(name: "AsyncZFSExecutor", dependencies: ["CLinux", "ZFSCommandBuilder"], swiftSettings: strict),
        .target(
            name: "ZFSReplication",
            dependencies: ["CLinux", "AsyncZFSExecutor", "ZFSCommandBuilder"],
            swiftSettings: strict
        ),
        .target(
            name: "ZFSRPC",
            dependencies: ["CLinux", "AsyncZFSExecutor", "ZFSCommandBuilder", "ZFSReplication"],
            swiftSettings: strict
        ),
        .target(
            name: "Authentication",
            dependencies: [
                "AsyncZFSExecutor", "CCrypt", "CLinux", "COpenSSL", "RateLimiting", "ZFSCommandBuilder", "ZFSRPC",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Redis",
            dependencies: [
                "CHiredis",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(name: "RateLimiting", dependencies: ["Redis"], swiftSettings: strict),
        .target(
            name: "Observability",
            dependencies: [
                "AsyncZFSExecutor", "CLinux", "ZFSRPC", .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Storage",
            dependencies: [
                "CLinux", "Redis", "ZFSRPC", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "APIServer",
            dependencies: [
                "AsyncZFSExecutor",
                "CLinux",
                "RateLimiting",
                "ZFSReplication",
                "ZFSRPC",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "ZFSAPIClient",
            dependencies: [
                "CLinux",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "zfs-api",
            dependencies: [
                "ZFSAPIClient",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "zfs-apid",
            dependencies: [
                "APIServer",
                "AsyncZFSExecutor",
                "Authentication",
                "CLinux",
                "Observability",
                "RateLimiting",
                "Redis",
                "Storage",
                "ZFSCommandBuilder",
                "ZFSReplication",
                "ZFSRPC",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
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
                "AsyncZFSExecutor",
                "Authentication",
                "RateLimiting",
                "TestSupport",
                "ZFSCommandBuilder",
                "ZFSReplication",
                "ZFSRPC",
                "zfs-apid",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ZFSAPIClientTests", dependencies: ["TestSupport", "ZFSAPIClient"], swiftSettings: strict),
        .testTarget(
            name: "ZFSAPICommandTests",
            dependencies: [
                "TestSupport", "ZFSAPIClient", "zfs-api", "zfs-apid",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "AuthenticationTests",
            dependencies: ["Authentication", "RateLimiting", "TestSupport", "ZFSCommandBuilder", "ZFSRPC"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ObservabilityTests",
            dependencies: [
                "Observability",
                "ZFSCommandBuilder",
                "ZFSRPC",
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "TestSupport",
            dependencies: ["AsyncZFSExecutor", "CLinux", "ZFSCommandBuilder", "ZFSReplication", "ZFSRPC"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RateLimitingTests",
            dependencies: ["RateLimiting", "Redis", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RedisTests",
            dependencies: [
                "Redis",
                "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ZFSReplicationTests",
            dependencies: ["AsyncZFSExecutor", "TestSupport", "ZFSCommandBuilder", "ZFSReplication"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Redis", "Storage", "TestSupport", "ZFSRPC", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "ZFSCommandBuilderTests", dependencies: ["ZFSCommandBuilder"], swiftSettings: strict),
        .testTarget(
            name: "AsyncZFSExecutorTests",
            dependencies: ["AsyncZFSExecutor", "TestSupport", "ZFSCommandBuilder"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ZFSRPCTests",
            dependencies: ["AsyncZFSExecutor", "TestSupport", "ZFSCommandBuilder", "ZFSReplication", "ZFSRPC"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "AsyncZFSExecutor", "Observability", "TestSupport", "ZFSCommandBuilder", "ZFSReplication", "ZFSRPC",
            ],
            swiftSettings: strict
        ),
    ]
)
