import Testing
import ZFSCommandBuilder

@Suite struct FailureStreamTests {
    @Test(arguments: FailureStreamTests.sends)
    func `tells why a send failed`(expected: FailureCase) { check(expected) }

    @Test(arguments: FailureStreamTests.receives)
    func `tells why a receive failed`(expected: FailureCase) { check(expected) }

    @Test func `gives the token of a receive that can go on`() {
        let failure = CommandFailure(Self.resumable(token: "1-c740b4779-a8-789c636064"), arguments: ["receive"])
        #expect(failure.reason == .streamIncomplete)
        #expect(failure.resumeToken == "1-c740b4779-a8-789c636064")
        #expect(failure.message == "checksum mismatch or incomplete stream.")
    }

    @Test(arguments: [
        "1-c740b4779-a8-789c63606", "2-a-b-cc", "tank", "1-c740b4779-a8-" + String(repeating: "ab", count: 500),
    ])
    func `gives no token that is cut or malformed`(token: String) {
        let failure = CommandFailure(Self.resumable(token: token), arguments: ["receive"])
        #expect(failure.reason == .streamIncomplete)
        #expect(failure.resumeToken == nil)
    }

    @Test func `looks past the progress of a verbose send`() {
        let second = "12:00:00   1.20M   tank/a@x\n"
        let progress =
            "full send of tank/a@x estimated size is 1.00G\nTIME        SENT   SNAPSHOT tank/a@x\n"
            + String(repeating: second, count: 20_000)
        let failure = CommandFailure(progress + "warning: cannot send 'tank/a@x': Broken pipe\n", arguments: ["send"])
        #expect(failure.reason == .readerGone)
        #expect(failure.subject == "tank/a@x")
    }

    private func check(_ expected: FailureCase) {
        let failure = expected.failure
        #expect(failure.reason == expected.reason)
        #expect(failure.subject == expected.subject)
    }

    static func resumable(token: String) -> String {
        """
        cannot receive incremental stream: checksum mismatch or incomplete stream.
        Partially received snapshot is saved.
        A resuming stream can be generated on the sending system by running:
            zfs send -t \(token)

        """
    }

    static let sends: [FailureCase] = [
        .init(
            .badIncrementalSource, "t/a@y",
            "warning: cannot send 't/a@y': incremental source (@x) does not exist\n"),
        .init(
            .badIncrementalSource, "t/a@y",
            "warning: cannot estimate space for 't/a@y': not an earlier snapshot from the same fs\n"),
        .init(.badIncrementalSource, nil, "incremental source must be in same filesystem\n"),
        .init(.badIncrementalSource, nil, "invalid incremental source\n"),
        .init(.readerGone, "t/a@y", "warning: cannot send 't/a@y': Broken pipe\n"),
        .init(.noSpace, "t/a@y", "warning: cannot send 't/a@y': No space left on device\n"),
        .init(.quotaExceeded, "t/a@y", "warning: cannot send 't/a@y': Disk quota exceeded\n"),
        .init(
            .internalError, nil,
            "Error: Stream can not be written to a terminal.\nYou must redirect standard output.\n"),
        .init(
            .needsRaw, "t/a@y",
            "cannot send t/a@y: encrypted dataset t/a may not be sent with properties without the raw flag\n"),
        .init(.resumeInvalid, nil, "cannot resume send: resume token is corrupt (invalid format)\n"),
        .init(
            .resumeInvalid, "t/a@y",
            "cannot resume send: 't/a@y' is no longer the same snapshot used in the initial send\n"),
        .init(.resumeInvalid, "t/a@y", "cannot resume send: 't/a@y' used in the initial send no longer exists\n"),
        .init(.resumeInvalid, "0x1f", "cannot resume send: incremental source 0x1f no longer exists\n"),
        .init(
            .needsLargeBlocks, "t/a@y",
            "warning: cannot send 't/a@y': source snapshot contains large microzaps, need -L (--large-block) or -w "
                + "(--raw) to generate stream\n"),
        .init(.snapshotNotFound, "t/b@y", "cannot send t/b@y: snapshot t/b@y does not exist\n"),
        .init(.keyNotLoaded, "t/a@y", "warning: cannot send 't/a@y': source key must be loaded\n"),
    ]

