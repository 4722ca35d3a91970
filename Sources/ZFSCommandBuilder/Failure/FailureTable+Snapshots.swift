extension FailureTable {
    /// Rollback, holds, clones, mounts, scrubs and diffs.
    static let snapshots: [FailureGroup] = [
        // zfs_main.c, rollback_check; libzfs_dataset.c, zfs_rollback
        .init(
            .newerSnapshots, ["cannot rollback to '%s'", "cannot rollback '%s'"],
            "more recent snapshots or bookmarks exist",
            "there is a snapshot or bookmark more recent than '%s'"),
        .init(.hasClones, ["cannot rollback to '%s'", "cannot rollback '%s'"], "clones of previous snapshots exist"),
        // libzfs_util.c, EZFS_REFTAG_HOLD and EZFS_TAGTOOLONG; zfs_main.c, zfs_do_hold_rele_impl
        .init(.tagExists, FailureGroup.anyAction, "tag already exists on this dataset"),
        .init(.tagInvalid, FailureGroup.anyAction, "tag too long"),
        .init(.tagInvalid, FailureGroup.line, "tag may not start with '.'"),
        .init(.snapshotNotFound, FailureGroup.line, "'%s' is not a snapshot"),
        .init(.tagNotFound, FailureGroup.anyAction, "no such tag on this dataset"),
        // libzfs_dataset.c, zfs_clone
        .init(.crossPool, FailureGroup.anyAction, "source and target pools differ"),
        // zfs_main.c, share_mount_one and unshare_unmount; libzfs_mount.c, zfs_mount_at
        .init(.mountAlreadyMounted, mount, "filesystem already mounted"),
        .init(.mountNotMounted, mount, "not currently mounted", "not a mountpoint"),
        .init(.mountDirectoryNotEmpty, mount, "directory is not empty"),
        .init(.mountLegacy, mount, "legacy mountpoint"),
        .init(.mountNoMountpoint, mount, "no mountpoint set"),
        .init(.mountCanmountOff, mount, "'canmount' property is set to 'off'"),
        .init(.mountPartialReceive, mount, "Contains partially-completed state from \"zfs receive -%*"),
        .init(.mountFailed, mount, "mount failed", "unmount failed", "failed to create mountpoint: %*"),
        // libzfs_util.c, EZFS_SCRUBBING and its neighbours; libzfs_pool.c, zpool_scan
        .init(
            .scrubRunning, scrub,
            "currently scrubbing; use 'zpool scrub -s' to cancel %*", "scrub is paused; use 'zpool scrub' to resume%*",
            "currently error scrubbing; use 'zpool scrub -s' to cancel %*", "error scrub is paused; %*"),
        .init(.resilvering, FailureGroup.anyAction, "currently resilvering", "currently sequentially resilvering"),
        .init(.noScrub, FailureGroup.anyAction, "there is no active scrub"),
        // libzfs_diff.c; the permission stands on the second line, after an empty reason
        .init(
            .permissionDenied, ["Unable to obtain diffs"],
            "\n   The %* privilege or diff delegated permission is needed"),
        .init(
            .permissionDenied, FailureGroup.line,
            "The %* privilege or diff delegated permission is needed",
            "The diff delegated permission is needed in order"),
        .init(.diffFailed, ["Unable to obtain diffs"], "\n   Not an earlier snapshot from the same fs", "%*"),
        // libzfs_diff.c, get_mountpoint: the cause that follows is that of a wrong type
        .init(.notMounted, ["Cannot diff an unmounted snapshot"], "%*"),
        .init(.notMounted, FailureGroup.line, "Cannot diff an unmounted snapshot"),
        .init(.diffFailed, ["Not an earlier snapshot from the same fs"], "%*"),
        .init(.diffFailed, ["Badly formed snapshot name %s", "Unable to determine which snapshots to compare"], "%*"),
        .init(.diffFailed, ["Unable to determine path or stats for object %s in %s"], "%*"),
        .init(
            .diffFailed, FailureGroup.line,
            "Not an earlier snapshot from the same fs",
            "Badly formed snapshot name %s"),
    ]

    private static let mount = ["cannot mount '%s'", "cannot unmount '%s'", "cannot share '%s'"]
    private static let scrub = [
        "cannot scrub %s", "cannot pause scrubbing %s", "cannot cancel scrubbing %s",
        "cannot restart resilver on %s", "%w '%s'",
    ]
}
