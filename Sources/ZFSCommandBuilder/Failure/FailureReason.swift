/// Why a `zfs` or `zpool` command failed, as a word that never changes.
///
/// The raw value is what programs switch on; the texts of OpenZFS differ from release to release.
public enum FailureReason: String, Hashable, Sendable, CaseIterable {
    // MARK: Something is missing

    /// The file system or volume does not exist.
    case datasetNotFound = "dataset_not_found"
    /// The snapshot does not exist.
    case snapshotNotFound = "snapshot_not_found"
    /// The bookmark does not exist.
    case bookmarkNotFound = "bookmark_not_found"
    /// The pool does not exist or is not imported.
    case poolNotFound = "pool_not_found"
    /// The dataset or pool above the new name does not exist, or is no file system.
    case parentNotFound = "parent_not_found"

    // MARK: Something is there already

    /// A dataset of that name exists.
    case alreadyExists = "already_exists"
    /// A snapshot of that name exists.
    case snapshotExists = "snapshot_exists"
    /// A bookmark of that name exists.
    case bookmarkExists = "bookmark_exists"

    // MARK: Bookmarks

    /// The bookmark would be in another pool than its source.
    case bookmarkCrossPool = "bookmark_cross_pool"
    /// The source is not an ancestor of the dataset that the bookmark would be in.
    case bookmarkNotAncestor = "bookmark_not_ancestor"
    /// The pool does not have the bookmark feature.
    case bookmarkUnsupported = "bookmark_unsupported"
    /// The source can not be bookmarked.
    case bookmarkInvalid = "bookmark_invalid"

    // MARK: Names and properties

    /// There is no property of that name, or it can not be given here.
    case invalidProperty = "invalid_property"
    /// The property does not take that value, or not on this dataset.
    case invalidPropertyValue = "invalid_property_value"
    /// A quota is below what is used, or a reservation above what is free.
    case quotaConflict = "quota_conflict"
    /// A name or value has too many bytes.
    case nameTooLong = "name_too_long"
    /// The name breaks a rule that our own check should have caught.
    case invalidName = "invalid_name"

    // MARK: Something is in the way

    /// The dataset has children or snapshots.
    case hasChildren = "has_children"
    /// Clones depend on the snapshot.
    case hasClones = "has_clones"
    /// A hold is on the snapshot.
    case held = "held"
    /// The dataset or pool is in use; before OpenZFS 2.3 this may also mean a held snapshot.
    case busy = "busy"
    /// The dataset is the root of a pool.
    case isPoolRoot = "is_pool_root"
    /// There are snapshots or bookmarks newer than the one to roll back to.
    case newerSnapshots = "newer_snapshots"

    // MARK: Privilege and environment

    /// ZFS refused for want of privilege or delegation.
    case permissionDenied = "permission_denied"
    /// The file system was created but could not be mounted.
    case createdNotMounted = "created_not_mounted"
    /// The kernel module is not loaded or `/dev/zfs` can not be opened.
    case zfsUnavailable = "zfs_unavailable"
    /// The pool or the file being written is full.
    case noSpace = "no_space"
    /// The pool does no input or output until an operator clears it.
    case poolSuspended = "pool_suspended"
    /// The pool or dataset is read-only.
    case readOnly = "read_only"
    /// A device failed, or data does not match its checksum.
    case ioError = "io_error"
    /// A signal broke the operation off.
    case interrupted = "interrupted"
    /// The encryption key is not loaded.
    case keyNotLoaded = "key_not_loaded"
    /// The encryption key is loaded already.
    case keyLoaded = "key_loaded"
    /// The encryption key is not the right one, or has another form than `keyformat` asks for.
    case keyIncorrect = "key_incorrect"
    /// The dataset is not encrypted.
    case notEncrypted = "not_encrypted"
    /// The pool, the module or the tools are too old for this.
    case unsupported = "unsupported"

    // MARK: Holds and clones

    /// The snapshot has a hold with that tag.
    case tagExists = "tag_exists"
    /// The tag is too long or has a form that is not allowed.
    case tagInvalid = "tag_invalid"
    /// The snapshot has no hold with that tag.
    case tagNotFound = "tag_not_found"
    /// The dataset is no clone, so there is nothing to promote.
    case notAClone = "not_a_clone"
    /// Source and target are in different pools.
    case crossPool = "cross_pool"