    static let receives: [FailureCase] = [
        .init(.streamEmptyOrCut, nil, "cannot receive: failed to read from stream\n"),
        .init(.streamIncomplete, nil, "cannot receive new filesystem stream: incomplete stream\n"),
        .init(.streamCorrupt, nil, "cannot receive new filesystem stream: checksum mismatch\n"),
        .init(.streamInvalid, nil, "cannot receive: invalid stream (bad magic number)\n"),
        .init(.streamInvalid, nil, "cannot receive incremental stream: invalid backup stream\n"),
        .init(.streamInvalid, nil, "cannot receive: stream has unsupported feature, feature flags = 80000 (unknown)\n"),
        .init(
            .destinationExists, "b/a",
            "cannot receive new filesystem stream: destination 'b/a' exists\nmust specify -F to overwrite it\n"),
        .init(
            .destinationExists, "b/a@x",
            "cannot receive new filesystem stream: destination has snapshots (eg. b/a@x)\n"
                + "must destroy them to overwrite it\n"),
        .init(.snapshotExists, "b/a@x", "cannot restore to b/a@x: destination already exists\n"),
        .init(
            .destinationModified, "b/a",
            "cannot receive incremental stream: destination b/a has been modified\nsince most recent snapshot\n"),
        .init(
            .incrementalMismatch, "b/a",
            "cannot receive incremental stream: most recent snapshot of b/a does not\nmatch incremental source\n"),
        .init(.destinationNotFound, "b/a", "cannot receive incremental stream: destination 'b/a' does not exist\n"),
        .init(.destinationNotFound, "b/v", "cannot receive new filesystem stream: parent 'b/v' is not a filesystem\n"),
        .init(
            .destinationNotFound, "b/a@x",
            "cannot receive: local origin for clone b/a@x does not exist\n"),
        .init(
            .resumeConflict, "b/a",
            "cannot receive incremental stream: destination b/a contains partially-complete state from "
                + "\"zfs receive -s\".\n"),
        .init(
            .resumeConflict, "b/a",
            "cannot resume recv b/a: Resuming recv on existing dataset without force\n"),
        .init(.resumeConflict, "b/a", "'b/a' does not have any resumable receive state to abort\n"),
        .init(.quotaExceeded, "b/a", "cannot receive new filesystem stream: destination b/a space quota exceeded.\n"),
        .init(
            .encryptionMismatch, nil,
            "cannot receive new filesystem stream: zfs receive -F cannot be used to destroy an encrypted filesystem "
                + "or overwrite an unencrypted one with an encrypted one\n"),
        .init(
            .encryptionMismatch, nil,
            "cannot receive incremental stream: encryption key does not match existing key\n"),
        .init(
            .encryptionMismatch, nil,
            "cannot receive incremental stream: IV set guid mismatch. See the 'zfs receive' man page section\n"
                + " discussing the limitations of raw encrypted send streams.\n"),
    ]
}

@Suite struct FailureOfSSHTests {
    @Test(
        arguments: [
            (255, "Host key verification failed.\n", FailureReason.hostKeyRefused),
            (
                255,
                "No ED25519 host key is known for [nas]:22 and you have requested strict checking.\r\nHost key verification failed.\r\n",
                .hostKeyRefused
            ),
            (255, "root@nas: Permission denied (publickey).\r\n", .hostLoginRefused),
            (255, "ssh: connect to host nas port 22: Connection refused\r\n", .hostUnreachable),
            (255, "cannot receive: Permission denied (2)\nTimeout, server nas not responding.\r\n", .hostUnreachable),
            (255, "", .hostUnreachable),
            (127, "env: 'zfs': No such file or directory\n", .zfsUnavailable),
            // The program's own.
            (1, "cannot open 'tank/a': dataset does not exist\n", nil),
            (2, "Host key verification failed.\n", nil),
        ] as [(Int32, String, FailureReason?)])
    func `tells how a host was not reached`(status: Int32, text: String, reason: FailureReason?) throws {
        let failure = CommandFailure(
            reaching: try SSHHost("nas"), status: .exited(status), standardError: Array(text.utf8))
        #expect(failure?.reason == reason)
        if let failure {
            #expect(failure.subject == "nas")
            #expect(!failure.message.isEmpty && !failure.message.contains("x0d"))
        }
        #expect(CommandFailure(reaching: try SSHHost("nas"), status: .signalled(9), standardError: []) == nil)
    }
}
