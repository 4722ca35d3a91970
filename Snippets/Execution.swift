//! Commands that run, and what is known when one fails.

import AsyncZFSExecutor
import ZFSCommandBuilder

let executor = try Executor()
let home = try DatasetName("tank/home")
do {
    try await executor.run(ZFS.Snapshot([SnapshotName("tank/home@noon")]))
    for row in try await executor.run(ZFS.List([.dataset(home)], types: [.snapshot], columns: [.name, .used])) {
        print(row[0], row[1])
    }
} catch let error as CommandFailed {
    // A word to switch on, and the sentence of OpenZFS.
    print(error.failure.reason, error)
} catch {
    print("zfs could not be run:", error)
}
