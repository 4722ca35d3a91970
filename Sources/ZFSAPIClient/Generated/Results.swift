// Made from the OpenRPC document by Scripts/generate-client; do not edit.

/// A part of what `dataset_list` answers.
public struct DatasetListEntry: Codable, Hashable, Sendable {
    /// `name`.
    public let name: String
    /// `type`.
    public let type: String
    /// `properties`: exact value.
    public let properties: [String: String]
}

/// What `dataset_list` answers.
public struct DatasetListResult: Codable, Hashable, Sendable {
    /// `datasets`: name.
    public let datasets: [String]
    /// `entries`.
    public let entries: [DatasetListEntry]?
}

/// What `dataset_create` answers.
public struct DatasetCreateResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `created`: always `true`.
    public let created: Bool
}

/// What `dataset_destroy` answers.
public struct DatasetDestroyResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `destroyed`: false in a dry run.
    public let destroyed: Bool
    /// `destroyed_datasets`: dataset or snapshot.
    public let destroyedDatasets: [String]
    /// `reclaimed_bytes`: bytes; null when it is not known.
    public let reclaimedBytes: Int?
    /// `dry_run`: always `true`.
    public let dryRun: Bool?

    private enum CodingKeys: String, CodingKey {
        case dataset
        case destroyed
        case destroyedDatasets = "destroyed_datasets"
        case reclaimedBytes = "reclaimed_bytes"
        case dryRun = "dry_run"
    }
}

/// What `dataset_rename` answers.
public struct DatasetRenameResult: Codable, Hashable, Sendable {
    /// `old_name`.
    public let oldName: String
    /// `new_name`.
    public let newName: String
    /// `renamed`: always `true`.
    public let renamed: Bool

    private enum CodingKeys: String, CodingKey {
        case oldName = "old_name"
        case newName = "new_name"
        case renamed
    }
}

/// What `dataset_promote` answers.
public struct DatasetPromoteResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `promoted`: always `true`.
    public let promoted: Bool
}

/// What `dataset_get_properties` answers.
public struct DatasetGetPropertiesResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `properties`: exact value.
    public let properties: [String: String]
    /// `sources`.
    public let sources: [String: String]
    /// `property`.
    public let property: String?
    /// `value`.
    public let value: String?
}

/// What `dataset_set_property` answers.
public struct DatasetSetPropertyResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `property`.
    public let property: String
    /// `value`.
    public let value: String
}

/// What `dataset_inherit_property` answers.
public struct DatasetInheritPropertyResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `property`.
    public let property: String
    /// `inherited`: always `true`.
    public let inherited: Bool
}

/// A part of what `dataset_get_space` answers.
public struct DatasetGetSpaceSpace: Codable, Hashable, Sendable {
    /// `name`.
    public let name: String
    /// `avail`: bytes.
    public let avail: Int
    /// `used`: bytes.
    public let used: Int
    /// `usedsnap`: bytes in snapshots.
    public let usedsnap: Int
    /// `useddss`: bytes in the dataset itself.
    public let useddss: Int
    /// `usedrefreserv`: bytes held by refreservation.
    public let usedrefreserv: Int
    /// `usedchild`: bytes below it.
    public let usedchild: Int
}

/// What `dataset_get_space` answers.
public struct DatasetGetSpaceResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `space`.
    public let space: DatasetGetSpaceSpace
}

/// What `dataset_mount` answers.
public struct DatasetMountResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `mounted`: always `true`.
    public let mounted: Bool
    /// `already_mounted`: always `true`.
    public let alreadyMounted: Bool?

    private enum CodingKeys: String, CodingKey {
        case dataset
        case mounted
        case alreadyMounted = "already_mounted"
    }
}

/// What `dataset_unmount` answers.
public struct DatasetUnmountResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `mounted`: always `false`.
    public let mounted: Bool
    /// `already_unmounted`: always `true`.
    public let alreadyUnmounted: Bool?

    private enum CodingKeys: String, CodingKey {
        case dataset
        case mounted
        case alreadyUnmounted = "already_unmounted"
    }
}

/// What `dataset_load_key` answers.
public struct DatasetLoadKeyResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `keystatus`.
    public let keystatus: String
}

/// A part of what `snapshot_list` answers.
public struct SnapshotListEntry: Codable, Hashable, Sendable {
    /// `name`: full name.
    public let name: String
    /// `snapshot`: short name.
    public let snapshot: String
    /// `creation`: RFC 3339.
    public let creation: String
    /// `guid`: 64 bits, decimal.
    public let guid: String
    /// `createtxg`.
    public let createtxg: Int
    /// `used`: bytes.
    public let used: Int
    /// `referenced`: bytes.
    public let referenced: Int
    /// `holds`.
    public let holds: Int
}

