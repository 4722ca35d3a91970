//! A snapshot is made, and given to another host.

import ZFSAPIClient

// snippet.connect
let configuration = ClientConfiguration(address: try ServiceAddress("unix:///run/zfs-apid/http.sock"))
// snippet.end

do {
    try await Client.with(configuration) { client in
        // snippet.migrate
        _ = try await client.snapshotCreate(dataset: "tank/home", name: "monday")
        let made = try await client.migrationCreate(
            source: "tank/home@monday", destination: "backup/home", remote: "nas.example")
        let task = try await client.wait(for: made.taskID) { print($0.status) }
        print(task.attempts)
        // snippet.end
    }
} catch let error as ClientError {
    // snippet.failure
    print(error.reason, error.isRetryable, error)
    // snippet.end
}
