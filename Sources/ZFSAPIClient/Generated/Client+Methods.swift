// Made from the OpenRPC document by Scripts/generate-client; do not edit.

extension Client {
    /// Lists file systems and volumes; with a dataset, it and everything below it.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - dataset: Where to begin; without it all pools are listed (the name of a file system or volume).
    ///   - types: Which types to list. One of `filesystem`, `volume`. Default: `["filesystem", "volume"]`.
    ///   - depth: How many levels below the beginning; without it all (0 to 50).
    ///   - properties: Properties to give for each; with it the answer has entries.
    /// - Throws: `ClientError`.
    public func datasetList(
        dataset: String? = nil,
        types: [String]? = nil,
        depth: Int? = nil,
        properties: [String]? = nil
    ) async throws(ClientError) -> DatasetListResult {
        try await call(
            "dataset_list",
            [
                "dataset": .given(dataset),
                "types": .given(types),
                "depth": .given(depth),
                "properties": .given(properties),
            ],
            as: DatasetListResult.self)
    }

    /// Creates a file system.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The new file system (the name of a file system or volume).
    ///   - properties: Properties to set on it (property names and values). Default: `{}`.
    ///   - parents: Also creates missing file systems above it. Default: `false`.
    ///   - key: The encryption key; properties has keyformat, keylocation is prompt. Never logged (one line).
    /// - Throws: `ClientError`.
    public func datasetCreate(
        dataset: String,
        properties: [String: String]? = nil,
        parents: Bool? = nil,
        key: String? = nil
    ) async throws(ClientError) -> DatasetCreateResult {
        try await call(
            "dataset_create",
            [
                "dataset": .given(dataset),
                "properties": .given(properties),
                "parents": .given(parents),
                "key": .given(key),
            ],
            as: DatasetCreateResult.self)
    }

    /// Destroys a file system or volume.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system or volume; snapshots and bookmarks have methods of their own (the name of a file
    ///     system or volume).
    ///   - recursive: Also everything below it, snapshots included (zfs destroy -r). Default: `false`.
    ///   - dependents: Also clones of its snapshots, wherever they are (zfs destroy -R). Default: `false`.
    ///   - dryRun: Destroys nothing, only tells what would be destroyed. Default: `false`.
    /// - Throws: `ClientError`.
    public func datasetDestroy(
        dataset: String,
        recursive: Bool? = nil,
        dependents: Bool? = nil,
        dryRun: Bool? = nil
    ) async throws(ClientError) -> DatasetDestroyResult {
        try await call(
            "dataset_destroy",
            [
                "dataset": .given(dataset),
                "recursive": .given(recursive),
                "dependents": .given(dependents),
                "dry_run": .given(dryRun),
            ],
            as: DatasetDestroyResult.self)
    }

    /// Renames a file system or volume, within its pool.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The present name (the name of a file system or volume).
    ///   - newName: The new full name (the name of a file system or volume).
    ///   - parents: Also creates missing file systems above the new name. Default: `false`.
    /// - Throws: `ClientError`.
    public func datasetRename(
        dataset: String,
        newName: String,
        parents: Bool? = nil
    ) async throws(ClientError) -> DatasetRenameResult {
        try await call(
            "dataset_rename",
            [
                "dataset": .given(dataset),
                "new_name": .given(newName),
                "parents": .given(parents),
            ],
            as: DatasetRenameResult.self)
    }

    /// Makes a clone independent of its origin; the origin then depends on it.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The clone (the name of a file system or volume).
    /// - Throws: `ClientError`.
    public func datasetPromote(
        dataset: String
    ) async throws(ClientError) -> DatasetPromoteResult {
        try await call(
            "dataset_promote",
            ["dataset": .given(dataset)],
            as: DatasetPromoteResult.self)
    }

    /// Gives exact property values of a dataset or snapshot, and where they come from.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - dataset: The file system, volume, snapshot or bookmark (the name of a dataset, snapshot or bookmark).
    ///   - property: One property, or "all" (the name of a property, or "all"). Default: `"all"`.
    /// - Throws: `ClientError`.
    public func datasetGetProperties(
        dataset: String,
        property: String? = nil
    ) async throws(ClientError) -> DatasetGetPropertiesResult {
        try await call(
            "dataset_get_properties",
            [
                "dataset": .given(dataset),
                "property": .given(property),
            ],
            as: DatasetGetPropertiesResult.self)
    }

    /// Sets a property of a dataset or snapshot.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system, volume or snapshot (the name of a dataset, snapshot or bookmark).
    ///   - property: The property (the name of a property).
    ///   - value: The value (the value of a property).
    /// - Throws: `ClientError`.
    public func datasetSetProperty(
        dataset: String,
        property: String,
        value: String
    ) async throws(ClientError) -> DatasetSetPropertyResult {
        try await call(
            "dataset_set_property",
            [
                "dataset": .given(dataset),
                "property": .given(property),
                "value": .given(value),
            ],
            as: DatasetSetPropertyResult.self)
    }

    /// Clears a property, so that it is inherited or has its default again.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system, volume or snapshot (the name of a dataset, snapshot or bookmark).
    ///   - property: The property (the name of a property).
    ///   - recursive: Also on everything below. Default: `false`.
    /// - Throws: `ClientError`.
    public func datasetInheritProperty(
        dataset: String,
        property: String,
        recursive: Bool? = nil
    ) async throws(ClientError) -> DatasetInheritPropertyResult {
        try await call(
            "dataset_inherit_property",
            [
                "dataset": .given(dataset),
                "property": .given(property),
                "recursive": .given(recursive),
            ],
            as: DatasetInheritPropertyResult.self)
    }

    /// Tells what uses the space of a dataset, in bytes.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    /// - Throws: `ClientError`.
    public func datasetGetSpace(
        dataset: String
    ) async throws(ClientError) -> DatasetGetSpaceResult {
        try await call(
            "dataset_get_space",
            ["dataset": .given(dataset)],
            as: DatasetGetSpaceResult.self)
    }