/// What `snapshot_list` answers.
public struct SnapshotListResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshots`: short name.
    public let snapshots: [String]
    /// `entries`.
    public let entries: [SnapshotListEntry]
    /// `next_cursor`: null at the end.
    public let nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case dataset
        case snapshots
        case entries
        case nextCursor = "next_cursor"
    }
}

/// What `snapshot_create` answers.
public struct SnapshotCreateResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`: short name.
    public let snapshot: String
    /// `created`: always `true`.
    public let created: Bool
}

/// What `snapshot_destroy` answers.
public struct SnapshotDestroyResult: Codable, Hashable, Sendable {
    /// `snapshot`: full name.
    public let snapshot: String
    /// `destroyed`: false in a dry run, and while any is deferred.
    public let destroyed: Bool
    /// `destroyed_snapshots`.
    public let destroyedSnapshots: [String]
    /// `reclaimed_bytes`: bytes.
    public let reclaimedBytes: Int?
    /// `deferred_snapshots`.
    public let deferredSnapshots: [String]?
    /// `dry_run`: always `true`.
    public let dryRun: Bool?

    private enum CodingKeys: String, CodingKey {
        case snapshot
        case destroyed
        case destroyedSnapshots = "destroyed_snapshots"
        case reclaimedBytes = "reclaimed_bytes"
        case deferredSnapshots = "deferred_snapshots"
        case dryRun = "dry_run"
    }
}

