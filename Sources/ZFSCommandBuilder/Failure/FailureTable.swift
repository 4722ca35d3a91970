/// What OpenZFS says when something fails, and what it means: the texts of `lib/libzfs` and `cmd`, releases 2.1 to 2.4.
///
/// A text that is not here is no error: the failure is `operation_failed` then, with the text as its message.
enum FailureTable {
    /// Every pattern, in the order in which they are tried; those for an unknown error come last.
    static let errors: [FailurePattern] = (datasets + environment + snapshots + streams).flatMap(\.patterns) + unknown

    /// Lines that say more than an error before them: the dataset is there although the program failed.
    static let outcomes: [FailurePattern] = [
        // cmd/zfs/zfs_main.c, zfs_mount_and_share
        FailureGroup(
            .createdNotMounted, FailureGroup.line,
            "filesystem successfully created, but it may only be mounted by root",
            "filesystem successfully created, but not mounted")
    ].flatMap(\.patterns)

    /// The form of an error whose text is not in the table.
    private static let unknown: [FailurePattern] =
        FailureGroup(
            .operationFailed,
            ["cannot %w '%s'", "warning: cannot %w '%s'", "Cannot %w '%s'", "cannot %w", "warning: cannot %w"],
            "%*"
        ).patterns
        + FailureGroup(
            .operationFailed, FailureGroup.line,
            "cannot %*", "Cannot %*", "warning: cannot %*", "internal error: %*"
        ).patterns

    private static let line = FailureGroup.line
    private static let keys = ["Key load error", "Key unload error", "Key change error"]
    private static let anyAction = FailureGroup.anyAction

    private static let datasets: [FailureGroup] = [
        // libzfs_util.c, zfs_standard_error_fmt; split by the subject into datasets, snapshots and bookmarks
        .init(.datasetNotFound, anyAction, "dataset does not exist"),
        // zfs_main.c, zfs_do_destroy
        .init(.bookmarkNotFound, line, "bookmark '%s' does not exist.", "bookmark '%s' does not exist"),
        // libzfs_util.c; libzfs_pool.c; zpool_main.c
        .init(.poolNotFound, anyAction, "no such pool", "no such pool or dataset"),
        // libzfs_dataset.c, check_parents: it is about the pool, not about the new name before the colon
        .init(.poolNotFound, ["%w '%*'", "%w"], "no such pool '%s'"),
        .init(.poolNotFound, ["Cannot get properties of %s"], "no such pool available."),
        // zpool_main.c, get_stat_flags and zpool_do_iostat: only a name that is neither pool nor device gets here
        .init(.poolNotFound, line, "Unable to parse pools/vdevs list."),
        // libzfs_dataset.c, zfs_promote
        .init(.notAClone, ["cannot promote '%s'"], "not a cloned filesystem"),
        // libzfs_crypto.c: load, unload and change of keys
        .init(.notEncrypted, keys, "'%s' is not encrypted.", "Dataset not encrypted."),
        .init(.keyLoaded, keys, "Key already loaded for '%s'."),
        .init(
            .keyNotLoaded, keys,
            "Key already unloaded for '%s'.", "Key must be loaded.", "Parent key must be loaded."),
        .init(
            .keyIncorrect, keys + anyAction,
            "Incorrect key provided for '%s'.", "Invalid hex key provided.", "Raw key too %*", "Hex key too %*",
            "Passphrase too %*"),
        .init(.busy, keys, "'%s' is busy."),
        // libzfs_sendrecv.c, send_iterate_snap
        .init(.snapshotNotFound, ["cannot send %s"], "snapshot %s does not exist"),
        // zfs_main.c, zfs_do_destroy
        .init(.snapshotNotFound, line, "could not find any snapshots to destroy; check snapshot names."),
        // libzfs_dataset.c, zfs_snapshot_nvl; zfs_main.c
        .init(
            .snapshotExists, ["cannot create snapshot '%s'", "cannot create snapshots%w"], "dataset already exists"),
        // zfs_main.c, zfs_do_bookmark
        .init(.bookmarkExists, ["cannot create bookmark '%s'"], "bookmark exists"),
        .init(.bookmarkCrossPool, ["cannot create bookmark '%s'"], "bookmark is in a different pool"),
        .init(
            .bookmarkNotAncestor, ["cannot create bookmark '%s'"],
            "source is not an ancestor of the new bookmark's dataset"),
        .init(.bookmarkUnsupported, ["cannot create bookmark '%s'"], "bookmark feature not enabled"),
        .init(.bookmarkInvalid, ["cannot create bookmark '%s'"], "invalid argument"),
        // libzfs_dataset.c, zfs_create, zfs_clone, zfs_rename
        .init(.alreadyExists, anyAction, "dataset already exists", "pool or dataset exists"),
        // libzfs_dataset.c, check_parents and zfs_create
        .init(
            .parentNotFound, anyAction,
            "parent does not exist", "parent is not a filesystem", "no such parent '%s'",
            "missing dataset name"),
        // libzfs_dataset.c, zfs_valid_proplist; zfs_main.c, zfs_do_get
        .init(.invalidProperty, anyAction, "invalid property '%s'", "'%s' must be a string", "'%s' must be a number"),
        .init(.invalidProperty, ["bad property list"], "invalid property '%s'"),
        .init(.invalidProperty, line, "invalid property '%s'"),
        // libzfs_dataset.c, zfs_valid_proplist; libzfs_util.c, zprop_parse_value and zfs_setprop_error
        .init(
            .invalidPropertyValue, anyAction,
            "'%s' must be %*", "'%s' is readonly", "read-only property", "'%s' is invalid", "'%s' cannot be %*",
            "'%s' property cannot be %*",
            "'%s' does not apply to datasets of this type", "property doesn't apply to datasets of this type",
            "this property can not be modified for snapshots", "property '%s' specified multiple times",
            "bad numeric value '%s'", "bad volume size '%s': %*",
            "volume size must be a multiple of volume block size",
            "'%s' must be a multiple of volume block size%*", "invalid property value", "property cannot be inherited"),
        .init(.invalidPropertyValue, line, "property '%s' specified multiple times"),
        // libzfs_util.c, zfs_setprop_error
        .init(
            .quotaConflict, anyAction,
            "size is less than current used or reserved space", "size is greater than available space",
            "invalid quota or reservation"),
        // libzfs_util.c; libzfs_dataset.c, zfs_validate_name and zfs_setprop_error
        .init(
            .nameTooLong, anyAction,
            "property value too long", "property name '%s' is too long",
            "name is too long", "dataset name is too long"),
        // libzfs_dataset.c, zfs_validate_name; libzfs_pool.c, zpool_name_valid
        .init(
            .invalidName, anyAction,
            "invalid character '%*' in name", "multiple '@' and/or '#' delimiters in name", "leading slash in name",
            "trailing slash in name", "empty component in name",
            "empty component or misplaced '@' or '#' delimiter in name", "self reference, '.' is found in name",
            "parent reference, '..' is found in name", "snapshot delimiter '@' is not expected here",
            "bookmark delimiter '#' is not expected here", "missing '@' delimiter in snapshot name",
            "missing '#' delimiter in bookmark name", "maximum name nesting depth exceeded",
            "pool doesn't begin with a letter", "name is reserved", "name must begin with a letter"),
        .init(.invalidName, ["%w '%s'", "cannot receive%w"], "invalid name"),
        // zfs_main.c, destroy_check_dependent
        .init(
            .hasChildren, ["cannot destroy '%s'"],
            "filesystem has children", "volume has children", "snapshot has children"),
        .init(
            .hasClones, ["cannot destroy '%s'"],
            "filesystem has dependent clones", "volume has dependent clones", "snapshot has dependent clones"),
        // libzfs_dataset.c, zfs_destroy_snaps_nvl_os
        .init(.hasClones, ["cannot destroy snapshot %s"], "snapshot is cloned"),
        .init(
            .held, ["cannot destroy snapshot %s"],
            "it's being held. Run 'zfs holds -r %s' to see holders."),
        // libzfs_util.c; libzfs_mount.c; libzfs_pool.c
        .init(
            .busy, anyAction,
            "dataset is busy", "pool or dataset is busy", "mountpoint or dataset is busy", "pool is busy"),
        .init(.busy, line, "'%s' is busy", "'%s' is busy."),
        // zfs_main.c, zfs_do_destroy
        .init(.isPoolRoot, ["cannot destroy '%s'"], "operation does not apply to pools"),
    ]

