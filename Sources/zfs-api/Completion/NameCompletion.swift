import ArgumentParser
import ZFSAPIClient

/// Names that are completed live: the shell asks, and the daemon is asked.
///
/// Without an answer in time there is none.
enum NameCompletion {
    private static let timeout = Duration.seconds(3)

    /// Pools.
    static let pools = CompletionKind.custom { words, _, _ in
        await names(words) { client throws(ClientError) in try await client.poolList().pools }
    }

    /// File systems and volumes.
    static let datasets = CompletionKind.custom { words, _, _ in
        await names(words) { client throws(ClientError) in try await client.datasetList().datasets }
    }

    /// Snapshots: first the datasets, then, behind `@`, those of one.
    static let snapshots = CompletionKind.custom { words, _, prefix in
        await names(words) { client throws(ClientError) in
            guard let sign = prefix.firstIndex(of: "@") else {
                let datasets = try await client.datasetList().datasets
                // Of a dataset that is complete the snapshots too.
                guard datasets.contains(prefix) else { return datasets.map { $0 + "@" } }
                let snapshots = try await client.snapshotList(dataset: prefix).snapshots
                return datasets.map { $0 + "@" } + snapshots.map { "\(prefix)@\($0)" }
            }
            let dataset = String(prefix[..<sign])
            return try await client.snapshotList(dataset: dataset).snapshots.map { "\(dataset)@\($0)" }
        }
    }

    /// Bookmarks: first the datasets, then, behind `#`, those of one.
    static let bookmarks = CompletionKind.custom { words, _, prefix in
        await names(words) { client throws(ClientError) in
            guard let sign = prefix.firstIndex(of: "#") else {
                return try await client.datasetList().datasets.map { $0 + "#" }
            }
            return try await client.bookmarkList(dataset: String(prefix[..<sign])).bookmarks
        }
    }

    /// Migrations.
    static let tasks = CompletionKind.custom { words, _, _ in
        await names(words) { client throws(ClientError) in try await client.migrationList().tasks.map(\.id) }
    }

    /// Methods of the API.
    static let methods = CompletionKind.custom { _, _, _ in MethodDeclaration.all.map(\.name) }

    private static func names(
        _ words: [String], _ body: (Client) async throws(ClientError) -> [String]
    ) async -> [String] {
        let result = await Result {
            var configuration = try connection(words).configuration()
            configuration.timeout = timeout
            configuration.retries = 0
            return try await Client.with(configuration) { try await body($0) }
        }
        // Shells expand what is completed, and who answers may be anybody.
        return ((try? result.get()) ?? []).filter { $0.utf8.allSatisfy(isPlain) }
    }

    /// Whether a byte may be in a name (zpool-create(8), zfs(8)), and means nothing to a shell.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_-.:/@#%".utf8.contains(byte)
        }
    }

    /// The options for the connection among the words of the line.
    private static func connection(_ words: [String]) throws -> ConnectionOptions {
        let options = ["--profile", "--address", "--token-file", "--ca-file"]
        var found: [String] = []
        for (index, word) in words.enumerated() {
            if options.contains(word), index + 1 < words.count { found += [word, words[index + 1]] }
            if options.contains(where: { word.hasPrefix($0 + "=") }) { found.append(word) }
        }
        return try ConnectionOptions.parse(found)
    }
}