/// What `snapshot_rename` answers.
public struct SnapshotRenameResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`: the new short name.
    public let snapshot: String
    /// `old_name`.
    public let oldName: String
    /// `renamed`: always `true`.
    public let renamed: Bool

    private enum CodingKeys: String, CodingKey {
        case dataset
        case snapshot
        case oldName = "old_name"
        case renamed
    }
}

/// What `snapshot_rollback` answers.
public struct SnapshotRollbackResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String
    /// `rolled_back`: false in a dry run.
    public let rolledBack: Bool
    /// `destroyed`: snapshot or bookmark.
    public let destroyed: [String]
    /// `dry_run`: always `true`.
    public let dryRun: Bool?

    private enum CodingKeys: String, CodingKey {
        case dataset
        case snapshot
        case rolledBack = "rolled_back"
        case destroyed
        case dryRun = "dry_run"
    }
}

/// A part of what `snapshot_diff` answers.
public struct SnapshotDiffChangesNew: Codable, Hashable, Sendable {
    /// `path`.
    public let path: String
    /// `type`: F D L B C P S O.
    public let type: String
    /// `path_escaped`.
    public let pathEscaped: String?

    private enum CodingKeys: String, CodingKey {
        case path
        case type
        case pathEscaped = "path_escaped"
    }
}

/// A part of what `snapshot_diff` answers.
public struct SnapshotDiffChangesRenamed: Codable, Hashable, Sendable {
    /// `old_path`.
    public let oldPath: String
    /// `new_path`.
    public let newPath: String
    /// `type`.
    public let type: String
    /// `old_path_escaped`.
    public let oldPathEscaped: String?
    /// `new_path_escaped`.
    public let newPathEscaped: String?

    private enum CodingKeys: String, CodingKey {
        case oldPath = "old_path"
        case newPath = "new_path"
        case type
        case oldPathEscaped = "old_path_escaped"
        case newPathEscaped = "new_path_escaped"
    }
}

/// A part of what `snapshot_diff` answers.
public struct SnapshotDiffChanges: Codable, Hashable, Sendable {
    /// `new`.
    public let new: [SnapshotDiffChangesNew]
    /// `modified`.
    public let modified: [SnapshotDiffChangesNew]
    /// `deleted`.
    public let deleted: [SnapshotDiffChangesNew]
    /// `renamed`.
    public let renamed: [SnapshotDiffChangesRenamed]
}

/// A part of what `snapshot_diff` answers.
public struct SnapshotDiffSummary: Codable, Hashable, Sendable {
    /// `new_count`.
    public let newCount: Int
    /// `modified_count`.
    public let modifiedCount: Int
    /// `deleted_count`.
    public let deletedCount: Int
    /// `renamed_count`.
    public let renamedCount: Int
    /// `total_changes`.
    public let totalChanges: Int

    private enum CodingKeys: String, CodingKey {
        case newCount = "new_count"
        case modifiedCount = "modified_count"
        case deletedCount = "deleted_count"
        case renamedCount = "renamed_count"
        case totalChanges = "total_changes"
    }
}

/// What `snapshot_diff` answers.
public struct SnapshotDiffResult: Codable, Hashable, Sendable {
    /// `snapshot1`.
    public let snapshot1: String
    /// `snapshot2`: "current" for the present state.
    public let snapshot2: String
    /// `changes`.
    public let changes: SnapshotDiffChanges?
    /// `summary`.
    public let summary: SnapshotDiffSummary?
    /// `truncated`: whether there are more changes than the limit.
    public let truncated: Bool?
    /// `format`: always `"ndjson"`.
    public let format: String?
}

/// What `clone_create` answers.
public struct CloneCreateResult: Codable, Hashable, Sendable {
    /// `source`.
    public let source: String
    /// `clone`.
    public let clone: String
    /// `created`: always `true`.
    public let created: Bool
}

/// What `snapshot_hold` answers.
public struct SnapshotHoldResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String
    /// `hold`: tag.
    public let hold: String
}

/// What `snapshot_release` answers.
public struct SnapshotReleaseResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String
    /// `released`: tag.
    public let released: String
}

/// A part of what `snapshot_holds_list` answers.
public struct SnapshotHoldsListEntry: Codable, Hashable, Sendable {
    /// `snapshot`: full name.
    public let snapshot: String
    /// `tag`.
    public let tag: String
    /// `created`: RFC 3339, to the minute.
    public let created: String
}

/// What `snapshot_holds_list` answers.
public struct SnapshotHoldsListResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String
    /// `holds`: tag.
    public let holds: [String]
    /// `entries`.
    public let entries: [SnapshotHoldsListEntry]
}

/// What `bookmark_create` answers.
public struct BookmarkCreateResult: Codable, Hashable, Sendable {
    /// `snapshot`.
    public let snapshot: String
    /// `bookmark`.
    public let bookmark: String
    /// `created`: always `true`.
    public let created: Bool
}

/// A part of what `bookmark_list` answers.
public struct BookmarkListEntry: Codable, Hashable, Sendable {
    /// `name`: dataset#name.
    public let name: String
    /// `guid`: 64 bits, decimal.
    public let guid: String
    /// `createtxg`.
    public let createtxg: Int
    /// `creation`: RFC 3339.
    public let creation: String
}

/// What `bookmark_list` answers.
public struct BookmarkListResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `bookmarks`: dataset#name.
    public let bookmarks: [String]
    /// `entries`.
    public let entries: [BookmarkListEntry]
}

/// What `bookmark_destroy` answers.
public struct BookmarkDestroyResult: Codable, Hashable, Sendable {
    /// `bookmark`.
    public let bookmark: String
    /// `destroyed`: always `true`.
    public let destroyed: Bool
}

/// What `volume_create` answers.
public struct VolumeCreateResult: Codable, Hashable, Sendable {
    /// `volume`.
    public let volume: String
    /// `created`: always `true`.
    public let created: Bool
    /// `size_bytes`: bytes.
    public let sizeBytes: Int
    /// `device`: path; null with volmode none.
    public let device: String?

    private enum CodingKeys: String, CodingKey {
        case volume
        case created
        case sizeBytes = "size_bytes"
        case device
    }
}

/// A part of what `volume_list` answers.
public struct VolumeListEntry: Codable, Hashable, Sendable {
    /// `name`.
    public let name: String
    /// `size_bytes`: bytes.
    public let sizeBytes: Int
    /// `used`: bytes.
    public let used: Int
    /// `device`.
    public let device: String

    private enum CodingKeys: String, CodingKey {
        case name
        case sizeBytes = "size_bytes"
        case used
        case device
    }
}

/// What `volume_list` answers.
public struct VolumeListResult: Codable, Hashable, Sendable {
    /// `volumes`: name.
    public let volumes: [String]
    /// `entries`.
    public let entries: [VolumeListEntry]
}

/// What `volume_resize` answers.
public struct VolumeResizeResult: Codable, Hashable, Sendable {
    /// `volume`.
    public let volume: String
    /// `size_bytes`: bytes.
    public let sizeBytes: Int

    private enum CodingKeys: String, CodingKey {
        case volume
        case sizeBytes = "size_bytes"
    }
}

/// A part of what `pool_list` answers.
public struct PoolListEntry: Codable, Hashable, Sendable {
    /// `name`.
    public let name: String
    /// `size`: bytes.
    public let size: Int
    /// `allocated`: bytes.
    public let allocated: Int
    /// `free`: bytes.
    public let free: Int
    /// `fragmentation`: percent.
    public let fragmentation: Int?
    /// `capacity`: percent.
    public let capacity: Int?
    /// `dedup_ratio`.
    public let dedupRatio: Double?
    /// `health`.
    public let health: String
    /// `guid`: 64 bits, decimal.
    public let guid: String

    private enum CodingKeys: String, CodingKey {
        case name
        case size
        case allocated
        case free
        case fragmentation
        case capacity
        case dedupRatio = "dedup_ratio"
        case health
        case guid
    }
}

/// What `pool_list` answers.
public struct PoolListResult: Codable, Hashable, Sendable {
    /// `pools`: name.
    public let pools: [String]
    /// `entries`.
    public let entries: [PoolListEntry]
}

/// What `pool_get_properties` answers.
public struct PoolGetPropertiesResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `properties`: exact value.
    public let properties: [String: String]
    /// `sources`.
    public let sources: [String: String]
    /// `property`.
    public let property: String?
    /// `value`.
    public let value: String?
}

/// What `pool_set_property` answers.
public struct PoolSetPropertyResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `property`.
    public let property: String
    /// `value`.
    public let value: String
}

/// A part of what `pool_status` answers.
public struct PoolStatusScan: Codable, Hashable, Sendable {
    /// `function`.
    public let function: String
    /// `state`.
    public let state: String
    /// `text`.
    public let text: String
    /// `percent`: 0 to 100.
    public let percent: Double?
    /// `errors`.
    public let errors: Int?
}

/// What `pool_status` answers.
public struct PoolStatusResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `status`: the text of zpool status -v.
    public let status: String
    /// `state`.
    public let state: String
    /// `scan`.
    public let scan: PoolStatusScan
    /// `vdevs`: {name, role, state, read, write, checksum, note?, children?}.
    public let vdevs: [JSONValue]
    /// `errors`: path.
    public let errors: [String]
    /// `message`.
    public let message: String?
    /// `action`.
    public let action: String?
    /// `see`.
    public let see: String?
}

/// What `pool_scrub_start` answers.
public struct PoolScrubStartResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `scrub`: always `"started"`.
    public let scrub: String
}

/// What `pool_scrub_stop` answers.
public struct PoolScrubStopResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `scrub`: always `"stopped"`.
    public let scrub: String
}

/// What `pool_scrub_pause` answers.
public struct PoolScrubPauseResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `scrub`: always `"paused"`.
    public let scrub: String
}

/// What `pool_trim_start` answers.
public struct PoolTrimStartResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `trim`: always `"started"`.
    public let trim: String
}

/// What `pool_trim_stop` answers.
public struct PoolTrimStopResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `trim`: always `"stopped"`.
    public let trim: String
}

/// What `pool_history` answers.
public struct PoolHistoryResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `history`: line.
    public let history: [String]
    /// `truncated`: whether there are older lines.
    public let truncated: Bool
}

/// A part of what `pool_iostat` answers.
public struct PoolIostatEntry: Codable, Hashable, Sendable {
    /// `name`.
    public let name: String
    /// `allocated`: bytes.
    public let allocated: Int?
    /// `free`: bytes.
    public let free: Int?
    /// `read_operations`: per second.
    public let readOperations: Int?
    /// `write_operations`: per second.
    public let writeOperations: Int?
    /// `read_bytes`: per second.
    public let readBytes: Int?
    /// `write_bytes`: per second.
    public let writeBytes: Int?

    private enum CodingKeys: String, CodingKey {
        case name
        case allocated
        case free
        case readOperations = "read_operations"
        case writeOperations = "write_operations"
        case readBytes = "read_bytes"
        case writeBytes = "write_bytes"
    }
}

/// What `pool_iostat` answers.
public struct PoolIostatResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `entries`.
    public let entries: [PoolIostatEntry]
}

/// A part of what `pool_events` answers.
public struct PoolEventsEvent: Codable, Hashable, Sendable {
    /// `time`: RFC 3339.
    public let time: String
    /// `class`.
    public let `class`: String
    /// `details`: name = value.
    public let details: [String]?
}

/// What `pool_events` answers.
public struct PoolEventsResult: Codable, Hashable, Sendable {
    /// `pool`.
    public let pool: String
    /// `events`.
    public let events: [PoolEventsEvent]
}

/// A part of what `send_estimate` answers.
public struct SendEstimateFlags: Codable, Hashable, Sendable {
    /// `raw`: -w.
    public let raw: Bool
    /// `compressed`: -c.
    public let compressed: Bool
    /// `large_blocks`: -L.
    public let largeBlocks: Bool
    /// `embedded`: -e.
    public let embedded: Bool

    private enum CodingKeys: String, CodingKey {
        case raw
        case compressed
        case largeBlocks = "large_blocks"
        case embedded
    }
}

/// What `send_estimate` answers.
public struct SendEstimateResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String
    /// `from_snapshot`.
    public let fromSnapshot: String?
    /// `estimated_size`: bytes.
    public let estimatedSize: Int
    /// `size_bytes`: the same.
    public let sizeBytes: Int
    /// `human_size`: such as 1.5G.
    public let humanSize: String
    /// `size_human`: the same.
    public let sizeHuman: String
    /// `type`: one of `full`, `incremental`.
    public let type: String
    /// `flags`.
    public let flags: SendEstimateFlags

    private enum CodingKeys: String, CodingKey {
        case dataset
        case snapshot
        case fromSnapshot = "from_snapshot"
        case estimatedSize = "estimated_size"
        case sizeBytes = "size_bytes"
        case humanSize = "human_size"
        case sizeHuman = "size_human"
        case type
        case flags
    }
}

/// What `send_to_file` answers.
public struct SendToFileResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String
    /// `from_snapshot`.
    public let fromSnapshot: String?
    /// `output_file`: as it was written.
    public let outputFile: String
    /// `compressed`.
    public let compressed: Bool
    /// `compression`: one of `none`, `gzip`, `zstd`, `lz4`.
    public let compression: String
    /// `size_bytes`: of the file.
    public let sizeBytes: Int
    /// `stream_bytes`: before compression.
    public let streamBytes: Int
    /// `duration_seconds`.
    public let durationSeconds: Double
    /// `sha256`: of the file, 64 hexadecimal digits.
    public let sha256: String

    private enum CodingKeys: String, CodingKey {
        case dataset
        case snapshot
        case fromSnapshot = "from_snapshot"
        case outputFile = "output_file"
        case compressed
        case compression
        case sizeBytes = "size_bytes"
        case streamBytes = "stream_bytes"
        case durationSeconds = "duration_seconds"
        case sha256
    }
}

/// What `receive_from_file` answers.
public struct ReceiveFromFileResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `input_file`.
    public let inputFile: String
    /// `force`.
    public let force: Bool
    /// `compressed`.
    public let compressed: Bool
    /// `compression`: one of `none`, `gzip`, `zstd`, `lz4`.
    public let compression: String
    /// `duration_seconds`.
    public let durationSeconds: Double
    /// `bytes`: of the stream, before compression.
    public let bytes: Int
    /// `snapshots`: dataset@name.
    public let snapshots: [String]

    private enum CodingKeys: String, CodingKey {
        case dataset
        case inputFile = "input_file"
        case force
        case compressed
        case compression
        case durationSeconds = "duration_seconds"
        case bytes
        case snapshots
    }
}

/// What `receive_abort` answers.
public struct ReceiveAbortResult: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `aborted`: always `true`.
    public let aborted: Bool
}

/// What `stream_init` answers.
public struct StreamInitResult: Codable, Hashable, Sendable {
    /// `stream_id`.
    public let streamID: String
    /// `url`: a path, or a whole address where the service knows its own.
    public let url: String
    /// `method`: one of `GET`, `POST`.
    public let method: String
    /// `expires_in`: seconds.
    public let expiresIn: Int

    private enum CodingKeys: String, CodingKey {
        case streamID = "stream_id"
        case url
        case method
        case expiresIn = "expires_in"
    }
}

/// A part of what `stream_list` answers.
public struct StreamListSession: Codable, Hashable, Sendable {
    /// `stream_id`.
    public let streamID: String
    /// `operation`: one of `send`, `receive`.
    public let operation: String
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String?
    /// `created`: RFC 3339.
    public let created: String
    /// `username`.
    public let username: String
    /// `state`: one of `pending`, `running`, `completed`, `failed`, `cancelled`.
    public let state: String
    /// `bytes`: of the last transfer.
    public let bytes: Int
    /// `transport`: one of `http`, `tcp`, `unix`, `file`.
    public let transport: String
    /// `peer`: while it runs.
    public let peer: String?
    /// `rate_mbps`: 10^6 bytes a second since it began, while it runs.
    public let rateMbps: Double?
    /// `waits_for`: while it runs; one of `nobody`, `sender`, `receiver`, `network`, `pool`, `throttle`.
    public let waitsFor: String?

    private enum CodingKeys: String, CodingKey {
        case streamID = "stream_id"
        case operation
        case dataset
        case snapshot
        case created
        case username
        case state
        case bytes
        case transport
        case peer
        case rateMbps = "rate_mbps"
        case waitsFor = "waits_for"
    }
}

/// What `stream_list` answers.
public struct StreamListResult: Codable, Hashable, Sendable {
    /// `sessions`.
    public let sessions: [StreamListSession]
}

/// What `stream_cancel` answers.
public struct StreamCancelResult: Codable, Hashable, Sendable {
    /// `stream_id`.
    public let streamID: String
    /// `cancelled`: always `true`.
    public let cancelled: Bool

    private enum CodingKeys: String, CodingKey {
        case streamID = "stream_id"
        case cancelled
    }
}

/// What `token_create_send` answers.
public struct TokenCreateSendResult: Codable, Hashable, Sendable {
    /// `token`: a secret.
    public let token: String
    /// `token_id`: its first 8 characters.
    public let tokenID: String
    /// `expires_in`: seconds.
    public let expiresIn: Int
    /// `expires_at`: RFC 3339.
    public let expiresAt: String
    /// `operation`: one of `send`, `receive`.
    public let operation: String
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String?
    /// `max_uses`.
    public let maxUses: Int
    /// `socket_tcp`: host:port.
    public let socketTcp: String?
    /// `socket_unix`: path.
    public let socketUnix: String?

    private enum CodingKeys: String, CodingKey {
        case token
        case tokenID = "token_id"
        case expiresIn = "expires_in"
        case expiresAt = "expires_at"
        case operation
        case dataset
        case snapshot
        case maxUses = "max_uses"
        case socketTcp = "socket_tcp"
        case socketUnix = "socket_unix"
    }
}

/// A part of what `token_list` answers.
public struct TokenListToken: Codable, Hashable, Sendable {
    /// `token_id`: the first 8 characters.
    public let tokenID: String
    /// `id`: the same.
    public let id: String
    /// `operation`: one of `send`, `receive`.
    public let operation: String
    /// `dataset`.
    public let dataset: String
    /// `snapshot`.
    public let snapshot: String?
    /// `created_at`: RFC 3339.
    public let createdAt: String
    /// `expires_at`: RFC 3339.
    public let expiresAt: String
    /// `used`.
    public let used: Bool
    /// `use_count`.
    public let useCount: Int
    /// `max_uses`.
    public let maxUses: Int

    private enum CodingKeys: String, CodingKey {
        case tokenID = "token_id"
        case id
        case operation
        case dataset
        case snapshot
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case used
        case useCount = "use_count"
        case maxUses = "max_uses"
    }
}

/// What `token_list` answers.
public struct TokenListResult: Codable, Hashable, Sendable {
    /// `tokens`.
    public let tokens: [TokenListToken]
}

/// What `token_revoke` answers.
public struct TokenRevokeResult: Codable, Hashable, Sendable {
    /// `revoked`: always `true`.
    public let revoked: Bool
}

/// A part of what `token_stats` answers.
public struct TokenStatsCreated: Codable, Hashable, Sendable {
    /// `send`.
    public let send: Int
    /// `receive`.
    public let receive: Int
}

/// A part of what `token_stats` answers.
public struct TokenStatsValidation: Codable, Hashable, Sendable {
    /// `granted`.
    public let granted: Int
    /// `unknown`.
    public let unknown: Int
    /// `expired`.
    public let expired: Int
    /// `used`.
    public let used: Int
}

/// What `token_stats` answers.
public struct TokenStatsResult: Codable, Hashable, Sendable {
    /// `created`.
    public let created: TokenStatsCreated
    /// `used`.
    public let used: TokenStatsCreated
    /// `validation`.
    public let validation: TokenStatsValidation
    /// `revoked`.
    public let revoked: TokenStatsCreated
    /// `active_tokens`.
    public let activeTokens: Int
    /// `redis_connected`.
    public let redisConnected: Bool
    /// `redis_stats`.
    public let redisStats: [String: JSONValue]
    /// `store`: one of `sqlite`, `redis`.
    public let store: String

    private enum CodingKeys: String, CodingKey {
        case created
        case used
        case validation
        case revoked
        case activeTokens = "active_tokens"
        case redisConnected = "redis_connected"
        case redisStats = "redis_stats"
        case store
    }
}

/// A part of what `migration_create` answers.
public struct MigrationCreateParams: Codable, Hashable, Sendable {
    /// `source`.
    public let source: String
    /// `destination`.
    public let destination: String
    /// `remote`.
    public let remote: String?
    /// `limit`: MB/s.
    public let limit: Double?
    /// `compression`: one of `auto`, `none`, `zstd`, `lz4`, `gzip`, `xz`, `bzip2`.
    public let compression: String
    /// `recursive`.
    public let recursive: Bool
    /// `intermediates`.
    public let intermediates: Bool
    /// `sync`.
    public let sync: Bool
    /// `on_conflict`: one of `refuse`, `keep`, `rollback`.
    public let onConflict: String
    /// `with_properties`.
    public let withProperties: Bool
    /// `properties`.
    public let properties: [String: String]

    private enum CodingKeys: String, CodingKey {
        case source
        case destination
        case remote
        case limit
        case compression
        case recursive
        case intermediates
        case sync
        case onConflict = "on_conflict"
        case withProperties = "with_properties"
        case properties
    }
}

/// What `migration_create` answers.
public struct MigrationCreateResult: Codable, Hashable, Sendable {
    /// `task_id`: UUID.
    public let taskID: String
    /// `status`: always `"pending"`.
    public let status: String
    /// `created_at`: RFC 3339.
    public let createdAt: String
    /// `params`.
    public let params: MigrationCreateParams

    private enum CodingKeys: String, CodingKey {
        case taskID = "task_id"
        case status
        case createdAt = "created_at"
        case params
    }
}

/// A part of what `migration_plan` answers.
public struct MigrationPlanStep: Codable, Hashable, Sendable {
    /// `source`: dataset@name.
    public let source: String
    /// `destination`.
    public let destination: String
    /// `guid`.
    public let guid: String
    /// `action`: one of `full`, `incremental`, `resume`, `up_to_date`.
    public let action: String
    /// `from`.
    public let from: String?
    /// `snapshots`: in the stream.
    public let snapshots: Int
    /// `size_bytes`: estimated.
    public let sizeBytes: Int
    /// `flags`.
    public let flags: [String: Bool]

    private enum CodingKeys: String, CodingKey {
        case source
        case destination
        case guid
        case action
        case from
        case snapshots
        case sizeBytes = "size_bytes"
        case flags
    }
}

/// A part of what `migration_plan` answers.
public struct MigrationPlanRollback: Codable, Hashable, Sendable {
    /// `dataset`.
    public let dataset: String
    /// `drops_part`: of a snapshot that the source cannot finish.
    public let dropsPart: Bool
    /// `snapshot`: gone back to.
    public let snapshot: String?
    /// `destroys`: newer snapshots.
    public let destroys: [String]

    private enum CodingKeys: String, CodingKey {
        case dataset
        case dropsPart = "drops_part"
        case snapshot
        case destroys
    }
}

/// What `migration_plan` answers.
public struct MigrationPlanResult: Codable, Hashable, Sendable {
    /// `steps`.
    public let steps: [MigrationPlanStep]
    /// `skipped`: datasets without such a snapshot.
    public let skipped: [String]
    /// `rollbacks`.
    public let rollbacks: [MigrationPlanRollback]
    /// `kept_as`: the name that a destination gets first which the snapshot does not fit to.
    public let keptAs: String?
    /// `size_bytes`: of all.
    public let sizeBytes: Int

    private enum CodingKeys: String, CodingKey {
        case steps
        case skipped
        case rollbacks
        case keptAs = "kept_as"
        case sizeBytes = "size_bytes"
    }
}

/// What `migration_get` answers.
public struct MigrationGetResult: Codable, Hashable, Sendable {
    /// `id`: UUID.
    public let id: String
    /// `node`: where it is done, with Redis.
    public let node: String?
    /// `status`: one of `pending`, `running`, `completed`, `failed`, `cancelled`.
    public let status: String
    /// `created_at`: RFC 3339.
    public let createdAt: String
    /// `started_at`.
    public let startedAt: String?
    /// `completed_at`.
    public let completedAt: String?
    /// `error`: as in errors, also of the last of several tries.
    public let error: JSONValue?
    /// `attempts`.
    public let attempts: Int
    /// `progress`: {} before the first record.
    public let progress: JSONValue
    /// `params`.
    public let params: MigrationCreateParams
    /// `result`: the receipt.
    public let result: JSONValue?
    /// `plan`.
    public let plan: MigrationPlanResult?

    private enum CodingKeys: String, CodingKey {
        case id
        case node
        case status
        case createdAt = "created_at"
        case startedAt = "started_at"
        case completedAt = "completed_at"
        case error
        case attempts
        case progress
        case params
        case result
        case plan
    }
}

/// What `migration_list` answers.
public struct MigrationListResult: Codable, Hashable, Sendable {
    /// `tasks`.
    public let tasks: [MigrationGetResult]
    /// `total`: that match.
    public let total: Int
    /// `next_cursor`.
    public let nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case tasks
        case total
        case nextCursor = "next_cursor"
    }
}

/// What `migration_cancel` answers.
public struct MigrationCancelResult: Codable, Hashable, Sendable {
    /// `cancelled`: always `true`.
    public let cancelled: Bool
    /// `task_id`.
    public let taskID: String

    private enum CodingKeys: String, CodingKey {
        case cancelled
        case taskID = "task_id"
    }
}

/// What `migration_update` answers.
public struct MigrationUpdateResult: Codable, Hashable, Sendable {
    /// `task_id`.
    public let taskID: String
    /// `limit`.
    public let limit: Double?

    private enum CodingKeys: String, CodingKey {
        case taskID = "task_id"
        case limit
    }
}

/// A part of what `task_events` answers.
public struct TaskEventsEvent: Codable, Hashable, Sendable {
    /// `sequence`.
    public let sequence: Int
    /// `task_id`.
    public let taskID: String
    /// `timestamp`: RFC 3339.
    public let timestamp: String
    /// `status`: one of `pending`, `running`, `completed`, `failed`, `cancelled`.
    public let status: String
    /// `event`.
    public let event: String

    private enum CodingKeys: String, CodingKey {
        case sequence
        case taskID = "task_id"
        case timestamp
        case status
        case event
    }
}

/// What `task_events` answers.
public struct TaskEventsResult: Codable, Hashable, Sendable {
    /// `events`.
    public let events: [TaskEventsEvent]
    /// `last`: pass it as after.
    public let last: Int
}

/// A part of what `sync_list` answers.
public struct SyncListMark: Codable, Hashable, Sendable {
    /// `kind`: one of `hold`, `bookmark`.
    public let kind: String
    /// `name`: dataset@name or dataset#name.
    public let name: String
    /// `tag`.
    public let tag: String
    /// `peer`: the other host.
    public let peer: String
    /// `time`: YYYY-MM-DD-HH-MM-SS, UTC.
    public let time: String
    /// `needed_for`: one of `task`, `last`, `newest`, `unknown`.
    public let neededFor: String?

    private enum CodingKeys: String, CodingKey {
        case kind
        case name
        case tag
        case peer
        case time
        case neededFor = "needed_for"
    }
}

/// What `sync_list` answers.
public struct SyncListResult: Codable, Hashable, Sendable {
    /// `marks`.
    public let marks: [SyncListMark]
    /// `total`.
    public let total: Int
}

/// What `sync_prune` answers.
public struct SyncPruneResult: Codable, Hashable, Sendable {
    /// `marks`.
    public let marks: [SyncListMark]
    /// `total`.
    public let total: Int
    /// `dry_run`.
    public let dryRun: Bool

    private enum CodingKeys: String, CodingKey {
        case marks
        case total
        case dryRun = "dry_run"
    }
}

/// What `auth_login` answers.
public struct AuthLoginResult: Codable, Hashable, Sendable {
    /// `token`: a secret, sent as Authorization: Bearer.
    public let token: String
    /// `expires_in`: seconds.
    public let expiresIn: Int

    private enum CodingKeys: String, CodingKey {
        case token
        case expiresIn = "expires_in"
    }
}

/// What `auth_logout` answers.
public struct AuthLogoutResult: Codable, Hashable, Sendable {
    /// `logged_out`: always `true`.
    public let loggedOut: Bool

    private enum CodingKeys: String, CodingKey {
        case loggedOut = "logged_out"
    }
}

/// What `auth_revoke` answers.
public struct AuthRevokeResult: Codable, Hashable, Sendable {
    /// `token_id`.
    public let tokenID: String
    /// `revoked`: always `true`.
    public let revoked: Bool

    private enum CodingKeys: String, CodingKey {
        case tokenID = "token_id"
        case revoked
    }
}

/// A part of what `system_info` answers.
public struct SystemInfoOpenzfs: Codable, Hashable, Sendable {
    /// `userland`.
    public let userland: String
    /// `kernel`.
    public let kernel: String?
}

/// What `system_info` answers.
public struct SystemInfoResult: Codable, Hashable, Sendable {
    /// `version`.
    public let version: String
    /// `openzfs`.
    public let openzfs: SystemInfoOpenzfs
    /// `hostname`.
    public let hostname: String
    /// `uptime_seconds`.
    public let uptimeSeconds: Int
    /// `features`.
    public let features: [String]

    private enum CodingKeys: String, CodingKey {
        case version
        case openzfs
        case hostname
        case uptimeSeconds = "uptime_seconds"
        case features
    }
}

/// What `dataset_unload_key` answers.
public typealias DatasetUnloadKeyResult = DatasetLoadKeyResult

/// What `dataset_change_key` answers.
public typealias DatasetChangeKeyResult = DatasetLoadKeyResult

/// What `snapshot_create_auto` answers.
public typealias SnapshotCreateAutoResult = SnapshotCreateResult

/// What `token_create_receive` answers.
public typealias TokenCreateReceiveResult = TokenCreateSendResult
