//! Commands as values, which are checked before anything runs.

import ZFSCommandBuilder

let home = try DatasetName("tank/home")
let command = ZFS.List([.dataset(home)], types: [.snapshot], recursive: true, columns: [.name, .used])
print(command.arguments)  // ["list", "-H", "-p", "-r", "-t", "snapshot", "-o", "name,used", "tank/home"]

do {
    _ = try DatasetName("tank/home; rm -r /")
} catch {
    print(error)
}
