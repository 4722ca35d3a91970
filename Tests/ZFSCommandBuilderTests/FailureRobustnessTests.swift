import Testing
import ZFSCommandBuilder

@Suite struct FailureRobustnessTests {
    @Test(arguments: [
        FailureCase(
            .datasetNotFound, "tank/x: permission denied",
            "cannot open 'tank/x: permission denied': dataset does not exist\n"),
        .init(
            .permissionDenied, "a@x: dataset does not exist",
            "cannot open 'a@x: dataset does not exist': permission denied\n"),
        .init(
            .busy, "a@x: permission denied",
            "cannot destroy snapshot a@x: permission denied: dataset is busy\n"),
        .init(
            .destinationModified, "b/x space quota exceeded.",
            "cannot receive incremental stream: destination b/x space quota exceeded. has been modified\n"),
        .init(
            .resilvering, "tank: permission denied", "cannot scrub tank: permission denied: currently resilvering\n",
            .zpool),
        .init(
            .operationFailed, "t/a",
            "cannot create 't/a': new text of some release\ncannot open 'b': permission denied\n"),
        .init(.operationFailed, nil, "cannot mount '/mnt\ncannot open 'x': permission denied': busy\n"),
        .init(.operationFailed, nil, "note: permission denied is a fine name\n"),
    ])
    func `is not steered by names`(expected: FailureCase) {
        let failure = expected.failure
        #expect(failure.reason == expected.reason)
        #expect(failure.subject == expected.subject)
    }

    @Test func `lists the names that follow`() {
        let failure = CommandFailure(
            """
            cannot destroy 'tank/a': filesystem has children
            use '-r' to destroy the following datasets:
            tank/a/b
            tank/a/c d: e@x
            tank/b/%recv

            """)
        #expect(failure.reason == .hasChildren)
        #expect(failure.message == "filesystem has children")
        #expect(failure.names == ["tank/a/b", "tank/a/c d: e@x", "tank/b/%recv"])
    }

    @Test func `lists snapshots up to the note that there are more`() {
        let failure = CommandFailure(
            """
            cannot rollback to 'tank/a@1': more recent snapshots or bookmarks exist
            use '-r' to force deletion of the following snapshots and bookmarks:
            tank/a@2
            tank/a#3
            Output limited to 2 snapshots/bookmarks

            """)
        #expect(failure.names == ["tank/a@2", "tank/a#3"])
    }

    @Test func `lists at most 100 names`() {
        let names = (0..<5000).map { "tank/a/\($0)\n" }.joined()
        let failure = CommandFailure(
            "cannot destroy 'tank/a': filesystem has children\nuse '-r' to destroy the following datasets:\n" + names)
        #expect(failure.reason == .hasChildren)
        #expect(failure.names.count == 100)
        #expect(failure.names.last == "tank/a/99")
    }

    @Test func `gives no names without a list`() {
        #expect(CommandFailure("cannot open 'tank/a': dataset does not exist\ntank/b\n").names.isEmpty)
    }

    @Test(arguments: ["create", "clone"])
    func `says that the file system is there although the mount failed`(subcommand: String) {
        let text = "cannot mount '/x': Insufficient privileges\nfilesystem successfully created, but not mounted\n"
        #expect(CommandFailure(text, arguments: [subcommand, "tank/x"]).reason == .createdNotMounted)
        #expect(CommandFailure(text, arguments: ["mount", "tank/x"]).reason == .permissionDenied)
    }

    @Test func `finds the error after warnings and usage before`() {
        let failure = CommandFailure("Warning: something odd\n\ncannot open 'tank/a': dataset does not exist\nusage:\n")
        #expect(failure.reason == .datasetNotFound)
    }

    @Test func `takes an abort after an internal error for a failure`() {
        let failure = CommandFailure(
            program: .zfs, arguments: ["list"], status: .signalled(6),
            standardError: Array("internal error: cannot open 'tank': Unknown error 1045\n".utf8))
        #expect(failure.reason == .operationFailed)
        #expect(failure.message == "internal error: cannot open 'tank': Unknown error 1045")
    }

    @Test func `tells the end by a signal`() {
        let ends: [(Int32, Program, FailureReason)] = [
            (9, .zfs, .killedBySignal), (13, .zfs, .readerGone), (13, .zpool, .killedBySignal),
        ]
        for (signal, program, reason) in ends {
            let failure = CommandFailure(
                program: program, arguments: ["send"], status: .signalled(signal),
                standardError: Array("cannot open 'tank/a': dataset does not exist\n".utf8))
            #expect(failure.reason == reason)
            #expect(failure.message == "signal \(signal) ended the program")
        }
    }

    @Test(arguments: ["", "\n\n", "   \n"])
    func `says the status when the program says nothing`(text: String) {
        let failure = CommandFailure(text)
        #expect(failure.reason == .operationFailed)
        #expect(failure.message == "the program ended with status 1 and said nothing")
        #expect(failure.subject == nil)
    }

    @Test func `replaces invalid UTF-8 and shows control characters`() {
        let failure = CommandFailure(
            program: .zfs, arguments: ["mount"], status: .exited(1),
            standardError: Array("cannot mount '/a".utf8) + [0xFF, 0x1B] + Array("[31m': directory is not empty\n".utf8)
        )
        #expect(failure.reason == .mountDirectoryNotEmpty)
        #expect(failure.subject == "/a\u{FFFD}\\x1b[31m")
        #expect(!failure.standardError.unicodeScalars.contains("\u{1B}"))
    }

    @Test(arguments: [
        "x", "\n", "cannot open 'tank", "cannot ", "warning: progress of tank/a@x\n", "a: b: c: d: e: ",
        "cannot destroy snapshot tank/a: ",
    ])
    func `bounds a flood`(unit: String) {
        let flood = String(repeating: unit, count: 1_000_000 / unit.utf8.count)
        let failure = CommandFailure(flood)
        #expect(failure.reason == .operationFailed)
        #expect(failure.standardError.utf8.count <= 33 * 1024)
        #expect(failure.message.utf8.count <= 2100)
    }

    @Test func `finds the error at either end of a flood`() {
        let error = "cannot open 'tank/a': dataset does not exist\n"
        let long = String(repeating: String(repeating: "noise ", count: 200) + "\n", count: 900)
        #expect(CommandFailure(error + long).reason == .datasetNotFound)
        #expect(CommandFailure(long + error).reason == .datasetNotFound)
    }

    @Test func `never lists a name that was cut`() {
        let child = "tank/a/" + String(repeating: "n", count: 240)
        let text = "cannot destroy 'tank/a': filesystem has children\nuse '-r' to destroy the following datasets:\n"
        let failure = CommandFailure(text + String(repeating: child + "\n", count: 4000))
        #expect(!failure.names.isEmpty)
        #expect(failure.names.allSatisfy { $0 == child })
    }

    @Test func `has words of one form, and retries only what passes by itself`() {
        for reason in FailureReason.allCases {
            #expect(reason.rawValue.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F })
        }
        #expect(FailureReason.busy.isRetryable)
        #expect(!FailureReason.poolSuspended.isRetryable)
        #expect(!FailureReason.timeout.isRetryable)
        #expect(!FailureReason.noSpace.isRetryable)
    }
}