    /// Mounts a file system.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system (the name of a file system or volume).
    /// - Throws: `ClientError`.
    public func datasetMount(
        dataset: String
    ) async throws(ClientError) -> DatasetMountResult {
        try await call(
            "dataset_mount",
            ["dataset": .given(dataset)],
            as: DatasetMountResult.self)
    }

    /// Unmounts a file system and those below it that are mounted.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system (the name of a file system or volume).
    ///   - force: Unmounts although it is in use. Default: `false`.
    /// - Throws: `ClientError`.
    public func datasetUnmount(
        dataset: String,
        force: Bool? = nil
    ) async throws(ClientError) -> DatasetUnmountResult {
        try await call(
            "dataset_unmount",
            [
                "dataset": .given(dataset),
                "force": .given(force),
            ],
            as: DatasetUnmountResult.self)
    }

    /// Loads the encryption key of a dataset.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The encryption root (the name of a file system or volume).
    ///   - key: The passphrase or hex key; without it, keylocation tells. Never logged (one line).
    ///   - recursive: Also for encryption roots below. Default: `false`.
    /// - Throws: `ClientError`.
    public func datasetLoadKey(
        dataset: String,
        key: String? = nil,
        recursive: Bool? = nil
    ) async throws(ClientError) -> DatasetLoadKeyResult {
        try await call(
            "dataset_load_key",
            [
                "dataset": .given(dataset),
                "key": .given(key),
                "recursive": .given(recursive),
            ],
            as: DatasetLoadKeyResult.self)
    }

    /// Unloads the encryption key of a dataset, which must not be mounted.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The encryption root (the name of a file system or volume).
    ///   - recursive: Also for encryption roots below. Default: `false`.
    /// - Throws: `ClientError`.
    public func datasetUnloadKey(
        dataset: String,
        recursive: Bool? = nil
    ) async throws(ClientError) -> DatasetUnloadKeyResult {
        try await call(
            "dataset_unload_key",
            [
                "dataset": .given(dataset),
                "recursive": .given(recursive),
            ],
            as: DatasetUnloadKeyResult.self)
    }

    /// Changes the key that wraps the encryption key of a dataset.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The encryption root; its key is loaded (the name of a file system or volume).
    ///   - key: The new passphrase or hex key; without it, keylocation tells. Never logged (one line).
    ///   - properties: keyformat, keylocation, pbkdf2iters (property names and values). Default: `{}`.
    /// - Throws: `ClientError`.
    public func datasetChangeKey(
        dataset: String,
        key: String? = nil,
        properties: [String: String]? = nil
    ) async throws(ClientError) -> DatasetChangeKeyResult {
        try await call(
            "dataset_change_key",
            [
                "dataset": .given(dataset),
                "key": .given(key),
                "properties": .given(properties),
            ],
            as: DatasetChangeKeyResult.self)
    }

