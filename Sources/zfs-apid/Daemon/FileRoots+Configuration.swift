import AsyncZFSExecutor
import Authentication
import ZFSCommandBuilder
import ZFSReplication

extension FilesConfiguration {
    /// The folders as the methods use them, with libcrypto's digest.
    func fileRoots(runner: any StreamRunner) throws -> FileRoots {
        FileRoots(try roots.map { root in try AbsolutePath(root) }, runner: runner) {
            let digest = try RunningDigest256()
            return StreamDigest(add: { try digest.add($0) }, finish: { try digest.finish() })
        }
    }
}
