extension FailureTable {
    /// Send and receive.
    static let streams: [FailureGroup] = [
        // libzfs_sendrecv.c, zfs_send_space, dump_ioctl, zfs_send_one; zfs_main.c, zfs_do_send
        .init(
            .badIncrementalSource, FailureGroup.anyAction + FailureGroup.line,
            "incremental source (%s) does not exist", "not an earlier snapshot from the same fs",
            "incremental source must be in same filesystem", "invalid incremental source",
            "zero-length incremental source"),
        .init(
            .badIncrementalSource, FailureGroup.line, "Error: multiple snapshots cannot be sent from a bookmark."),
        // A bookmark that does not exist: ESRCH of the kernel, which libzfs does not translate.
        .init(.badIncrementalSource, ["warning: cannot send '%s'"], "No such process"),
        .init(.readerGone, FailureGroup.anyAction, "Broken pipe"),
        .init(.quotaExceeded, FailureGroup.anyAction, "Disk quota exceeded"),
        // zfs_main.c, zfs_do_send and zfs_do_receive
        .init(
            .internalError, FailureGroup.line,
            "Error: Stream can not be written to a terminal.",
            "Error: Backup stream can not be read from a terminal."),
        .init(.unsupported, FailureGroup.line, "Error: Unsupported flag with filesystem or bookmark."),
        // libzfs_sendrecv.c, gather_nvlist
        .init(
            .needsRaw, ["cannot send %s"],
            "encrypted dataset %s may not be sent with properties without the raw flag"),
        // libzfs_sendrecv.c, zfs_send_resume_impl
        .init(
            .resumeInvalid, FailureGroup.anyAction,
            "resume token is corrupt%*", "'%s' is no longer the same snapshot used in the initial send",
            "'%s' used in the initial send no longer exists", "incremental source %s no longer exists"),
        .init(
            .needsLargeBlocks, FailureGroup.anyAction,
            "source snapshot contains large microzaps, need -L%*"),
        // libzfs_sendrecv.c, recv_read
        .init(.streamEmptyOrCut, receive, "failed to read from stream"),
        // libzfs_sendrecv.c, recv_ecksum_set_aux
        .init(.streamIncomplete, receive, "incomplete stream", "checksum mismatch or incomplete stream%*"),
        .init(.streamCorrupt, receive, "checksum mismatch"),
        // libzfs_sendrecv.c, zfs_receive_impl and zfs_receive_one
        .init(
            .streamInvalid, receive,
            "invalid stream (%*)", "invalid record type%*", "incorrect header checksum", "invalid backup stream",
            "stream has unsupported feature%*", "stream has deprecated feature%*"),
        .init(
            .destinationExists, receive,
            "destination '%s' exists", "destination has snapshots (eg. %s)", "destination '%s' is a clone",
            "destination %s is the root dataset", "destination has children (eg. %s)"),
        .init(.snapshotExists, ["cannot restore to %s"], "destination already exists"),
        .init(.destinationModified, receive, "destination %s has been modified"),
        .init(.incrementalMismatch, receive, "most recent snapshot of %s does not"),
        .init(
            .destinationNotFound, receive,
            "destination '%s' does not exist", "parent '%s' is not a filesystem",
            "local origin for clone %s does not exist"),
        .init(
            .resumeConflict, receive + ["cannot resume recv %s"],
            "destination %s contains partially-complete state from \"zfs receive -s\".",
            "Resuming recv on existing destination '%s'", "Resuming recv on existing dataset without force"),
        .init(
            .resumeConflict, FailureGroup.line,
            "'%s' does not have any resumable receive state to abort"),
        .init(.quotaExceeded, receive, "destination %s space quota exceeded."),
        .init(
            .encryptionMismatch, receive,
            "zfs receive -F cannot be used to destroy an encrypted filesystem or overwrite an unencrypted one with an "
                + "encrypted one",
            "encryption key does not match existing key",
            "cannot perform raw receive on top of existing unencrypted dataset",
            "IV set guid mismatch. %*", "IV set guid missing. %*",
            "incompatible embedded data stream feature with encrypted receive."),
    ]

    /// `cannot receive`, `cannot receive new filesystem stream`, `incremental stream` and `resume stream`.
    private static let receive = ["cannot receive%w"]
}