    /// Lists the snapshots of a dataset, oldest first.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - limit: Snapshots in one answer; without it all (1 to 1000000).
    ///   - cursor: Where the answer before this one ended: its next_cursor.
    ///   - recursive: Also the snapshots of everything below. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotList(
        dataset: String,
        limit: Int? = nil,
        cursor: String? = nil,
        recursive: Bool? = nil
    ) async throws(ClientError) -> SnapshotListResult {
        try await call(
            "snapshot_list",
            [
                "dataset": .given(dataset),
                "limit": .given(limit),
                "cursor": .given(cursor),
                "recursive": .given(recursive),
            ],
            as: SnapshotListResult.self)
    }

    /// Creates a snapshot.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - name: The short name (the short name of a snapshot, without dataset).
    ///   - recursive: Also of everything below, in one atomic step. Default: `false`.
    ///   - properties: User properties to set on it (property names and values). Default: `{}`.
    /// - Throws: `ClientError`.
    public func snapshotCreate(
        dataset: String,
        name: String,
        recursive: Bool? = nil,
        properties: [String: String]? = nil
    ) async throws(ClientError) -> SnapshotCreateResult {
        try await call(
            "snapshot_create",
            [
                "dataset": .given(dataset),
                "name": .given(name),
                "recursive": .given(recursive),
                "properties": .given(properties),
            ],
            as: SnapshotCreateResult.self)
    }

    /// Creates a snapshot named after tags and the time in UTC.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - tag: How the name begins: tag_YYYY-MM-DD-HH-MM, with -SS added when that is taken (the short name of a
    ///     snapshot, without dataset).
    ///   - tag1: A second tag, behind the first: tag_tag1_YYYY-MM-DD-HH-MM (the short name of a snapshot, without
    ///     dataset).
    ///   - recursive: Also of everything below, in one atomic step. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotCreateAuto(
        dataset: String,
        tag: String,
        tag1: String? = nil,
        recursive: Bool? = nil
    ) async throws(ClientError) -> SnapshotCreateAutoResult {
        try await call(
            "snapshot_create_auto",
            [
                "dataset": .given(dataset),
                "tag": .given(tag),
                "tag1": .given(tag1),
                "recursive": .given(recursive),
            ],
            as: SnapshotCreateAutoResult.self)
    }

    /// Destroys one snapshot.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - recursive: Also the snapshots of that name of everything below. Default: `false`.
    ///   - defer: If it is held or cloned, destroys it as soon as it no longer is. Default: `false`.
    ///   - dryRun: Destroys nothing, only tells what would be freed. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotDestroy(
        dataset: String,
        snapshot: String,
        recursive: Bool? = nil,
        defer: Bool? = nil,
        dryRun: Bool? = nil
    ) async throws(ClientError) -> SnapshotDestroyResult {
        try await call(
            "snapshot_destroy",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "recursive": .given(recursive),
                "defer": .given(`defer`),
                "dry_run": .given(dryRun),
            ],
            as: SnapshotDestroyResult.self)
    }

    /// Renames a snapshot.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The present short name (the short name of a snapshot, without dataset).
    ///   - newName: The new short name (the short name of a snapshot, without dataset).
    ///   - recursive: Also the snapshots of that name of everything below. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotRename(
        dataset: String,
        snapshot: String,
        newName: String,
        recursive: Bool? = nil
    ) async throws(ClientError) -> SnapshotRenameResult {
        try await call(
            "snapshot_rename",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "new_name": .given(newName),
                "recursive": .given(recursive),
            ],
            as: SnapshotRenameResult.self)
    }

    /// Takes a dataset back to a snapshot; what was written since is lost.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - destroyNewer: Destroys the snapshots and bookmarks that are newer. Default: `false`.
    ///   - dryRun: Changes nothing, only tells what would be destroyed. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotRollback(
        dataset: String,
        snapshot: String,
        destroyNewer: Bool? = nil,
        dryRun: Bool? = nil
    ) async throws(ClientError) -> SnapshotRollbackResult {
        try await call(
            "snapshot_rollback",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "destroy_newer": .given(destroyNewer),
                "dry_run": .given(dryRun),
            ],
            as: SnapshotRollbackResult.self)
    }

    /// Tells which files differ between two snapshots, or between a snapshot and now.
    ///
    /// With Accept: application/x-ndjson the changes follow the result, one JSON text a line, without limit.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - snapshot1: The older snapshot, as dataset@name (dataset@name).
    ///   - snapshot2: The newer snapshot, or a clone; without it the present state (the name of a dataset, snapshot
    ///     or bookmark).
    ///   - limit: Changes in one answer (1 to 1000000). Default: `100000`.
    /// - Throws: `ClientError`.
    public func snapshotDiff(
        snapshot1: String,
        snapshot2: String? = nil,
        limit: Int? = nil
    ) async throws(ClientError) -> SnapshotDiffResult {
        try await call(
            "snapshot_diff",
            [
                "snapshot1": .given(snapshot1),
                "snapshot2": .given(snapshot2),
                "limit": .given(limit),
            ],
            as: SnapshotDiffResult.self)
    }

    /// Creates a file system or volume from a snapshot, sharing its blocks.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - source: The snapshot, as dataset@name (dataset@name).
    ///   - target: The new dataset, in the same pool (the name of a file system or volume).
    ///   - properties: Properties to set on it (property names and values). Default: `{}`.
    /// - Throws: `ClientError`.
    public func cloneCreate(
        source: String,
        target: String,
        properties: [String: String]? = nil
    ) async throws(ClientError) -> CloneCreateResult {
        try await call(
            "clone_create",
            [
                "source": .given(source),
                "target": .given(target),
                "properties": .given(properties),
            ],
            as: CloneCreateResult.self)
    }

    /// Puts a hold on a snapshot, so that it can not be destroyed.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - tag: The tag of the hold (the tag of a hold).
    ///   - recursive: Also on the snapshots of that name of everything below. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotHold(
        dataset: String,
        snapshot: String,
        tag: String,
        recursive: Bool? = nil
    ) async throws(ClientError) -> SnapshotHoldResult {
        try await call(
            "snapshot_hold",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "tag": .given(tag),
                "recursive": .given(recursive),
            ],
            as: SnapshotHoldResult.self)
    }

    /// Removes a hold from a snapshot.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - tag: The tag of the hold (the tag of a hold).
    ///   - recursive: Also from the snapshots of that name of everything below. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotRelease(
        dataset: String,
        snapshot: String,
        tag: String,
        recursive: Bool? = nil
    ) async throws(ClientError) -> SnapshotReleaseResult {
        try await call(
            "snapshot_release",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "tag": .given(tag),
                "recursive": .given(recursive),
            ],
            as: SnapshotReleaseResult.self)
    }

    /// Lists the holds on a snapshot.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - recursive: Also on the snapshots of that name of everything below. Default: `false`.
    /// - Throws: `ClientError`.
    public func snapshotHoldsList(
        dataset: String,
        snapshot: String,
        recursive: Bool? = nil
    ) async throws(ClientError) -> SnapshotHoldsListResult {
        try await call(
            "snapshot_holds_list",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "recursive": .given(recursive),
            ],
            as: SnapshotHoldsListResult.self)
    }

    /// Creates a bookmark of a snapshot: a base for incremental sends that takes no space.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - snapshot: The snapshot, as dataset@name (dataset@name).
    ///   - bookmark: The bookmark, as dataset#name (dataset#name).
    /// - Throws: `ClientError`.
    public func bookmarkCreate(
        snapshot: String,
        bookmark: String
    ) async throws(ClientError) -> BookmarkCreateResult {
        try await call(
            "bookmark_create",
            [
                "snapshot": .given(snapshot),
                "bookmark": .given(bookmark),
            ],
            as: BookmarkCreateResult.self)
    }

    /// Lists the bookmarks of a dataset, oldest first.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    /// - Throws: `ClientError`.
    public func bookmarkList(
        dataset: String
    ) async throws(ClientError) -> BookmarkListResult {
        try await call(
            "bookmark_list",
            ["dataset": .given(dataset)],
            as: BookmarkListResult.self)
    }

    /// Destroys a bookmark.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - bookmark: The bookmark, as dataset#name (dataset#name).
    /// - Throws: `ClientError`.
    public func bookmarkDestroy(
        bookmark: String
    ) async throws(ClientError) -> BookmarkDestroyResult {
        try await call(
            "bookmark_destroy",
            ["bookmark": .given(bookmark)],
            as: BookmarkDestroyResult.self)
    }

    /// Creates a volume; answers when its device is there.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The new volume (the name of a file system or volume).
    ///   - sizeGb: Its size in GiB; this or size_bytes (1 to 1073741824).
    ///   - sizeBytes: Its size in bytes; this or size_gb (1 to 9223372036854775807).
    ///   - compression: The compression property; lz4 unless given (the value of a property).
    ///   - volblocksize: The block size, such as 16K (a size such as 16K).
    ///   - sparse: Whether it reserves no space. Default: `true`.
    ///   - properties: More properties to set on it (property names and values). Default: `{}`.
    /// - Throws: `ClientError`.
    public func volumeCreate(
        dataset: String,
        sizeGb: Int? = nil,
        sizeBytes: Int? = nil,
        compression: String? = nil,
        volblocksize: String? = nil,
        sparse: Bool? = nil,
        properties: [String: String]? = nil
    ) async throws(ClientError) -> VolumeCreateResult {
        try await call(
            "volume_create",
            [
                "dataset": .given(dataset),
                "size_gb": .given(sizeGb),
                "size_bytes": .given(sizeBytes),
                "compression": .given(compression),
                "volblocksize": .given(volblocksize),
                "sparse": .given(sparse),
                "properties": .given(properties),
            ],
            as: VolumeCreateResult.self)
    }

    /// Lists the volumes of all pools.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func volumeList() async throws(ClientError) -> VolumeListResult {
        try await call("volume_list", [:], as: VolumeListResult.self)
    }

    /// Changes the size of a volume.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The volume (the name of a file system or volume).
    ///   - sizeBytes: The new size in bytes, a multiple of volblocksize (1 to 9223372036854775807).
    ///   - allowShrink: Allows a smaller size; what is beyond it is lost. Default: `false`.
    /// - Throws: `ClientError`.
    public func volumeResize(
        dataset: String,
        sizeBytes: Int,
        allowShrink: Bool? = nil
    ) async throws(ClientError) -> VolumeResizeResult {
        try await call(
            "volume_resize",
            [
                "dataset": .given(dataset),
                "size_bytes": .given(sizeBytes),
                "allow_shrink": .given(allowShrink),
            ],
            as: VolumeResizeResult.self)
    }

    /// Lists the imported pools.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func poolList() async throws(ClientError) -> PoolListResult {
        try await call("pool_list", [:], as: PoolListResult.self)
    }

    /// Gives exact property values of a pool.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    ///   - property: One property, or "all" (the name of a property, or "all"). Default: `"all"`.
    /// - Throws: `ClientError`.
    public func poolGetProperties(
        pool: String,
        property: String? = nil
    ) async throws(ClientError) -> PoolGetPropertiesResult {
        try await call(
            "pool_get_properties",
            [
                "pool": .given(pool),
                "property": .given(property),
            ],
            as: PoolGetPropertiesResult.self)
    }

    /// Sets a property of a pool.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    ///   - property: The property (the name of a property).
    ///   - value: The value (the value of a property).
    /// - Throws: `ClientError`.
    public func poolSetProperty(
        pool: String,
        property: String,
        value: String
    ) async throws(ClientError) -> PoolSetPropertyResult {
        try await call(
            "pool_set_property",
            [
                "pool": .given(pool),
                "property": .given(property),
                "value": .given(value),
            ],
            as: PoolSetPropertyResult.self)
    }

    /// Tells the state of a pool, its devices, its scan and its errors.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    /// - Throws: `ClientError`.
    public func poolStatus(
        pool: String
    ) async throws(ClientError) -> PoolStatusResult {
        try await call(
            "pool_status",
            ["pool": .given(pool)],
            as: PoolStatusResult.self)
    }

    /// Starts a scrub, or goes on with one that is paused.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    /// - Throws: `ClientError`.
    public func poolScrubStart(
        pool: String
    ) async throws(ClientError) -> PoolScrubStartResult {
        try await call(
            "pool_scrub_start",
            ["pool": .given(pool)],
            as: PoolScrubStartResult.self)
    }

    /// Stops a scrub.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    /// - Throws: `ClientError`.
    public func poolScrubStop(
        pool: String
    ) async throws(ClientError) -> PoolScrubStopResult {
        try await call(
            "pool_scrub_stop",
            ["pool": .given(pool)],
            as: PoolScrubStopResult.self)
    }

    /// Pauses a scrub.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    /// - Throws: `ClientError`.
    public func poolScrubPause(
        pool: String
    ) async throws(ClientError) -> PoolScrubPauseResult {
        try await call(
            "pool_scrub_pause",
            ["pool": .given(pool)],
            as: PoolScrubPauseResult.self)
    }

    /// Starts a trim of all devices, or goes on with one that is suspended.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    /// - Throws: `ClientError`.
    public func poolTrimStart(
        pool: String
    ) async throws(ClientError) -> PoolTrimStartResult {
        try await call(
            "pool_trim_start",
            ["pool": .given(pool)],
            as: PoolTrimStartResult.self)
    }

    /// Stops a trim.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    /// - Throws: `ClientError`.
    public func poolTrimStop(
        pool: String
    ) async throws(ClientError) -> PoolTrimStopResult {
        try await call(
            "pool_trim_stop",
            ["pool": .given(pool)],
            as: PoolTrimStopResult.self)
    }

    /// Gives the commands that changed a pool, newest last.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    ///   - internal: Also the events of ZFS itself. Default: `false`.
    ///   - long: Also user, host and zone of each command. Default: `false`.
    ///   - limit: The newest lines to give (1 to 100000). Default: `1000`.
    /// - Throws: `ClientError`.
    public func poolHistory(
        pool: String,
        internal: Bool? = nil,
        long: Bool? = nil,
        limit: Int? = nil
    ) async throws(ClientError) -> PoolHistoryResult {
        try await call(
            "pool_history",
            [
                "pool": .given(pool),
                "internal": .given(`internal`),
                "long": .given(long),
                "limit": .given(limit),
            ],
            as: PoolHistoryResult.self)
    }

    /// Tells how much a pool and its devices read and write.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    ///   - vdevs: Also each device. Default: `false`.
    ///   - seconds: Measures for this long; without it since the pool was imported (1 to 30).
    /// - Throws: `ClientError`.
    public func poolIostat(
        pool: String,
        vdevs: Bool? = nil,
        seconds: Int? = nil
    ) async throws(ClientError) -> PoolIostatResult {
        try await call(
            "pool_iostat",
            [
                "pool": .given(pool),
                "vdevs": .given(vdevs),
                "seconds": .given(seconds),
            ],
            as: PoolIostatResult.self)
    }

    /// Gives the latest events of a pool that the kernel remembers.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - pool: The pool (the name of a pool).
    ///   - verbose: Also the details of each event. Default: `false`.
    /// - Throws: `ClientError`.
    public func poolEvents(
        pool: String,
        verbose: Bool? = nil
    ) async throws(ClientError) -> PoolEventsResult {
        try await call(
            "pool_events",
            [
                "pool": .given(pool),
                "verbose": .given(verbose),
            ],
            as: PoolEventsResult.self)
    }

    /// Tells how large a stream would be, and how its blocks would go.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - fromSnapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
    ///     dataset@name, or a bookmark: dataset#name).
    ///   - recursive: With everything below, and properties (-R). Default: `true`.
    ///   - raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
    ///   - nativeCompressed: Blocks compressed as they are on disk (-c); by default if they are.
    ///   - resumable: Taken for old clients; whether a stream can go on is the receiver's choice. Default: `true`.
    /// - Throws: `ClientError`.
    public func sendEstimate(
        dataset: String,
        snapshot: String,
        fromSnapshot: String? = nil,
        recursive: Bool? = nil,
        raw: Bool? = nil,
        nativeCompressed: Bool? = nil,
        resumable: Bool? = nil
    ) async throws(ClientError) -> SendEstimateResult {
        try await call(
            "send_estimate",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "from_snapshot": .given(fromSnapshot),
                "recursive": .given(recursive),
                "raw": .given(raw),
                "native_compressed": .given(nativeCompressed),
                "resumable": .given(resumable),
            ],
            as: SendEstimateResult.self)
    }

    /// Sends a snapshot to a new file of this host, which appears when it is whole and on disk.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - outputFile: The file, below a folder of files.roots; it must not be there (the absolute path of a file).
    ///   - fromSnapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
    ///     dataset@name, or a bookmark: dataset#name).
    ///   - recursive: With everything below, and properties (-R). Default: `false`.
    ///   - raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
    ///   - nativeCompressed: Blocks compressed as they are on disk (-c); by default if they are.
    ///   - compressed: Compress the file: alone, by gzip, and the file gets the suffix .gz.
    ///   - compression: How to compress the file. One of `none`, `gzip`, `zstd`, `lz4`.
    ///   - resumable: Taken for old clients; whether a stream can go on is the receiver's choice. Default: `true`.
    ///   - resumeToken: Go on where an interrupted receive of this very snapshot stopped; it decides about everything
    ///     else (the receive_resume_token of an interrupted receive).
    /// - Throws: `ClientError`.
    public func sendToFile(
        dataset: String,
        snapshot: String,
        outputFile: String,
        fromSnapshot: String? = nil,
        recursive: Bool? = nil,
        raw: Bool? = nil,
        nativeCompressed: Bool? = nil,
        compressed: Bool? = nil,
        compression: String? = nil,
        resumable: Bool? = nil,
        resumeToken: String? = nil
    ) async throws(ClientError) -> SendToFileResult {
        try await call(
            "send_to_file",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "output_file": .given(outputFile),
                "from_snapshot": .given(fromSnapshot),
                "recursive": .given(recursive),
                "raw": .given(raw),
                "native_compressed": .given(nativeCompressed),
                "compressed": .given(compressed),
                "compression": .given(compression),
                "resumable": .given(resumable),
                "resume_token": .given(resumeToken),
            ],
            as: SendToFileResult.self)
    }

    /// Receives a stream from a file of this host; whether it is compressed, its bytes tell.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - inputFile: The file, below a folder of files.roots (the absolute path of a file).
    ///   - targetDataset: The file system or volume that the stream becomes, or is added to (the name of a file
    ///     system or volume).
    ///   - force: Roll the dataset back to its newest snapshot first, or replace it (-F). Default: `true`.
    ///   - compressed: Taken for old clients; the file itself tells.
    ///   - dataset: Instead of target_dataset (the name of a file system or volume).
    ///   - resumable: Keep what came when the stream breaks off, so that it can go on (-s). Default: `false`.
    /// - Throws: `ClientError`.
    public func receiveFromFile(
        inputFile: String,
        targetDataset: String? = nil,
        force: Bool? = nil,
        compressed: Bool? = nil,
        dataset: String? = nil,
        resumable: Bool? = nil
    ) async throws(ClientError) -> ReceiveFromFileResult {
        try await call(
            "receive_from_file",
            [
                "input_file": .given(inputFile),
                "target_dataset": .given(targetDataset),
                "force": .given(force),
                "compressed": .given(compressed),
                "dataset": .given(dataset),
                "resumable": .given(resumable),
            ],
            as: ReceiveFromFileResult.self)
    }

    /// Throws away what a resumable receive that broke off left in a dataset.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system or volume with the part (the name of a file system or volume).
    /// - Throws: `ClientError`.
    public func receiveAbort(
        dataset: String
    ) async throws(ClientError) -> ReceiveAbortResult {
        try await call(
            "receive_abort",
            ["dataset": .given(dataset)],
            as: ReceiveAbortResult.self)
    }

    /// Makes an address from which a stream can be fetched, or to which one can be put, by HTTP.
    ///
    /// To receive needs admin.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - operation: What is done here. One of `send`, `receive`.
    ///   - dataset: The file system or volume: what is sent, or becomes the stream (the name of a file system or
    ///     volume).
    ///   - snapshot: The short name; needed to send (the short name of a snapshot, without dataset).
    ///   - targetDataset: To receive into it, instead of dataset (the name of a file system or volume).
    ///   - fromSnapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
    ///     dataset@name, or a bookmark: dataset#name).
    ///   - force: Receive: roll back to the newest snapshot first, or replace the dataset (-F). Default: `true`.
    ///   - raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
    ///   - nativeCompressed: Blocks compressed as they are on disk (-c); by default if they are.
    ///   - resumable: Receive: keep what came when the stream breaks off (-s). Default: `true`.
    ///   - recursive: Send with everything below, and properties (-R). Default: `false`.
    ///   - ttl: Seconds until it expires (1 to 86400). Default: `300`.
    ///   - resumeToken: Go on where an interrupted receive of this very snapshot stopped; it decides about everything
    ///     else (the receive_resume_token of an interrupted receive).
    /// - Throws: `ClientError`.
    public func streamInit(
        operation: String,
        dataset: String,
        snapshot: String? = nil,
        targetDataset: String? = nil,
        fromSnapshot: String? = nil,
        force: Bool? = nil,
        raw: Bool? = nil,
        nativeCompressed: Bool? = nil,
        resumable: Bool? = nil,
        recursive: Bool? = nil,
        ttl: Int? = nil,
        resumeToken: String? = nil
    ) async throws(ClientError) -> StreamInitResult {
        try await call(
            "stream_init",
            [
                "operation": .given(operation),
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "target_dataset": .given(targetDataset),
                "from_snapshot": .given(fromSnapshot),
                "force": .given(force),
                "raw": .given(raw),
                "native_compressed": .given(nativeCompressed),
                "resumable": .given(resumable),
                "recursive": .given(recursive),
                "ttl": .given(ttl),
                "resume_token": .given(resumeToken),
            ],
            as: StreamInitResult.self)
    }

    /// Lists the caller's own streams by HTTP, and transfers that run on any way; all for an admin without limits.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func streamList() async throws(ClientError) -> StreamListResult {
        try await call("stream_list", [:], as: StreamListResult.self)
    }

    /// Ends a transfer of any way, or makes an unused stream unusable; answered when its processes are gone.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - streamID: The identifier, from stream_init or stream_list (32 hexadecimal digits).
    /// - Throws: `ClientError`.
    public func streamCancel(
        streamID: String
    ) async throws(ClientError) -> StreamCancelResult {
        try await call(
            "stream_cancel",
            ["stream_id": .given(streamID)],
            as: StreamCancelResult.self)
    }

    /// Makes a token with which whoever holds it may fetch one stream from a transfer socket.
    ///
    /// It needs the role `operator`.
    /// - Parameters:
    ///   - dataset: The file system or volume (the name of a file system or volume).
    ///   - snapshot: The short name (the short name of a snapshot, without dataset).
    ///   - fromSnapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
    ///     dataset@name, or a bookmark: dataset#name).
    ///   - raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
    ///   - compressed: Blocks compressed as they are on disk (-c); by default if they are.
    ///   - resumable: Taken for old clients; whether a stream can go on is the receiver's choice. Default: `true`.
    ///   - recursive: With everything below, and properties (-R). Default: `false`.
    ///   - ttl: Seconds until it expires (1 to 86400). Default: `300`.
    ///   - maxUses: How many transfers may use it (1 to 10000). Default: `1`.
    ///   - maxBytes: The most bytes of a transfer; without it there is no limit (1 to 9007199254740992).
    ///   - resumeToken: Go on where an interrupted receive of this very snapshot stopped; it decides about everything
    ///     else (the receive_resume_token of an interrupted receive).
    /// - Throws: `ClientError`.
    public func tokenCreateSend(
        dataset: String,
        snapshot: String,
        fromSnapshot: String? = nil,
        raw: Bool? = nil,
        compressed: Bool? = nil,
        resumable: Bool? = nil,
        recursive: Bool? = nil,
        ttl: Int? = nil,
        maxUses: Int? = nil,
        maxBytes: Int? = nil,
        resumeToken: String? = nil
    ) async throws(ClientError) -> TokenCreateSendResult {
        try await call(
            "token_create_send",
            [
                "dataset": .given(dataset),
                "snapshot": .given(snapshot),
                "from_snapshot": .given(fromSnapshot),
                "raw": .given(raw),
                "compressed": .given(compressed),
                "resumable": .given(resumable),
                "recursive": .given(recursive),
                "ttl": .given(ttl),
                "max_uses": .given(maxUses),
                "max_bytes": .given(maxBytes),
                "resume_token": .given(resumeToken),
            ],
            as: TokenCreateSendResult.self)
    }

    /// Makes a token with which whoever holds it may put one stream into a transfer socket.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: The file system or volume that the stream becomes, or is added to (the name of a file system or
    ///     volume).
    ///   - force: Roll the dataset back to its newest snapshot first, or replace it (-F). Default: `true`.
    ///   - resumable: Keep what came when the stream breaks off, so that it can go on (-s). Default: `false`.
    ///   - ttl: Seconds until it expires (1 to 86400). Default: `300`.
    ///   - maxUses: How many transfers may use it (1 to 10000). Default: `1`.
    ///   - maxBytes: The most bytes of a transfer; without it there is no limit (1 to 9007199254740992).
    /// - Throws: `ClientError`.
    public func tokenCreateReceive(
        dataset: String,
        force: Bool? = nil,
        resumable: Bool? = nil,
        ttl: Int? = nil,
        maxUses: Int? = nil,
        maxBytes: Int? = nil
    ) async throws(ClientError) -> TokenCreateReceiveResult {
        try await call(
            "token_create_receive",
            [
                "dataset": .given(dataset),
                "force": .given(force),
                "resumable": .given(resumable),
                "ttl": .given(ttl),
                "max_uses": .given(maxUses),
                "max_bytes": .given(maxBytes),
            ],
            as: TokenCreateReceiveResult.self)
    }

    /// Lists the caller's own transfer tokens that are neither expired nor revoked, oldest first.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func tokenList() async throws(ClientError) -> TokenListResult {
        try await call("token_list", [:], as: TokenListResult.self)
    }

    /// Makes a transfer token unusable: an own one, or anybody's for an admin without limits.
    ///
    /// What runs goes on.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - tokenID: The whole token. Never logged (16 to 512 characters).
    /// - Throws: `ClientError`.
    public func tokenRevoke(
        tokenID: String
    ) async throws(ClientError) -> TokenRevokeResult {
        try await call(
            "token_revoke",
            ["token_id": .given(tokenID)],
            as: TokenRevokeResult.self)
    }

    /// Counts what happened to transfer tokens since their store was made.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func tokenStats() async throws(ClientError) -> TokenStatsResult {
        try await call("token_stats", [:], as: TokenStatsResult.self)
    }

    /// Gives another dataset, here or on another host, a snapshot; a task does it, also over a restart.
    ///
    /// Nothing there is rolled back or destroyed unless on_conflict says so.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - source: The snapshot; with a host it is fetched from there by ssh (dataset@name, or host:dataset@name).
    ///   - destination: The dataset that gets it (the name of a file system or volume).
    ///   - remote: The host of the destination, reached by ssh; this one by default (a host name or address, with
    ///     user@ if need be).
    ///   - limit: MB/s (10^6 bytes) at most (0.001 to 1000000.0).
    ///   - compression: How the stream is compressed between two hosts; auto by default. One of `auto`, `none`,
    ///     `zstd`, `lz4`, `gzip`, `xz`, `bzip2`.
    ///   - recursive: With everything below that has a snapshot of the same name. Default: `false`.
    ///   - intermediates: With all snapshots in between (zfs send -I), or from the oldest on. Default: `false`.
    ///   - sync: Hold the snapshot on both sides, as a point that the next migration builds on. Default: `true`.
    ///   - onConflict: What becomes of a destination that the snapshot does not fit to: refuse leaves it and fails,
    ///     keep renames it to NAME-kept-TIME and sends all, rollback destroys what it has since the newest snapshot
    ///     that both have. One of `refuse`, `keep`, `rollback`. Default: `"refuse"`.
    ///   - withProperties: With the properties of the source (zfs send -p). Default: `false`.
    ///   - properties: Properties to set at the destination (zfs receive -o) (property names and values). Default:
    ///     `{}`.
    /// - Throws: `ClientError`.
    public func migrationCreate(
        source: String,
        destination: String,
        remote: String? = nil,
        limit: Double? = nil,
        compression: String? = nil,
        recursive: Bool? = nil,
        intermediates: Bool? = nil,
        sync: Bool? = nil,
        onConflict: String? = nil,
        withProperties: Bool? = nil,
        properties: [String: String]? = nil
    ) async throws(ClientError) -> MigrationCreateResult {
        try await call(
            "migration_create",
            [
                "source": .given(source),
                "destination": .given(destination),
                "remote": .given(remote),
                "limit": .given(limit),
                "compression": .given(compression),
                "recursive": .given(recursive),
                "intermediates": .given(intermediates),
                "sync": .given(sync),
                "on_conflict": .given(onConflict),
                "with_properties": .given(withProperties),
                "properties": .given(properties),
            ],
            as: MigrationCreateResult.self)
    }

    /// Tells what migration_create would do, dataset by dataset, before a byte moves.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - source: The snapshot; with a host it is fetched from there by ssh (dataset@name, or host:dataset@name).
    ///   - destination: The dataset that gets it (the name of a file system or volume).
    ///   - remote: The host of the destination, reached by ssh; this one by default (a host name or address, with
    ///     user@ if need be).
    ///   - compression: How the stream is compressed between two hosts; auto by default. One of `auto`, `none`,
    ///     `zstd`, `lz4`, `gzip`, `xz`, `bzip2`.
    ///   - recursive: With everything below that has a snapshot of the same name. Default: `false`.
    ///   - intermediates: With all snapshots in between (zfs send -I), or from the oldest on. Default: `false`.
    ///   - onConflict: What becomes of a destination that the snapshot does not fit to: refuse leaves it and fails,
    ///     keep renames it to NAME-kept-TIME and sends all, rollback destroys what it has since the newest snapshot
    ///     that both have. One of `refuse`, `keep`, `rollback`. Default: `"refuse"`.
    /// - Throws: `ClientError`.
    public func migrationPlan(
        source: String,
        destination: String,
        remote: String? = nil,
        compression: String? = nil,
        recursive: Bool? = nil,
        intermediates: Bool? = nil,
        onConflict: String? = nil
    ) async throws(ClientError) -> MigrationPlanResult {
        try await call(
            "migration_plan",
            [
                "source": .given(source),
                "destination": .given(destination),
                "remote": .given(remote),
                "compression": .given(compression),
                "recursive": .given(recursive),
                "intermediates": .given(intermediates),
                "on_conflict": .given(onConflict),
            ],
            as: MigrationPlanResult.self)
    }

    /// Lists migrations, the newest first: the caller's own, or all for an admin without limits.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - status: Those of one status alone. One of `pending`, `running`, `completed`, `failed`, `cancelled`.
    ///   - limit: How many at most (1 to 1000). Default: `100`.
    ///   - cursor: next_cursor of the list before.
    /// - Throws: `ClientError`.
    public func migrationList(
        status: String? = nil,
        limit: Int? = nil,
        cursor: String? = nil
    ) async throws(ClientError) -> MigrationListResult {
        try await call(
            "migration_list",
            [
                "status": .given(status),
                "limit": .given(limit),
                "cursor": .given(cursor),
            ],
            as: MigrationListResult.self)
    }

    /// Tells all about one migration.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - taskID: The identifier, from migration_create.
    /// - Throws: `ClientError`.
    public func migrationGet(
        taskID: String
    ) async throws(ClientError) -> MigrationGetResult {
        try await call(
            "migration_get",
            ["task_id": .given(taskID)],
            as: MigrationGetResult.self)
    }

    /// Tells how far a migration is.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - taskID: The identifier, from migration_create.
    /// - Throws: `ClientError`.
    public func migrationProgress(
        taskID: String
    ) async throws(ClientError) -> JSONValue {
        try await call(
            "migration_progress",
            ["task_id": .given(taskID)],
            as: JSONValue.self)
    }

    /// Ends a migration that waits or runs; answered when its processes on both hosts are gone.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - taskID: The identifier, from migration_create.
    ///   - keepPartial: Keep what the destination has so far, so that the next migration goes on from there. Default:
    ///     `true`.
    /// - Throws: `ClientError`.
    public func migrationCancel(
        taskID: String,
        keepPartial: Bool? = nil
    ) async throws(ClientError) -> MigrationCancelResult {
        try await call(
            "migration_cancel",
            [
                "task_id": .given(taskID),
                "keep_partial": .given(keepPartial),
            ],
            as: MigrationCancelResult.self)
    }

    /// Changes how fast a migration may be, also while it runs.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - taskID: The identifier, from migration_create.
    ///   - limit: MB/s (10^6 bytes); 0 is without limit (0.0 to 1000000.0).
    /// - Throws: `ClientError`.
    public func migrationUpdate(
        taskID: String,
        limit: Double
    ) async throws(ClientError) -> MigrationUpdateResult {
        try await call(
            "migration_update",
            [
                "task_id": .given(taskID),
                "limit": .given(limit),
            ],
            as: MigrationUpdateResult.self)
    }

    /// Tells what happened to tasks after an event, oldest first; waits for something to happen when asked.
    ///
    /// To the caller's own, or to all for an admin without limits.
    ///
    /// It needs the role `viewer`.
    /// - Parameters:
    ///   - taskID: One task; all by default.
    ///   - after: The sequence of the last event that is known (0 to 9223372036854775807). Default: `0`.
    ///   - wait: Seconds to wait when there is none (0 to 60). Default: `0`.
    ///   - limit: How many at most (1 to 1000). Default: `100`.
    /// - Throws: `ClientError`.
    public func taskEvents(
        taskID: String? = nil,
        after: Int? = nil,
        wait: Int? = nil,
        limit: Int? = nil
    ) async throws(ClientError) -> TaskEventsResult {
        try await call(
            "task_events",
            [
                "task_id": .given(taskID),
                "after": .given(after),
                "wait": .given(wait),
                "limit": .given(limit),
            ],
            as: TaskEventsResult.self)
    }

    /// Lists the holds and bookmarks that migrations placed on datasets of this host, oldest first, and what they are
    /// needed for.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: Those of one dataset; of all by default (the name of a file system or volume).
    ///   - recursive: And of those below it. Default: `true`.
    /// - Throws: `ClientError`.
    public func syncList(
        dataset: String? = nil,
        recursive: Bool? = nil
    ) async throws(ClientError) -> SyncListResult {
        try await call(
            "sync_list",
            [
                "dataset": .given(dataset),
                "recursive": .given(recursive),
            ],
            as: SyncListResult.self)
    }

    /// Takes those of them away that nothing needs any more.
    ///
    /// The newest of each dataset and peer stays, the last of each migration between two datasets, those of tasks
    /// that have not ended, and those that no known task made.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - dataset: Those of one dataset; of all by default (the name of a file system or volume).
    ///   - recursive: And of those below it. Default: `true`.
    ///   - dryRun: Only tell which. Default: `true`.
    ///   - unknown: Also those that no known task made, but for the newest: no other daemon needs them, and no old
    ///     migration. Default: `false`.
    /// - Throws: `ClientError`.
    public func syncPrune(
        dataset: String? = nil,
        recursive: Bool? = nil,
        dryRun: Bool? = nil,
        unknown: Bool? = nil
    ) async throws(ClientError) -> SyncPruneResult {
        try await call(
            "sync_prune",
            [
                "dataset": .given(dataset),
                "recursive": .given(recursive),
                "dry_run": .given(dryRun),
                "unknown": .given(unknown),
            ],
            as: SyncPruneResult.self)
    }

    /// Checks a password and gives a token; the only method that needs no authentication.
    ///
    /// It needs no token.
    /// - Parameters:
    ///   - username: The user's name.
    ///   - password: The password. Never logged.
    /// - Throws: `ClientError`.
    public func authLogin(
        username: String,
        password: String
    ) async throws(ClientError) -> AuthLoginResult {
        try await call(
            "auth_login",
            [
                "username": .given(username),
                "password": .given(password),
            ],
            as: AuthLoginResult.self)
    }

    /// Makes the token that the call is made with invalid.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func authLogout() async throws(ClientError) -> AuthLogoutResult {
        try await call("auth_logout", [:], as: AuthLogoutResult.self)
    }

    /// Makes a token of anybody invalid.
    ///
    /// It needs the role `admin`.
    /// - Parameters:
    ///   - tokenID: The jti of the token, as the audit log has it (at most 128 letters, digits, hyphens and
    ///     underscores).
    /// - Throws: `ClientError`.
    public func authRevoke(
        tokenID: String
    ) async throws(ClientError) -> AuthRevokeResult {
        try await call(
            "auth_revoke",
            ["token_id": .given(tokenID)],
            as: AuthRevokeResult.self)
    }

    /// Tells versions, host name and uptime of the service.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func systemInfo() async throws(ClientError) -> SystemInfoResult {
        try await call("system_info", [:], as: SystemInfoResult.self)
    }

    /// Describes every method as an OpenRPC document.
    ///
    /// It needs the role `viewer`.
    /// - Throws: `ClientError`.
    public func rpcDiscover() async throws(ClientError) -> JSONValue {
        try await call("rpc.discover", [:], as: JSONValue.self)
    }
}