    // MARK: Mounts

    /// The file system is mounted.
    case mountAlreadyMounted = "mount_already_mounted"
    /// The file system is not mounted.
    case mountNotMounted = "mount_not_mounted"
    /// The mount point has files in it.
    case mountDirectoryNotEmpty = "mount_directory_not_empty"
    /// `mountpoint=legacy`.
    case mountLegacy = "mount_legacy"
    /// `mountpoint=none`.
    case mountNoMountpoint = "mount_no_mountpoint"
    /// `canmount=off`.
    case mountCanmountOff = "mount_canmount_off"
    /// The file system has a receive that was broken off.
    case mountPartialReceive = "mount_partial_receive"
    /// The system refused the mount or unmount.
    case mountFailed = "mount_failed"

    /// The files of a file system are needed, and it is not mounted.
    case notMounted = "not_mounted"

    // MARK: Send

    /// The incremental source does not exist or is no ancestor.
    case badIncrementalSource = "bad_incremental_source"
    /// The reader of the stream went away.
    case readerGone = "reader_gone"
    /// An encrypted dataset can only be sent so with `-w`.
    case needsRaw = "needs_raw"
    /// The resume token is corrupt, or what it names has changed or is gone.
    case resumeInvalid = "resume_invalid"
    /// The snapshot can only be sent with `-L` or `-w`.
    case needsLargeBlocks = "needs_large_blocks"
    /// A stream was to go to or come from a terminal: a fault of ours.
    case internalError = "internal_error"

    // MARK: Receive

    /// The stream ended before or inside its first record.
    case streamEmptyOrCut = "stream_empty_or_cut"
    /// The stream ended early.
    case streamIncomplete = "stream_incomplete"
    /// The stream does not match its checksum.
    case streamCorrupt = "stream_corrupt"
    /// What was received is no stream, or has a form that is not understood.
    case streamInvalid = "stream_invalid"
    /// The destination exists and the stream would have to replace it.
    case destinationExists = "destination_exists"
    /// The destination was written to since its newest snapshot.
    case destinationModified = "destination_modified"
    /// The destination's newest snapshot is not the incremental source.
    case incrementalMismatch = "incremental_mismatch"
    /// The destination, its parent or the origin of the clone does not exist.
    case destinationNotFound = "destination_not_found"
    /// A resumable receive that was broken off is in the way, or there is none.
    case resumeConflict = "resume_conflict"
    /// A quota on the destination, or on the file being written, is used up.
    case quotaExceeded = "quota_exceeded"
    /// Stream and destination do not agree about encryption.
    case encryptionMismatch = "encryption_mismatch"

    // MARK: Scrub and diff

    /// A scrub is running or paused.
    case scrubRunning = "scrub_running"
    /// The pool is resilvering.
    case resilvering = "resilvering"
    /// There is no scrub to stop.
    case noScrub = "no_scrub"
    /// The two snapshots could not be compared.
    case diffFailed = "diff_failed"

    // MARK: The way to another host

    /// `ssh` could not reach the host, or lost it.
    case hostUnreachable = "host_unreachable"
    /// The key that the host showed is not the known one, or none is known.
    case hostKeyRefused = "host_key_refused"
    /// The host does not let us in.
    case hostLoginRefused = "host_login_refused"

    // MARK: How the program ended

    /// We ended the program at its deadline; the caller sets this, no text says it.
    case timeout = "timeout"
    /// We ended the program because the request was cancelled; the caller sets this, no text says it.
    case cancelled = "cancelled"
    /// A signal that we did not send ended the program.
    case killedBySignal = "killed_by_signal"
    /// Everything else.
    case operationFailed = "operation_failed"

    /// Whether the same request may succeed within minutes although nobody does anything.
    ///
    /// A user of a busy dataset goes away, an interruption or a resilver passes, a transfer that was cut can be sent
    /// anew, a host comes back. A full, suspended or absent pool waits for a person, and after a timeout the outcome is unknown, so that
    /// a retry could do the thing twice: those are not retryable.
    public var isRetryable: Bool {
        let passing: [FailureReason] = [
            .busy, .interrupted, .resilvering, .readerGone, .streamEmptyOrCut, .streamIncomplete, .streamCorrupt,
            .hostUnreachable,
        ]
        return passing.contains(self)
    }
}