    private static let environment: [FailureGroup] = [
        // libzfs_util.c; libzfs_mount.c; libzfs_util_os.c, libzfs_error_init
        .init(
            .permissionDenied, anyAction,
            "permission denied", "delegated administration is disabled on pool", "Insufficient privileges",
            "failed to create mountpoint: Permission denied"),
        .init(.permissionDenied, line, "Permission denied the ZFS utilities must be run as root."),
        // os/linux/libzfs_util_os.c, libzfs_error_init
        .init(
            .zfsUnavailable, line,
            "The ZFS modules are not loaded.", "The ZFS modules cannot be auto-loaded.",
            "/dev/zfs and /proc/self/mounts are required.", "Failed to initialize the libzfs library."),
        // libzfs_util.c, EZFS_NOSPC; libzfs_sendrecv.c, strerror of the reader of a send
        .init(.noSpace, anyAction, "out of space", "No space left on device"),
        // libzfs_util.c, EAGAIN; zpool_main.c; libzfs_pool.c
        .init(
            .poolSuspended, anyAction,
            "pool I/O is currently suspended", "pool is currently unavailable", "pool is unavailable",
            "one or more devices is currently unavailable"),
        // libzfs_util.c
        .init(.readOnly, anyAction, "pool is read-only", "dataset is read-only"),
        .init(.ioError, anyAction, "I/O error", "insufficient replicas", "Input/output error"),
        .init(.interrupted, anyAction, "signal received"),
        // zfs_main.c, share_mount_one; libzfs_crypto.c; libzfs_sendrecv.c; libzfs_diff.c
        .init(
            .keyNotLoaded, anyAction,
            "encryption key not loaded", "dataset key must be loaded", "source key must be loaded",
            "inherited key must be loaded", "encryption root's key is not loaded or provided",
            "Key must be loaded."),
        .init(.keyNotLoaded, ["Key must be loaded to discover path names"], "%*"),
        // libzfs_util.c; libzfs_sendrecv.c; zfs_main.c and zpool_main.c for an option that an old release lacks
        .init(
            .unsupported, anyAction,
            "pool must be upgraded%*", "unsupported version or feature", "the loaded zfs module does not support %*",
            "operation not supported by zfs kernel module", "operation not supported on this dataset",
            "operation not supported on this type of pool"),
        .init(.unsupported, line, "invalid option '%s'", "unrecognized command '%s'"),
    ]
}
