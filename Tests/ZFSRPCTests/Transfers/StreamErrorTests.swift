import AsyncZFSExecutor
import Testing
import ZFSCommandBuilder
import ZFSReplication

@testable import ZFSRPC

@Suite struct StreamErrorTests {
    @Test func `an interrupted receive says how to go on`() throws {
        let text = "cannot receive new filesystem stream: incomplete stream\n"
        let failure = CommandFailure(
            program: .zfs, arguments: ["receive", "-s", "tank/a"], status: .exited(1), standardError: Array(text.utf8))
        let state = ResumeState(
            token: try ResumeToken("1-abc-b8-789c"), snapshot: try SnapshotName("far/b@s"), toGUID: .max, fromGUID: nil,
            bytesReceived: 4711)
        let error = RPCError(of: ReplicationError.interrupted(failure, state), failureCode: .receiveFailed)
        #expect(error.code == .receiveFailed)
        #expect(error.reason == "stream_incomplete")
        #expect(!error.isRetryable)
        let details: JSONValue = .object([
            "resume_token": "1-abc-b8-789c", "snapshot": "far/b@s", "to_guid": "18446744073709551615",
            "from_guid": .null, "bytes_received": 4711,
        ])
        #expect(error.details == details)
    }

    @Test func `each cause has its code and reason`() throws {
        let snapshot = try SnapshotName("tank/a@s")
        let causes: [(any Error, RPCError.Code, String)] = [
            (ReplicationError.foreignResumeToken("x"), .sendFailed, "resume_token_foreign"),
            (ReplicationError.unreadableResumeToken, .sendFailed, "resume_invalid"),
            (ReplicationError.snapshotReplaced(snapshot), .snapshotNotFound, "snapshot_not_found"),
            (ReplicationError.originNotFound(.snapshot(snapshot)), .sendFailed, "bad_incremental_source"),
            (ReplicationError.receiveRuns(snapshot.dataset), .conflict, "busy"),
            (ReplicationError.nothingReceived(snapshot.dataset), .conflict, "nothing_received"),
            (StreamError.sourceFailed(errno: 104), .receiveFailed, "stream_incomplete"),
            (StreamError.sinkFailed(errno: 32), .receiveFailed, "reader_gone"),
            (StreamError.sinkFailed(errno: 28), .receiveFailed, "no_space"),
            (StreamError.tooLong(limit: 5), .receiveFailed, "byte_limit"),
            (StreamError.stalled(.pool, seconds: 600), .timedOut, "stalled"),
            (StreamError.tooMany(limit: 128), .unavailable, "overloaded"),
            (FileRefusal.disabled, .notAllowed, "files_disabled"),
            (FileRefusal.exists(path: "/x"), .conflict, "file_exists"),
            (FileRefusal.notAllowed(path: "/x", "y"), .invalidValue, "path_not_allowed"),
            (FileRefusal.programMissing("zstd"), .unavailable, "program_missing"),
            (FileRefusal.system(call: "write", path: "/x", errno: 28), .receiveFailed, "no_space"),
        ]
        for (cause, code, reason) in causes {
            let error = RPCError(of: cause, failureCode: .receiveFailed)
            #expect(error.code == code, "\(cause)")
            #expect(error.reason == reason, "\(cause)")
        }
    }
}
