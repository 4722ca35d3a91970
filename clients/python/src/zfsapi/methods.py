"""The methods of the API, and what they answer. Made from the OpenRPC document by `generate`; do not edit."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, TypedDict, cast


class DatasetListEntry(TypedDict):
    """A part of what `dataset_list` answers."""

    name: str
    type: str
    properties: dict[str, str]  # exact value


class DatasetListResult(TypedDict):
    """What `dataset_list` answers."""

    datasets: list[str]  # name
    entries: NotRequired[list[DatasetListEntry]]


class DatasetCreateResult(TypedDict):
    """What `dataset_create` answers."""

    dataset: str
    created: Literal[True]


class DatasetDestroyResult(TypedDict):
    """What `dataset_destroy` answers."""

    dataset: str
    destroyed: bool  # false in a dry run
    destroyed_datasets: list[str]  # dataset or snapshot
    reclaimed_bytes: int | None  # bytes; null when it is not known
    dry_run: NotRequired[Literal[True]]


class DatasetRenameResult(TypedDict):
    """What `dataset_rename` answers."""

    old_name: str
    new_name: str
    renamed: Literal[True]


class DatasetPromoteResult(TypedDict):
    """What `dataset_promote` answers."""

    dataset: str
    promoted: Literal[True]


class DatasetGetPropertiesResult(TypedDict):
    """What `dataset_get_properties` answers."""

    dataset: str
    properties: dict[str, str]  # exact value
    sources: dict[str, str]
    property: NotRequired[str]
    value: NotRequired[str]


class DatasetSetPropertyResult(TypedDict):
    """What `dataset_set_property` answers."""

    dataset: str
    property: str
    value: str


class DatasetInheritPropertyResult(TypedDict):
    """What `dataset_inherit_property` answers."""

    dataset: str
    property: str
    inherited: Literal[True]


class DatasetGetSpaceSpace(TypedDict):
    """A part of what `dataset_get_space` answers."""

    name: str
    avail: int  # bytes
    used: int  # bytes
    usedsnap: int  # bytes in snapshots
    useddss: int  # bytes in the dataset itself
    usedrefreserv: int  # bytes held by refreservation
    usedchild: int  # bytes below it


class DatasetGetSpaceResult(TypedDict):
    """What `dataset_get_space` answers."""

    dataset: str
    space: DatasetGetSpaceSpace


class DatasetMountResult(TypedDict):
    """What `dataset_mount` answers."""

    dataset: str
    mounted: Literal[True]
    already_mounted: NotRequired[Literal[True]]


class DatasetUnmountResult(TypedDict):
    """What `dataset_unmount` answers."""

    dataset: str
    mounted: Literal[False]
    already_unmounted: NotRequired[Literal[True]]


class DatasetLoadKeyResult(TypedDict):
    """What `dataset_load_key` answers."""

    dataset: str
    keystatus: str


class SnapshotListEntry(TypedDict):
    """A part of what `snapshot_list` answers."""

    name: str  # full name
    snapshot: str  # short name
    creation: str  # RFC 3339
    guid: str  # 64 bits, decimal
    createtxg: int
    used: int  # bytes
    referenced: int  # bytes
    holds: int


class SnapshotListResult(TypedDict):
    """What `snapshot_list` answers."""

    dataset: str
    snapshots: list[str]  # short name
    entries: list[SnapshotListEntry]
    next_cursor: str | None  # null at the end


class SnapshotCreateResult(TypedDict):
    """What `snapshot_create` answers."""

    dataset: str
    snapshot: str  # short name
    created: Literal[True]


class SnapshotDestroyResult(TypedDict):
    """What `snapshot_destroy` answers."""

    snapshot: str  # full name
    destroyed: bool  # false in a dry run, and while any is deferred
    destroyed_snapshots: list[str]
    reclaimed_bytes: int | None  # bytes
    deferred_snapshots: NotRequired[list[str]]
    dry_run: NotRequired[Literal[True]]


class SnapshotRenameResult(TypedDict):
    """What `snapshot_rename` answers."""

    dataset: str
    snapshot: str  # the new short name
    old_name: str
    renamed: Literal[True]


class SnapshotRollbackResult(TypedDict):
    """What `snapshot_rollback` answers."""

    dataset: str
    snapshot: str
    rolled_back: bool  # false in a dry run
    destroyed: list[str]  # snapshot or bookmark
    dry_run: NotRequired[Literal[True]]


class SnapshotDiffChangesNew(TypedDict):
    """A part of what `snapshot_diff` answers."""

    path: str
    type: str  # F D L B C P S O
    path_escaped: NotRequired[str]


class SnapshotDiffChangesRenamed(TypedDict):
    """A part of what `snapshot_diff` answers."""

    old_path: str
    new_path: str
    type: str
    old_path_escaped: NotRequired[str]
    new_path_escaped: NotRequired[str]


class SnapshotDiffChanges(TypedDict):
    """A part of what `snapshot_diff` answers."""

    new: list[SnapshotDiffChangesNew]
    modified: list[SnapshotDiffChangesNew]
    deleted: list[SnapshotDiffChangesNew]
    renamed: list[SnapshotDiffChangesRenamed]


class SnapshotDiffSummary(TypedDict):
    """A part of what `snapshot_diff` answers."""

    new_count: int
    modified_count: int
    deleted_count: int
    renamed_count: int
    total_changes: int


class SnapshotDiffResult(TypedDict):
    """What `snapshot_diff` answers."""

    snapshot1: str
    snapshot2: str  # "current" for the present state
    changes: NotRequired[SnapshotDiffChanges]
    summary: NotRequired[SnapshotDiffSummary]
    truncated: NotRequired[bool]  # whether there are more changes than the limit
    format: NotRequired[Literal["ndjson"]]


class CloneCreateResult(TypedDict):
    """What `clone_create` answers."""

    source: str
    clone: str
    created: Literal[True]


class SnapshotHoldResult(TypedDict):
    """What `snapshot_hold` answers."""

    dataset: str
    snapshot: str
    hold: str  # tag


class SnapshotReleaseResult(TypedDict):
    """What `snapshot_release` answers."""

    dataset: str
    snapshot: str
    released: str  # tag


class SnapshotHoldsListEntry(TypedDict):
    """A part of what `snapshot_holds_list` answers."""

    snapshot: str  # full name
    tag: str
    created: str  # RFC 3339, to the minute


class SnapshotHoldsListResult(TypedDict):
    """What `snapshot_holds_list` answers."""

    dataset: str
    snapshot: str
    holds: list[str]  # tag
    entries: list[SnapshotHoldsListEntry]


class BookmarkCreateResult(TypedDict):
    """What `bookmark_create` answers."""

    snapshot: str
    bookmark: str
    created: Literal[True]


class BookmarkListEntry(TypedDict):
    """A part of what `bookmark_list` answers."""

    name: str  # dataset#name
    guid: str  # 64 bits, decimal
    createtxg: int
    creation: str  # RFC 3339


class BookmarkListResult(TypedDict):
    """What `bookmark_list` answers."""

    dataset: str
    bookmarks: list[str]  # dataset#name
    entries: list[BookmarkListEntry]


class BookmarkDestroyResult(TypedDict):
    """What `bookmark_destroy` answers."""

    bookmark: str
    destroyed: Literal[True]


class VolumeCreateResult(TypedDict):
    """What `volume_create` answers."""

    volume: str
    created: Literal[True]
    size_bytes: int  # bytes
    device: str | None  # path; null with volmode none


class VolumeListEntry(TypedDict):
    """A part of what `volume_list` answers."""

    name: str
    size_bytes: int  # bytes
    used: int  # bytes
    device: str


class VolumeListResult(TypedDict):
    """What `volume_list` answers."""

    volumes: list[str]  # name
    entries: list[VolumeListEntry]


class VolumeResizeResult(TypedDict):
    """What `volume_resize` answers."""

    volume: str
    size_bytes: int  # bytes


class PoolListEntry(TypedDict):
    """A part of what `pool_list` answers."""

    name: str
    size: int  # bytes
    allocated: int  # bytes
    free: int  # bytes
    fragmentation: int | None  # percent
    capacity: int | None  # percent
    dedup_ratio: float | None
    health: str
    guid: str  # 64 bits, decimal


class PoolListResult(TypedDict):
    """What `pool_list` answers."""

    pools: list[str]  # name
    entries: list[PoolListEntry]


class PoolGetPropertiesResult(TypedDict):
    """What `pool_get_properties` answers."""

    pool: str
    properties: dict[str, str]  # exact value
    sources: dict[str, str]
    property: NotRequired[str]
    value: NotRequired[str]


class PoolSetPropertyResult(TypedDict):
    """What `pool_set_property` answers."""

    pool: str
    property: str
    value: str


class PoolStatusScan(TypedDict):
    """A part of what `pool_status` answers."""

    function: str
    state: str
    text: str
    percent: NotRequired[float]  # 0 to 100
    errors: NotRequired[int]


class PoolStatusResult(TypedDict):
    """What `pool_status` answers."""

    pool: str
    status: str  # the text of zpool status -v
    state: str
    scan: PoolStatusScan
    vdevs: list[Any]  # {name, role, state, read, write, checksum, note?, children?}
    errors: list[str]  # path
    message: NotRequired[str]
    action: NotRequired[str]
    see: NotRequired[str]


class PoolScrubStartResult(TypedDict):
    """What `pool_scrub_start` answers."""

    pool: str
    scrub: Literal["started"]


class PoolScrubStopResult(TypedDict):
    """What `pool_scrub_stop` answers."""

    pool: str
    scrub: Literal["stopped"]


class PoolScrubPauseResult(TypedDict):
    """What `pool_scrub_pause` answers."""

    pool: str
    scrub: Literal["paused"]


class PoolTrimStartResult(TypedDict):
    """What `pool_trim_start` answers."""

    pool: str
    trim: Literal["started"]


class PoolTrimStopResult(TypedDict):
    """What `pool_trim_stop` answers."""

    pool: str
    trim: Literal["stopped"]


class PoolHistoryResult(TypedDict):
    """What `pool_history` answers."""

    pool: str
    history: list[str]  # line
    truncated: bool  # whether there are older lines


class PoolIostatEntry(TypedDict):
    """A part of what `pool_iostat` answers."""

    name: str
    allocated: int | None  # bytes
    free: int | None  # bytes
    read_operations: int | None  # per second
    write_operations: int | None  # per second
    read_bytes: int | None  # per second
    write_bytes: int | None  # per second


class PoolIostatResult(TypedDict):
    """What `pool_iostat` answers."""

    pool: str
    entries: list[PoolIostatEntry]


PoolEventsEvent = TypedDict("PoolEventsEvent", {
    "time": str,  # RFC 3339
    "class": str,
    "details": NotRequired[list[str]],  # name = value
})
PoolEventsEvent.__doc__ = "A part of what `pool_events` answers."


class PoolEventsResult(TypedDict):
    """What `pool_events` answers."""

    pool: str
    events: list[PoolEventsEvent]


class SendEstimateFlags(TypedDict):
    """A part of what `send_estimate` answers."""

    raw: bool  # -w
    compressed: bool  # -c
    large_blocks: bool  # -L
    embedded: bool  # -e


class SendEstimateResult(TypedDict):
    """What `send_estimate` answers."""

    dataset: str
    snapshot: str
    from_snapshot: str | None
    estimated_size: int  # bytes
    size_bytes: int  # the same
    human_size: str  # such as 1.5G
    size_human: str  # the same
    type: Literal["full", "incremental"]
    flags: SendEstimateFlags


class SendToFileResult(TypedDict):
    """What `send_to_file` answers."""

    dataset: str
    snapshot: str
    from_snapshot: str | None
    output_file: str  # as it was written
    compressed: bool
    compression: Literal["none", "gzip", "zstd", "lz4"]
    size_bytes: int  # of the file
    stream_bytes: int  # before compression
    duration_seconds: float
    sha256: str  # of the file, 64 hexadecimal digits


class ReceiveFromFileResult(TypedDict):
    """What `receive_from_file` answers."""

    dataset: str
    input_file: str
    force: bool
    compressed: bool
    compression: Literal["none", "gzip", "zstd", "lz4"]
    duration_seconds: float
    bytes: int  # of the stream, before compression
    snapshots: list[str]  # dataset@name


class ReceiveAbortResult(TypedDict):
    """What `receive_abort` answers."""

    dataset: str
    aborted: Literal[True]


class StreamInitResult(TypedDict):
    """What `stream_init` answers."""

    stream_id: str
    url: str  # a path, or a whole address where the service knows its own
    method: Literal["GET", "POST"]
    expires_in: int  # seconds


class StreamListSession(TypedDict):
    """A part of what `stream_list` answers."""

    stream_id: str
    operation: Literal["send", "receive"]
    dataset: str
    snapshot: str | None
    created: str  # RFC 3339
    username: str
    state: Literal["pending", "running", "completed", "failed", "cancelled"]
    bytes: int  # of the last transfer
    transport: Literal["http", "tcp", "unix", "file"]
    peer: str | None  # while it runs
    rate_mbps: float | None  # 10^6 bytes a second since it began, while it runs
    waits_for: Literal["nobody", "sender", "receiver", "network", "pool", "throttle"] | None  # while it runs


class StreamListResult(TypedDict):
    """What `stream_list` answers."""

    sessions: list[StreamListSession]


class StreamCancelResult(TypedDict):
    """What `stream_cancel` answers."""

    stream_id: str
    cancelled: Literal[True]


class TokenCreateSendResult(TypedDict):
    """What `token_create_send` answers."""

    token: str  # a secret
    token_id: str  # its first 8 characters
    expires_in: int  # seconds
    expires_at: str  # RFC 3339
    operation: Literal["send", "receive"]
    dataset: str
    snapshot: str | None
    max_uses: int
    socket_tcp: str | None  # host:port
    socket_unix: str | None  # path


class TokenListToken(TypedDict):
    """A part of what `token_list` answers."""

    token_id: str  # the first 8 characters
    id: str  # the same
    operation: Literal["send", "receive"]
    dataset: str
    snapshot: str | None
    created_at: str  # RFC 3339
    expires_at: str  # RFC 3339
    used: bool
    use_count: int
    max_uses: int


class TokenListResult(TypedDict):
    """What `token_list` answers."""

    tokens: list[TokenListToken]


class TokenRevokeResult(TypedDict):
    """What `token_revoke` answers."""

    revoked: Literal[True]


class TokenStatsCreated(TypedDict):
    """A part of what `token_stats` answers."""

    send: int
    receive: int


class TokenStatsValidation(TypedDict):
    """A part of what `token_stats` answers."""

    granted: int
    unknown: int
    expired: int
    used: int


class TokenStatsResult(TypedDict):
    """What `token_stats` answers."""

    created: TokenStatsCreated
    used: TokenStatsCreated
    validation: TokenStatsValidation
    revoked: TokenStatsCreated
    active_tokens: int
    redis_connected: bool
    redis_stats: dict[str, Any]
    store: Literal["sqlite", "redis"]


class MigrationCreateParams(TypedDict):
    """A part of what `migration_create` answers."""

    source: str
    destination: str
    remote: str | None
    limit: float | None  # MB/s
    compression: Literal["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"]
    recursive: bool
    intermediates: bool
    sync: bool
    on_conflict: Literal["refuse", "keep", "rollback"]
    with_properties: bool
    properties: dict[str, str]


class MigrationCreateResult(TypedDict):
    """What `migration_create` answers."""

    task_id: str  # UUID
    status: Literal["pending"]
    created_at: str  # RFC 3339
    params: MigrationCreateParams


MigrationPlanStep = TypedDict("MigrationPlanStep", {
    "source": str,  # dataset@name
    "destination": str,
    "guid": str,
    "action": Literal["full", "incremental", "resume", "up_to_date"],
    "from": str | None,
    "snapshots": int,  # in the stream
    "size_bytes": int,  # estimated
    "flags": dict[str, bool],
})
MigrationPlanStep.__doc__ = "A part of what `migration_plan` answers."


class MigrationPlanRollback(TypedDict):
    """A part of what `migration_plan` answers."""

    dataset: str
    drops_part: bool  # of a snapshot that the source cannot finish
    snapshot: str | None  # gone back to
    destroys: list[str]  # newer snapshots


class MigrationPlanResult(TypedDict):
    """What `migration_plan` answers."""

    steps: list[MigrationPlanStep]
    skipped: list[str]  # datasets without such a snapshot
    rollbacks: list[MigrationPlanRollback]
    kept_as: str | None  # the name that a destination gets first which the snapshot does not fit to
    size_bytes: int  # of all


class MigrationGetResult(TypedDict):
    """What `migration_get` answers."""

    id: str  # UUID
    node: str | None  # where it is done, with Redis
    status: Literal["pending", "running", "completed", "failed", "cancelled"]
    created_at: str  # RFC 3339
    started_at: str | None
    completed_at: str | None
    error: Any | None  # as in errors, also of the last of several tries
    attempts: int
    progress: Any  # {} before the first record
    params: MigrationCreateParams
    result: Any | None  # the receipt
    plan: MigrationPlanResult | None


class MigrationListResult(TypedDict):
    """What `migration_list` answers."""

    tasks: list[MigrationGetResult]
    total: int  # that match
    next_cursor: str | None


class MigrationCancelResult(TypedDict):
    """What `migration_cancel` answers."""

    cancelled: Literal[True]
    task_id: str


class MigrationUpdateResult(TypedDict):
    """What `migration_update` answers."""

    task_id: str
    limit: float | None


class TaskEventsEvent(TypedDict):
    """A part of what `task_events` answers."""

    sequence: int
    task_id: str
    timestamp: str  # RFC 3339
    status: Literal["pending", "running", "completed", "failed", "cancelled"]
    event: str


class TaskEventsResult(TypedDict):
    """What `task_events` answers."""

    events: list[TaskEventsEvent]
    last: int  # pass it as after


class SyncListMark(TypedDict):
    """A part of what `sync_list` answers."""

    kind: Literal["hold", "bookmark"]
    name: str  # dataset@name or dataset#name
    tag: str
    peer: str  # the other host
    time: str  # YYYY-MM-DD-HH-MM-SS, UTC
    needed_for: Literal["task", "last", "newest", "unknown"] | None


class SyncListResult(TypedDict):
    """What `sync_list` answers."""

    marks: list[SyncListMark]
    total: int


class SyncPruneResult(TypedDict):
    """What `sync_prune` answers."""

    marks: list[SyncListMark]
    total: int
    dry_run: bool


class AuthLoginResult(TypedDict):
    """What `auth_login` answers."""

    token: str  # a secret, sent as Authorization: Bearer
    expires_in: int  # seconds


class AuthLogoutResult(TypedDict):
    """What `auth_logout` answers."""

    logged_out: Literal[True]


class AuthRevokeResult(TypedDict):
    """What `auth_revoke` answers."""

    token_id: str
    revoked: Literal[True]


class SystemInfoOpenzfs(TypedDict):
    """A part of what `system_info` answers."""

    userland: str
    kernel: str | None


class SystemInfoResult(TypedDict):
    """What `system_info` answers."""

    version: str
    openzfs: SystemInfoOpenzfs
    hostname: str
    uptime_seconds: int
    features: list[str]


DatasetUnloadKeyResult = DatasetLoadKeyResult
DatasetChangeKeyResult = DatasetLoadKeyResult
SnapshotCreateAutoResult = SnapshotCreateResult
TokenCreateReceiveResult = TokenCreateSendResult


class Methods:
    """The methods of the API for a blocking client. Each raises `ZFSAPIError`."""

    def _call(self, method: str, parameters: Mapping[str, object]) -> Any:
        raise NotImplementedError

    def dataset_list(
        self, dataset: str | None = None, *, types: Sequence[Literal["filesystem", "volume"]] | None = None,
        depth: int | None = None, properties: Sequence[str] | None = None
    ) -> DatasetListResult:
        """Lists file systems and volumes; with a dataset, it and everything below it.

        Parameters:
            dataset: Where to begin; without it all pools are listed (the name of a file system or volume).
            types: Which types to list. Default: ["filesystem", "volume"].
            depth: How many levels below the beginning; without it all (0 to 50).
            properties: Properties to give for each; with it the answer has entries.

        It needs the role viewer.
        """
        return cast(DatasetListResult, self._call("dataset_list", {
            "dataset": dataset, "types": types, "depth": depth, "properties": properties
        }))

    def dataset_create(
        self, dataset: str, *, properties: Mapping[str, str] | None = None, parents: bool | None = None,
        key: str | None = None
    ) -> DatasetCreateResult:
        """Creates a file system.

        Parameters:
            dataset: The new file system (the name of a file system or volume).
            properties: Properties to set on it (property names and values). Default: {}.
            parents: Also creates missing file systems above it. Default: False.
            key: The encryption key; properties has keyformat, keylocation is prompt. Never logged (one line).

        It needs the role admin.
        """
        return cast(DatasetCreateResult, self._call("dataset_create", {
            "dataset": dataset, "properties": properties, "parents": parents, "key": key
        }))

    def dataset_destroy(
        self, dataset: str, *, recursive: bool | None = None, dependents: bool | None = None,
        dry_run: bool | None = None
    ) -> DatasetDestroyResult:
        """Destroys a file system or volume.

        Parameters:
            dataset: The file system or volume; snapshots and bookmarks have methods of their own (the name of a file
                system or volume).
            recursive: Also everything below it, snapshots included (zfs destroy -r). Default: False.
            dependents: Also clones of its snapshots, wherever they are (zfs destroy -R). Default: False.
            dry_run: Destroys nothing, only tells what would be destroyed. Default: False.

        It needs the role admin.
        """
        return cast(DatasetDestroyResult, self._call("dataset_destroy", {
            "dataset": dataset, "recursive": recursive, "dependents": dependents, "dry_run": dry_run
        }))

    def dataset_rename(self, dataset: str, new_name: str, *, parents: bool | None = None) -> DatasetRenameResult:
        """Renames a file system or volume, within its pool.

        Parameters:
            dataset: The present name (the name of a file system or volume).
            new_name: The new full name (the name of a file system or volume).
            parents: Also creates missing file systems above the new name. Default: False.

        It needs the role admin.
        """
        return cast(DatasetRenameResult, self._call("dataset_rename", {
            "dataset": dataset, "new_name": new_name, "parents": parents
        }))

    def dataset_promote(self, dataset: str) -> DatasetPromoteResult:
        """Makes a clone independent of its origin; the origin then depends on it.

        Parameters:
            dataset: The clone (the name of a file system or volume).

        It needs the role admin.
        """
        return cast(DatasetPromoteResult, self._call("dataset_promote", {"dataset": dataset}))

    def dataset_get_properties(self, dataset: str, *, property: str | None = None) -> DatasetGetPropertiesResult:
        """Gives exact property values of a dataset or snapshot, and where they come from.

        Parameters:
            dataset: The file system, volume, snapshot or bookmark (the name of a dataset, snapshot or bookmark).
            property: One property, or "all" (the name of a property, or "all"). Default: "all".

        It needs the role viewer.
        """
        return cast(DatasetGetPropertiesResult, self._call("dataset_get_properties", {
            "dataset": dataset, "property": property
        }))

    def dataset_set_property(self, dataset: str, property: str, value: str) -> DatasetSetPropertyResult:
        """Sets a property of a dataset or snapshot.

        Parameters:
            dataset: The file system, volume or snapshot (the name of a dataset, snapshot or bookmark).
            property: The property (the name of a property).
            value: The value (the value of a property).

        It needs the role admin.
        """
        return cast(DatasetSetPropertyResult, self._call("dataset_set_property", {
            "dataset": dataset, "property": property, "value": value
        }))

    def dataset_inherit_property(
        self, dataset: str, property: str, *, recursive: bool | None = None
    ) -> DatasetInheritPropertyResult:
        """Clears a property, so that it is inherited or has its default again.

        Parameters:
            dataset: The file system, volume or snapshot (the name of a dataset, snapshot or bookmark).
            property: The property (the name of a property).
            recursive: Also on everything below. Default: False.

        It needs the role admin.
        """
        return cast(DatasetInheritPropertyResult, self._call("dataset_inherit_property", {
            "dataset": dataset, "property": property, "recursive": recursive
        }))

    def dataset_get_space(self, dataset: str) -> DatasetGetSpaceResult:
        """Tells what uses the space of a dataset, in bytes.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).

        It needs the role viewer.
        """
        return cast(DatasetGetSpaceResult, self._call("dataset_get_space", {"dataset": dataset}))

    def dataset_mount(self, dataset: str) -> DatasetMountResult:
        """Mounts a file system.

        Parameters:
            dataset: The file system (the name of a file system or volume).

        It needs the role admin.
        """
        return cast(DatasetMountResult, self._call("dataset_mount", {"dataset": dataset}))

    def dataset_unmount(self, dataset: str, *, force: bool | None = None) -> DatasetUnmountResult:
        """Unmounts a file system and those below it that are mounted.

        Parameters:
            dataset: The file system (the name of a file system or volume).
            force: Unmounts although it is in use. Default: False.

        It needs the role admin.
        """
        return cast(DatasetUnmountResult, self._call("dataset_unmount", {"dataset": dataset, "force": force}))

    def dataset_load_key(
        self, dataset: str, *, key: str | None = None, recursive: bool | None = None
    ) -> DatasetLoadKeyResult:
        """Loads the encryption key of a dataset.

        Parameters:
            dataset: The encryption root (the name of a file system or volume).
            key: The passphrase or hex key; without it, keylocation tells. Never logged (one line).
            recursive: Also for encryption roots below. Default: False.

        It needs the role admin.
        """
        return cast(DatasetLoadKeyResult, self._call("dataset_load_key", {
            "dataset": dataset, "key": key, "recursive": recursive
        }))

    def dataset_unload_key(self, dataset: str, *, recursive: bool | None = None) -> DatasetUnloadKeyResult:
        """Unloads the encryption key of a dataset, which must not be mounted.

        Parameters:
            dataset: The encryption root (the name of a file system or volume).
            recursive: Also for encryption roots below. Default: False.

        It needs the role admin.
        """
        return cast(DatasetUnloadKeyResult, self._call("dataset_unload_key", {
            "dataset": dataset, "recursive": recursive
        }))

    def dataset_change_key(
        self, dataset: str, *, key: str | None = None, properties: Mapping[str, str] | None = None
    ) -> DatasetChangeKeyResult:
        """Changes the key that wraps the encryption key of a dataset.

        Parameters:
            dataset: The encryption root; its key is loaded (the name of a file system or volume).
            key: The new passphrase or hex key; without it, keylocation tells. Never logged (one line).
            properties: keyformat, keylocation, pbkdf2iters (property names and values). Default: {}.

        It needs the role admin.
        """
        return cast(DatasetChangeKeyResult, self._call("dataset_change_key", {
            "dataset": dataset, "key": key, "properties": properties
        }))

    def snapshot_list(
        self, dataset: str, *, limit: int | None = None, cursor: str | None = None, recursive: bool | None = None
    ) -> SnapshotListResult:
        """Lists the snapshots of a dataset, oldest first.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            limit: Snapshots in one answer; without it all (1 to 1000000).
            cursor: Where the answer before this one ended: its next_cursor.
            recursive: Also the snapshots of everything below. Default: False.

        It needs the role viewer.
        """
        return cast(SnapshotListResult, self._call("snapshot_list", {
            "dataset": dataset, "limit": limit, "cursor": cursor, "recursive": recursive
        }))

    def snapshot_create(
        self, dataset: str, name: str, *, recursive: bool | None = None, properties: Mapping[str, str] | None = None
    ) -> SnapshotCreateResult:
        """Creates a snapshot.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            name: The short name (the short name of a snapshot, without dataset).
            recursive: Also of everything below, in one atomic step. Default: False.
            properties: User properties to set on it (property names and values). Default: {}.

        It needs the role operator.
        """
        return cast(SnapshotCreateResult, self._call("snapshot_create", {
            "dataset": dataset, "name": name, "recursive": recursive, "properties": properties
        }))

    def snapshot_create_auto(
        self, dataset: str, tag: str, *, tag1: str | None = None, recursive: bool | None = None
    ) -> SnapshotCreateAutoResult:
        """Creates a snapshot named after tags and the time in UTC.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            tag: How the name begins: tag_YYYY-MM-DD-HH-MM, with -SS added when that is taken (the short name of a
                snapshot, without dataset).
            tag1: A second tag, behind the first: tag_tag1_YYYY-MM-DD-HH-MM (the short name of a snapshot, without
                dataset).
            recursive: Also of everything below, in one atomic step. Default: False.

        It needs the role operator.
        """
        return cast(SnapshotCreateAutoResult, self._call("snapshot_create_auto", {
            "dataset": dataset, "tag": tag, "tag1": tag1, "recursive": recursive
        }))

    def snapshot_destroy(
        self, dataset: str, snapshot: str, *, recursive: bool | None = None, defer: bool | None = None,
        dry_run: bool | None = None
    ) -> SnapshotDestroyResult:
        """Destroys one snapshot.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            recursive: Also the snapshots of that name of everything below. Default: False.
            defer: If it is held or cloned, destroys it as soon as it no longer is. Default: False.
            dry_run: Destroys nothing, only tells what would be freed. Default: False.

        It needs the role operator.
        """
        return cast(SnapshotDestroyResult, self._call("snapshot_destroy", {
            "dataset": dataset, "snapshot": snapshot, "recursive": recursive, "defer": defer, "dry_run": dry_run
        }))

    def snapshot_rename(
        self, dataset: str, snapshot: str, new_name: str, *, recursive: bool | None = None
    ) -> SnapshotRenameResult:
        """Renames a snapshot.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The present short name (the short name of a snapshot, without dataset).
            new_name: The new short name (the short name of a snapshot, without dataset).
            recursive: Also the snapshots of that name of everything below. Default: False.

        It needs the role operator.
        """
        return cast(SnapshotRenameResult, self._call("snapshot_rename", {
            "dataset": dataset, "snapshot": snapshot, "new_name": new_name, "recursive": recursive
        }))

    def snapshot_rollback(
        self, dataset: str, snapshot: str, *, destroy_newer: bool | None = None, dry_run: bool | None = None
    ) -> SnapshotRollbackResult:
        """Takes a dataset back to a snapshot; what was written since is lost.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            destroy_newer: Destroys the snapshots and bookmarks that are newer. Default: False.
            dry_run: Changes nothing, only tells what would be destroyed. Default: False.

        It needs the role admin.
        """
        return cast(SnapshotRollbackResult, self._call("snapshot_rollback", {
            "dataset": dataset, "snapshot": snapshot, "destroy_newer": destroy_newer, "dry_run": dry_run
        }))

    def snapshot_diff(
        self, snapshot1: str, *, snapshot2: str | None = None, limit: int | None = None
    ) -> SnapshotDiffResult:
        """Tells which files differ between two snapshots, or between a snapshot and now. With Accept:
        application/x-ndjson the changes follow the result, one JSON text a line, without limit.

        Parameters:
            snapshot1: The older snapshot, as dataset@name (dataset@name).
            snapshot2: The newer snapshot, or a clone; without it the present state (the name of a dataset, snapshot
                or bookmark).
            limit: Changes in one answer (1 to 1000000). Default: 100000.

        It needs the role viewer.
        """
        return cast(SnapshotDiffResult, self._call("snapshot_diff", {
            "snapshot1": snapshot1, "snapshot2": snapshot2, "limit": limit
        }))

    def clone_create(
        self, source: str, target: str, *, properties: Mapping[str, str] | None = None
    ) -> CloneCreateResult:
        """Creates a file system or volume from a snapshot, sharing its blocks.

        Parameters:
            source: The snapshot, as dataset@name (dataset@name).
            target: The new dataset, in the same pool (the name of a file system or volume).
            properties: Properties to set on it (property names and values). Default: {}.

        It needs the role admin.
        """
        return cast(CloneCreateResult, self._call("clone_create", {
            "source": source, "target": target, "properties": properties
        }))

    def snapshot_hold(
        self, dataset: str, snapshot: str, tag: str, *, recursive: bool | None = None
    ) -> SnapshotHoldResult:
        """Puts a hold on a snapshot, so that it can not be destroyed.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            tag: The tag of the hold (the tag of a hold).
            recursive: Also on the snapshots of that name of everything below. Default: False.

        It needs the role operator.
        """
        return cast(SnapshotHoldResult, self._call("snapshot_hold", {
            "dataset": dataset, "snapshot": snapshot, "tag": tag, "recursive": recursive
        }))

    def snapshot_release(
        self, dataset: str, snapshot: str, tag: str, *, recursive: bool | None = None
    ) -> SnapshotReleaseResult:
        """Removes a hold from a snapshot.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            tag: The tag of the hold (the tag of a hold).
            recursive: Also from the snapshots of that name of everything below. Default: False.

        It needs the role operator.
        """
        return cast(SnapshotReleaseResult, self._call("snapshot_release", {
            "dataset": dataset, "snapshot": snapshot, "tag": tag, "recursive": recursive
        }))

    def snapshot_holds_list(
        self, dataset: str, snapshot: str, *, recursive: bool | None = None
    ) -> SnapshotHoldsListResult:
        """Lists the holds on a snapshot.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            recursive: Also on the snapshots of that name of everything below. Default: False.

        It needs the role viewer.
        """
        return cast(SnapshotHoldsListResult, self._call("snapshot_holds_list", {
            "dataset": dataset, "snapshot": snapshot, "recursive": recursive
        }))

    def bookmark_create(self, snapshot: str, bookmark: str) -> BookmarkCreateResult:
        """Creates a bookmark of a snapshot: a base for incremental sends that takes no space.

        Parameters:
            snapshot: The snapshot, as dataset@name (dataset@name).
            bookmark: The bookmark, as dataset#name (dataset#name).

        It needs the role operator.
        """
        return cast(BookmarkCreateResult, self._call("bookmark_create", {"snapshot": snapshot, "bookmark": bookmark}))

    def bookmark_list(self, dataset: str) -> BookmarkListResult:
        """Lists the bookmarks of a dataset, oldest first.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).

        It needs the role viewer.
        """
        return cast(BookmarkListResult, self._call("bookmark_list", {"dataset": dataset}))

    def bookmark_destroy(self, bookmark: str) -> BookmarkDestroyResult:
        """Destroys a bookmark.

        Parameters:
            bookmark: The bookmark, as dataset#name (dataset#name).

        It needs the role operator.
        """
        return cast(BookmarkDestroyResult, self._call("bookmark_destroy", {"bookmark": bookmark}))

    def volume_create(
        self, dataset: str, *, size_gb: int | None = None, size_bytes: int | None = None,
        compression: str | None = None, volblocksize: str | None = None, sparse: bool | None = None,
        properties: Mapping[str, str] | None = None
    ) -> VolumeCreateResult:
        """Creates a volume; answers when its device is there.

        Parameters:
            dataset: The new volume (the name of a file system or volume).
            size_gb: Its size in GiB; this or size_bytes (1 to 1073741824).
            size_bytes: Its size in bytes; this or size_gb (1 to 9223372036854775807).
            compression: The compression property; lz4 unless given (the value of a property).
            volblocksize: The block size, such as 16K (a size such as 16K).
            sparse: Whether it reserves no space. Default: True.
            properties: More properties to set on it (property names and values). Default: {}.

        It needs the role admin.
        """
        return cast(VolumeCreateResult, self._call("volume_create", {
            "dataset": dataset, "size_gb": size_gb, "size_bytes": size_bytes, "compression": compression,
            "volblocksize": volblocksize, "sparse": sparse, "properties": properties
        }))

    def volume_list(self) -> VolumeListResult:
        """Lists the volumes of all pools.

        It needs the role viewer.
        """
        return cast(VolumeListResult, self._call("volume_list", {}))

    def volume_resize(self, dataset: str, size_bytes: int, *, allow_shrink: bool | None = None) -> VolumeResizeResult:
        """Changes the size of a volume.

        Parameters:
            dataset: The volume (the name of a file system or volume).
            size_bytes: The new size in bytes, a multiple of volblocksize (1 to 9223372036854775807).
            allow_shrink: Allows a smaller size; what is beyond it is lost. Default: False.

        It needs the role admin.
        """
        return cast(VolumeResizeResult, self._call("volume_resize", {
            "dataset": dataset, "size_bytes": size_bytes, "allow_shrink": allow_shrink
        }))

    def pool_list(self) -> PoolListResult:
        """Lists the imported pools.

        It needs the role viewer.
        """
        return cast(PoolListResult, self._call("pool_list", {}))

    def pool_get_properties(self, pool: str, *, property: str | None = None) -> PoolGetPropertiesResult:
        """Gives exact property values of a pool.

        Parameters:
            pool: The pool (the name of a pool).
            property: One property, or "all" (the name of a property, or "all"). Default: "all".

        It needs the role viewer.
        """
        return cast(PoolGetPropertiesResult, self._call("pool_get_properties", {"pool": pool, "property": property}))

    def pool_set_property(self, pool: str, property: str, value: str) -> PoolSetPropertyResult:
        """Sets a property of a pool.

        Parameters:
            pool: The pool (the name of a pool).
            property: The property (the name of a property).
            value: The value (the value of a property).

        It needs the role admin.
        """
        return cast(PoolSetPropertyResult, self._call("pool_set_property", {
            "pool": pool, "property": property, "value": value
        }))

    def pool_status(self, pool: str) -> PoolStatusResult:
        """Tells the state of a pool, its devices, its scan and its errors.

        Parameters:
            pool: The pool (the name of a pool).

        It needs the role viewer.
        """
        return cast(PoolStatusResult, self._call("pool_status", {"pool": pool}))

    def pool_scrub_start(self, pool: str) -> PoolScrubStartResult:
        """Starts a scrub, or goes on with one that is paused.

        Parameters:
            pool: The pool (the name of a pool).

        It needs the role operator.
        """
        return cast(PoolScrubStartResult, self._call("pool_scrub_start", {"pool": pool}))

    def pool_scrub_stop(self, pool: str) -> PoolScrubStopResult:
        """Stops a scrub.

        Parameters:
            pool: The pool (the name of a pool).

        It needs the role operator.
        """
        return cast(PoolScrubStopResult, self._call("pool_scrub_stop", {"pool": pool}))

    def pool_scrub_pause(self, pool: str) -> PoolScrubPauseResult:
        """Pauses a scrub.

        Parameters:
            pool: The pool (the name of a pool).

        It needs the role operator.
        """
        return cast(PoolScrubPauseResult, self._call("pool_scrub_pause", {"pool": pool}))

    def pool_trim_start(self, pool: str) -> PoolTrimStartResult:
        """Starts a trim of all devices, or goes on with one that is suspended.

        Parameters:
            pool: The pool (the name of a pool).

        It needs the role operator.
        """
        return cast(PoolTrimStartResult, self._call("pool_trim_start", {"pool": pool}))

    def pool_trim_stop(self, pool: str) -> PoolTrimStopResult:
        """Stops a trim.

        Parameters:
            pool: The pool (the name of a pool).

        It needs the role operator.
        """
        return cast(PoolTrimStopResult, self._call("pool_trim_stop", {"pool": pool}))

    def pool_history(
        self, pool: str, *, internal: bool | None = None, long: bool | None = None, limit: int | None = None
    ) -> PoolHistoryResult:
        """Gives the commands that changed a pool, newest last.

        Parameters:
            pool: The pool (the name of a pool).
            internal: Also the events of ZFS itself. Default: False.
            long: Also user, host and zone of each command. Default: False.
            limit: The newest lines to give (1 to 100000). Default: 1000.

        It needs the role viewer.
        """
        return cast(PoolHistoryResult, self._call("pool_history", {
            "pool": pool, "internal": internal, "long": long, "limit": limit
        }))

    def pool_iostat(self, pool: str, *, vdevs: bool | None = None, seconds: int | None = None) -> PoolIostatResult:
        """Tells how much a pool and its devices read and write.

        Parameters:
            pool: The pool (the name of a pool).
            vdevs: Also each device. Default: False.
            seconds: Measures for this long; without it since the pool was imported (1 to 30).

        It needs the role viewer.
        """
        return cast(PoolIostatResult, self._call("pool_iostat", {"pool": pool, "vdevs": vdevs, "seconds": seconds}))

    def pool_events(self, pool: str, *, verbose: bool | None = None) -> PoolEventsResult:
        """Gives the latest events of a pool that the kernel remembers.

        Parameters:
            pool: The pool (the name of a pool).
            verbose: Also the details of each event. Default: False.

        It needs the role viewer.
        """
        return cast(PoolEventsResult, self._call("pool_events", {"pool": pool, "verbose": verbose}))

    def send_estimate(
        self, dataset: str, snapshot: str, *, from_snapshot: str | None = None, recursive: bool | None = None,
        raw: bool | None = None, native_compressed: bool | None = None, resumable: bool | None = None
    ) -> SendEstimateResult:
        """Tells how large a stream would be, and how its blocks would go.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            from_snapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
                dataset@name, or a bookmark: dataset#name).
            recursive: With everything below, and properties (-R). Default: True.
            raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
            native_compressed: Blocks compressed as they are on disk (-c); by default if they are.
            resumable: Taken for old clients; whether a stream can go on is the receiver's choice. Default: True.

        It needs the role viewer.
        """
        return cast(SendEstimateResult, self._call("send_estimate", {
            "dataset": dataset, "snapshot": snapshot, "from_snapshot": from_snapshot, "recursive": recursive,
            "raw": raw, "native_compressed": native_compressed, "resumable": resumable
        }))

    def send_to_file(
        self, dataset: str, snapshot: str, output_file: str, *, from_snapshot: str | None = None,
        recursive: bool | None = None, raw: bool | None = None, native_compressed: bool | None = None,
        compressed: bool | None = None, compression: Literal["none", "gzip", "zstd", "lz4"] | None = None,
        resumable: bool | None = None, resume_token: str | None = None
    ) -> SendToFileResult:
        """Sends a snapshot to a new file of this host, which appears when it is whole and on disk.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            output_file: The file, below a folder of files.roots; it must not be there (the absolute path of a file).
            from_snapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
                dataset@name, or a bookmark: dataset#name).
            recursive: With everything below, and properties (-R). Default: False.
            raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
            native_compressed: Blocks compressed as they are on disk (-c); by default if they are.
            compressed: Compress the file: alone, by gzip, and the file gets the suffix .gz.
            compression: How to compress the file.
            resumable: Taken for old clients; whether a stream can go on is the receiver's choice. Default: True.
            resume_token: Go on where an interrupted receive of this very snapshot stopped; it decides about
                everything else (the receive_resume_token of an interrupted receive).

        It needs the role operator.
        """
        return cast(SendToFileResult, self._call("send_to_file", {
            "dataset": dataset, "snapshot": snapshot, "output_file": output_file, "from_snapshot": from_snapshot,
            "recursive": recursive, "raw": raw, "native_compressed": native_compressed, "compressed": compressed,
            "compression": compression, "resumable": resumable, "resume_token": resume_token
        }))

    def receive_from_file(
        self, input_file: str, *, target_dataset: str | None = None, force: bool | None = None,
        compressed: bool | None = None, dataset: str | None = None, resumable: bool | None = None
    ) -> ReceiveFromFileResult:
        """Receives a stream from a file of this host; whether it is compressed, its bytes tell.

        Parameters:
            input_file: The file, below a folder of files.roots (the absolute path of a file).
            target_dataset: The file system or volume that the stream becomes, or is added to (the name of a file
                system or volume).
            force: Roll the dataset back to its newest snapshot first, or replace it (-F). Default: True.
            compressed: Taken for old clients; the file itself tells.
            dataset: Instead of target_dataset (the name of a file system or volume).
            resumable: Keep what came when the stream breaks off, so that it can go on (-s). Default: False.

        It needs the role admin.
        """
        return cast(ReceiveFromFileResult, self._call("receive_from_file", {
            "input_file": input_file, "target_dataset": target_dataset, "force": force, "compressed": compressed,
            "dataset": dataset, "resumable": resumable
        }))

    def receive_abort(self, dataset: str) -> ReceiveAbortResult:
        """Throws away what a resumable receive that broke off left in a dataset.

        Parameters:
            dataset: The file system or volume with the part (the name of a file system or volume).

        It needs the role admin.
        """
        return cast(ReceiveAbortResult, self._call("receive_abort", {"dataset": dataset}))

    def stream_init(
        self, operation: Literal["send", "receive"], dataset: str, *, snapshot: str | None = None,
        target_dataset: str | None = None, from_snapshot: str | None = None, force: bool | None = None,
        raw: bool | None = None, native_compressed: bool | None = None, resumable: bool | None = None,
        recursive: bool | None = None, ttl: int | None = None, resume_token: str | None = None
    ) -> StreamInitResult:
        """Makes an address from which a stream can be fetched, or to which one can be put, by HTTP. To receive needs
        admin.

        Parameters:
            operation: What is done here.
            dataset: The file system or volume: what is sent, or becomes the stream (the name of a file system or
                volume).
            snapshot: The short name; needed to send (the short name of a snapshot, without dataset).
            target_dataset: To receive into it, instead of dataset (the name of a file system or volume).
            from_snapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
                dataset@name, or a bookmark: dataset#name).
            force: Receive: roll back to the newest snapshot first, or replace the dataset (-F). Default: True.
            raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
            native_compressed: Blocks compressed as they are on disk (-c); by default if they are.
            resumable: Receive: keep what came when the stream breaks off (-s). Default: True.
            recursive: Send with everything below, and properties (-R). Default: False.
            ttl: Seconds until it expires (1 to 86400). Default: 300.
            resume_token: Go on where an interrupted receive of this very snapshot stopped; it decides about
                everything else (the receive_resume_token of an interrupted receive).

        It needs the role operator.
        """
        return cast(StreamInitResult, self._call("stream_init", {
            "operation": operation, "dataset": dataset, "snapshot": snapshot, "target_dataset": target_dataset,
            "from_snapshot": from_snapshot, "force": force, "raw": raw, "native_compressed": native_compressed,
            "resumable": resumable, "recursive": recursive, "ttl": ttl, "resume_token": resume_token
        }))

    def stream_list(self) -> StreamListResult:
        """Lists the caller's own streams by HTTP, and transfers that run on any way; all for an admin without limits.

        It needs the role viewer.
        """
        return cast(StreamListResult, self._call("stream_list", {}))

    def stream_cancel(self, stream_id: str) -> StreamCancelResult:
        """Ends a transfer of any way, or makes an unused stream unusable; answered when its processes are gone.

        Parameters:
            stream_id: The identifier, from stream_init or stream_list (32 hexadecimal digits).

        It needs the role viewer.
        """
        return cast(StreamCancelResult, self._call("stream_cancel", {"stream_id": stream_id}))

    def token_create_send(
        self, dataset: str, snapshot: str, *, from_snapshot: str | None = None, raw: bool | None = None,
        compressed: bool | None = None, resumable: bool | None = None, recursive: bool | None = None,
        ttl: int | None = None, max_uses: int | None = None, max_bytes: int | None = None,
        resume_token: str | None = None
    ) -> TokenCreateSendResult:
        """Makes a token with which whoever holds it may fetch one stream from a transfer socket.

        Parameters:
            dataset: The file system or volume (the name of a file system or volume).
            snapshot: The short name (the short name of a snapshot, without dataset).
            from_snapshot: What the receiver has already; without it the stream is full (a snapshot: its short name,
                dataset@name, or a bookmark: dataset#name).
            raw: Blocks as they are on disk (-w); by default if the dataset is encrypted.
            compressed: Blocks compressed as they are on disk (-c); by default if they are.
            resumable: Taken for old clients; whether a stream can go on is the receiver's choice. Default: True.
            recursive: With everything below, and properties (-R). Default: False.
            ttl: Seconds until it expires (1 to 86400). Default: 300.
            max_uses: How many transfers may use it (1 to 10000). Default: 1.
            max_bytes: The most bytes of a transfer; without it there is no limit (1 to 9007199254740992).
            resume_token: Go on where an interrupted receive of this very snapshot stopped; it decides about
                everything else (the receive_resume_token of an interrupted receive).

        It needs the role operator.
        """
        return cast(TokenCreateSendResult, self._call("token_create_send", {
            "dataset": dataset, "snapshot": snapshot, "from_snapshot": from_snapshot, "raw": raw,
            "compressed": compressed, "resumable": resumable, "recursive": recursive, "ttl": ttl,
            "max_uses": max_uses, "max_bytes": max_bytes, "resume_token": resume_token
        }))

    def token_create_receive(
        self, dataset: str, *, force: bool | None = None, resumable: bool | None = None, ttl: int | None = None,
        max_uses: int | None = None, max_bytes: int | None = None
    ) -> TokenCreateReceiveResult:
        """Makes a token with which whoever holds it may put one stream into a transfer socket.

        Parameters:
            dataset: The file system or volume that the stream becomes, or is added to (the name of a file system or
                volume).
            force: Roll the dataset back to its newest snapshot first, or replace it (-F). Default: True.
            resumable: Keep what came when the stream breaks off, so that it can go on (-s). Default: False.
            ttl: Seconds until it expires (1 to 86400). Default: 300.
            max_uses: How many transfers may use it (1 to 10000). Default: 1.
            max_bytes: The most bytes of a transfer; without it there is no limit (1 to 9007199254740992).

        It needs the role admin.
        """
        return cast(TokenCreateReceiveResult, self._call("token_create_receive", {
            "dataset": dataset, "force": force, "resumable": resumable, "ttl": ttl, "max_uses": max_uses,
            "max_bytes": max_bytes
        }))

    def token_list(self) -> TokenListResult:
        """Lists the caller's own transfer tokens that are neither expired nor revoked, oldest first.

        It needs the role viewer.
        """
        return cast(TokenListResult, self._call("token_list", {}))

    def token_revoke(self, token_id: str) -> TokenRevokeResult:
        """Makes a transfer token unusable: an own one, or anybody's for an admin without limits. What runs goes on.

        Parameters:
            token_id: The whole token. Never logged (16 to 512 characters).

        It needs the role viewer.
        """
        return cast(TokenRevokeResult, self._call("token_revoke", {"token_id": token_id}))

    def token_stats(self) -> TokenStatsResult:
        """Counts what happened to transfer tokens since their store was made.

        It needs the role viewer.
        """
        return cast(TokenStatsResult, self._call("token_stats", {}))

    def migration_create(
        self, source: str, destination: str, *, remote: str | None = None, limit: float | None = None,
        compression: Literal["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"] | None = None,
        recursive: bool | None = None, intermediates: bool | None = None, sync: bool | None = None,
        on_conflict: Literal["refuse", "keep", "rollback"] | None = None, with_properties: bool | None = None,
        properties: Mapping[str, str] | None = None
    ) -> MigrationCreateResult:
        """Gives another dataset, here or on another host, a snapshot; a task does it, also over a restart. Nothing
        there is rolled back or destroyed unless on_conflict says so.

        Parameters:
            source: The snapshot; with a host it is fetched from there by ssh (dataset@name, or host:dataset@name).
            destination: The dataset that gets it (the name of a file system or volume).
            remote: The host of the destination, reached by ssh; this one by default (a host name or address, with
                user@ if need be).
            limit: MB/s (10^6 bytes) at most (0.001 to 1000000.0).
            compression: How the stream is compressed between two hosts; auto by default.
            recursive: With everything below that has a snapshot of the same name. Default: False.
            intermediates: With all snapshots in between (zfs send -I), or from the oldest on. Default: False.
            sync: Hold the snapshot on both sides, as a point that the next migration builds on. Default: True.
            on_conflict: What becomes of a destination that the snapshot does not fit to: refuse leaves it and fails,
                keep renames it to NAME-kept-TIME and sends all, rollback destroys what it has since the newest
                snapshot that both have. Default: "refuse".
            with_properties: With the properties of the source (zfs send -p). Default: False.
            properties: Properties to set at the destination (zfs receive -o) (property names and values). Default:
                {}.

        It needs the role admin.
        """
        return cast(MigrationCreateResult, self._call("migration_create", {
            "source": source, "destination": destination, "remote": remote, "limit": limit,
            "compression": compression, "recursive": recursive, "intermediates": intermediates, "sync": sync,
            "on_conflict": on_conflict, "with_properties": with_properties, "properties": properties
        }))

    def migration_plan(
        self, source: str, destination: str, *, remote: str | None = None,
        compression: Literal["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"] | None = None,
        recursive: bool | None = None, intermediates: bool | None = None,
        on_conflict: Literal["refuse", "keep", "rollback"] | None = None
    ) -> MigrationPlanResult:
        """Tells what migration_create would do, dataset by dataset, before a byte moves.

        Parameters:
            source: The snapshot; with a host it is fetched from there by ssh (dataset@name, or host:dataset@name).
            destination: The dataset that gets it (the name of a file system or volume).
            remote: The host of the destination, reached by ssh; this one by default (a host name or address, with
                user@ if need be).
            compression: How the stream is compressed between two hosts; auto by default.
            recursive: With everything below that has a snapshot of the same name. Default: False.
            intermediates: With all snapshots in between (zfs send -I), or from the oldest on. Default: False.
            on_conflict: What becomes of a destination that the snapshot does not fit to: refuse leaves it and fails,
                keep renames it to NAME-kept-TIME and sends all, rollback destroys what it has since the newest
                snapshot that both have. Default: "refuse".

        It needs the role admin.
        """
        return cast(MigrationPlanResult, self._call("migration_plan", {
            "source": source, "destination": destination, "remote": remote, "compression": compression,
            "recursive": recursive, "intermediates": intermediates, "on_conflict": on_conflict
        }))

    def migration_list(
        self, status: Literal["pending", "running", "completed", "failed", "cancelled"] | None = None, *,
        limit: int | None = None, cursor: str | None = None
    ) -> MigrationListResult:
        """Lists migrations, the newest first: the caller's own, or all for an admin without limits.

        Parameters:
            status: Those of one status alone.
            limit: How many at most (1 to 1000). Default: 100.
            cursor: next_cursor of the list before.

        It needs the role viewer.
        """
        return cast(MigrationListResult, self._call("migration_list", {
            "status": status, "limit": limit, "cursor": cursor
        }))

    def migration_get(self, task_id: str) -> MigrationGetResult:
        """Tells all about one migration.

        Parameters:
            task_id: The identifier, from migration_create.

        It needs the role viewer.
        """
        return cast(MigrationGetResult, self._call("migration_get", {"task_id": task_id}))

    def migration_progress(self, task_id: str) -> Any:
        """Tells how far a migration is.

        Parameters:
            task_id: The identifier, from migration_create.

        It needs the role viewer.
        """
        return self._call("migration_progress", {"task_id": task_id})

    def migration_cancel(self, task_id: str, *, keep_partial: bool | None = None) -> MigrationCancelResult:
        """Ends a migration that waits or runs; answered when its processes on both hosts are gone.

        Parameters:
            task_id: The identifier, from migration_create.
            keep_partial: Keep what the destination has so far, so that the next migration goes on from there.
                Default: True.

        It needs the role admin.
        """
        return cast(MigrationCancelResult, self._call("migration_cancel", {
            "task_id": task_id, "keep_partial": keep_partial
        }))

    def migration_update(self, task_id: str, limit: float) -> MigrationUpdateResult:
        """Changes how fast a migration may be, also while it runs.

        Parameters:
            task_id: The identifier, from migration_create.
            limit: MB/s (10^6 bytes); 0 is without limit (0.0 to 1000000.0).

        It needs the role admin.
        """
        return cast(MigrationUpdateResult, self._call("migration_update", {"task_id": task_id, "limit": limit}))

    def task_events(
        self, task_id: str | None = None, *, after: int | None = None, wait: int | None = None,
        limit: int | None = None
    ) -> TaskEventsResult:
        """Tells what happened to tasks after an event, oldest first; waits for something to happen when asked. To the
        caller's own, or to all for an admin without limits.

        Parameters:
            task_id: One task; all by default.
            after: The sequence of the last event that is known (0 to 9223372036854775807). Default: 0.
            wait: Seconds to wait when there is none (0 to 60). Default: 0.
            limit: How many at most (1 to 1000). Default: 100.

        It needs the role viewer.
        """
        return cast(TaskEventsResult, self._call("task_events", {
            "task_id": task_id, "after": after, "wait": wait, "limit": limit
        }))

    def sync_list(self, dataset: str | None = None, *, recursive: bool | None = None) -> SyncListResult:
        """Lists the holds and bookmarks that migrations placed on datasets of this host, oldest first, and what they
        are needed for.

        Parameters:
            dataset: Those of one dataset; of all by default (the name of a file system or volume).
            recursive: And of those below it. Default: True.

        It needs the role admin.
        """
        return cast(SyncListResult, self._call("sync_list", {"dataset": dataset, "recursive": recursive}))

    def sync_prune(
        self, dataset: str | None = None, *, recursive: bool | None = None, dry_run: bool | None = None,
        unknown: bool | None = None
    ) -> SyncPruneResult:
        """Takes those of them away that nothing needs any more. The newest of each dataset and peer stays, the last
        of each migration between two datasets, those of tasks that have not ended, and those that no known task made.

        Parameters:
            dataset: Those of one dataset; of all by default (the name of a file system or volume).
            recursive: And of those below it. Default: True.
            dry_run: Only tell which. Default: True.
            unknown: Also those that no known task made, but for the newest: no other daemon needs them, and no old
                migration. Default: False.

        It needs the role admin.
        """
        return cast(SyncPruneResult, self._call("sync_prune", {
            "dataset": dataset, "recursive": recursive, "dry_run": dry_run, "unknown": unknown
        }))

    def auth_login(self, username: str, password: str) -> AuthLoginResult:
        """Checks a password and gives a token; the only method that needs no authentication.

        Parameters:
            username: The user's name.
            password: The password. Never logged.

        It needs no token.
        """
        return cast(AuthLoginResult, self._call("auth_login", {"username": username, "password": password}))

    def auth_logout(self) -> AuthLogoutResult:
        """Makes the token that the call is made with invalid.

        It needs the role viewer.
        """
        return cast(AuthLogoutResult, self._call("auth_logout", {}))

    def auth_revoke(self, token_id: str) -> AuthRevokeResult:
        """Makes a token of anybody invalid.

        Parameters:
            token_id: The jti of the token, as the audit log has it (at most 128 letters, digits, hyphens and
                underscores).

        It needs the role admin.
        """
        return cast(AuthRevokeResult, self._call("auth_revoke", {"token_id": token_id}))

    def system_info(self) -> SystemInfoResult:
        """Tells versions, host name and uptime of the service.

        It needs the role viewer.
        """
        return cast(SystemInfoResult, self._call("system_info", {}))

    def rpc_discover(self) -> Any:
        """Describes every method as an OpenRPC document.

        It needs the role viewer.
        """
        return self._call("rpc.discover", {})


class AsyncMethods:
    """The methods of the API for asyncio. Their docstrings are those of `Methods`."""

    async def _call(self, method: str, parameters: Mapping[str, object]) -> Any:
        raise NotImplementedError

    async def dataset_list(
        self, dataset: str | None = None, *, types: Sequence[Literal["filesystem", "volume"]] | None = None,
        depth: int | None = None, properties: Sequence[str] | None = None
    ) -> DatasetListResult:
        return cast(DatasetListResult, await self._call("dataset_list", {
            "dataset": dataset, "types": types, "depth": depth, "properties": properties
        }))

    async def dataset_create(
        self, dataset: str, *, properties: Mapping[str, str] | None = None, parents: bool | None = None,
        key: str | None = None
    ) -> DatasetCreateResult:
        return cast(DatasetCreateResult, await self._call("dataset_create", {
            "dataset": dataset, "properties": properties, "parents": parents, "key": key
        }))

    async def dataset_destroy(
        self, dataset: str, *, recursive: bool | None = None, dependents: bool | None = None,
        dry_run: bool | None = None
    ) -> DatasetDestroyResult:
        return cast(DatasetDestroyResult, await self._call("dataset_destroy", {
            "dataset": dataset, "recursive": recursive, "dependents": dependents, "dry_run": dry_run
        }))

    async def dataset_rename(
        self, dataset: str, new_name: str, *, parents: bool | None = None
    ) -> DatasetRenameResult:
        return cast(DatasetRenameResult, await self._call("dataset_rename", {
            "dataset": dataset, "new_name": new_name, "parents": parents
        }))

    async def dataset_promote(self, dataset: str) -> DatasetPromoteResult:
        return cast(DatasetPromoteResult, await self._call("dataset_promote", {"dataset": dataset}))

    async def dataset_get_properties(
        self, dataset: str, *, property: str | None = None
    ) -> DatasetGetPropertiesResult:
        return cast(DatasetGetPropertiesResult, await self._call("dataset_get_properties", {
            "dataset": dataset, "property": property
        }))

    async def dataset_set_property(self, dataset: str, property: str, value: str) -> DatasetSetPropertyResult:
        return cast(DatasetSetPropertyResult, await self._call("dataset_set_property", {
            "dataset": dataset, "property": property, "value": value
        }))

    async def dataset_inherit_property(
        self, dataset: str, property: str, *, recursive: bool | None = None
    ) -> DatasetInheritPropertyResult:
        return cast(DatasetInheritPropertyResult, await self._call("dataset_inherit_property", {
            "dataset": dataset, "property": property, "recursive": recursive
        }))

    async def dataset_get_space(self, dataset: str) -> DatasetGetSpaceResult:
        return cast(DatasetGetSpaceResult, await self._call("dataset_get_space", {"dataset": dataset}))

    async def dataset_mount(self, dataset: str) -> DatasetMountResult:
        return cast(DatasetMountResult, await self._call("dataset_mount", {"dataset": dataset}))

    async def dataset_unmount(self, dataset: str, *, force: bool | None = None) -> DatasetUnmountResult:
        return cast(DatasetUnmountResult, await self._call("dataset_unmount", {"dataset": dataset, "force": force}))

    async def dataset_load_key(
        self, dataset: str, *, key: str | None = None, recursive: bool | None = None
    ) -> DatasetLoadKeyResult:
        return cast(DatasetLoadKeyResult, await self._call("dataset_load_key", {
            "dataset": dataset, "key": key, "recursive": recursive
        }))

    async def dataset_unload_key(self, dataset: str, *, recursive: bool | None = None) -> DatasetUnloadKeyResult:
        return cast(DatasetUnloadKeyResult, await self._call("dataset_unload_key", {
            "dataset": dataset, "recursive": recursive
        }))

    async def dataset_change_key(
        self, dataset: str, *, key: str | None = None, properties: Mapping[str, str] | None = None
    ) -> DatasetChangeKeyResult:
        return cast(DatasetChangeKeyResult, await self._call("dataset_change_key", {
            "dataset": dataset, "key": key, "properties": properties
        }))

    async def snapshot_list(
        self, dataset: str, *, limit: int | None = None, cursor: str | None = None, recursive: bool | None = None
    ) -> SnapshotListResult:
        return cast(SnapshotListResult, await self._call("snapshot_list", {
            "dataset": dataset, "limit": limit, "cursor": cursor, "recursive": recursive
        }))

    async def snapshot_create(
        self, dataset: str, name: str, *, recursive: bool | None = None, properties: Mapping[str, str] | None = None
    ) -> SnapshotCreateResult:
        return cast(SnapshotCreateResult, await self._call("snapshot_create", {
            "dataset": dataset, "name": name, "recursive": recursive, "properties": properties
        }))

    async def snapshot_create_auto(
        self, dataset: str, tag: str, *, tag1: str | None = None, recursive: bool | None = None
    ) -> SnapshotCreateAutoResult:
        return cast(SnapshotCreateAutoResult, await self._call("snapshot_create_auto", {
            "dataset": dataset, "tag": tag, "tag1": tag1, "recursive": recursive
        }))

    async def snapshot_destroy(
        self, dataset: str, snapshot: str, *, recursive: bool | None = None, defer: bool | None = None,
        dry_run: bool | None = None
    ) -> SnapshotDestroyResult:
        return cast(SnapshotDestroyResult, await self._call("snapshot_destroy", {
            "dataset": dataset, "snapshot": snapshot, "recursive": recursive, "defer": defer, "dry_run": dry_run
        }))

    async def snapshot_rename(
        self, dataset: str, snapshot: str, new_name: str, *, recursive: bool | None = None
    ) -> SnapshotRenameResult:
        return cast(SnapshotRenameResult, await self._call("snapshot_rename", {
            "dataset": dataset, "snapshot": snapshot, "new_name": new_name, "recursive": recursive
        }))

    async def snapshot_rollback(
        self, dataset: str, snapshot: str, *, destroy_newer: bool | None = None, dry_run: bool | None = None
    ) -> SnapshotRollbackResult:
        return cast(SnapshotRollbackResult, await self._call("snapshot_rollback", {
            "dataset": dataset, "snapshot": snapshot, "destroy_newer": destroy_newer, "dry_run": dry_run
        }))

    async def snapshot_diff(
        self, snapshot1: str, *, snapshot2: str | None = None, limit: int | None = None
    ) -> SnapshotDiffResult:
        return cast(SnapshotDiffResult, await self._call("snapshot_diff", {
            "snapshot1": snapshot1, "snapshot2": snapshot2, "limit": limit
        }))

    async def clone_create(
        self, source: str, target: str, *, properties: Mapping[str, str] | None = None
    ) -> CloneCreateResult:
        return cast(CloneCreateResult, await self._call("clone_create", {
            "source": source, "target": target, "properties": properties
        }))

    async def snapshot_hold(
        self, dataset: str, snapshot: str, tag: str, *, recursive: bool | None = None
    ) -> SnapshotHoldResult:
        return cast(SnapshotHoldResult, await self._call("snapshot_hold", {
            "dataset": dataset, "snapshot": snapshot, "tag": tag, "recursive": recursive
        }))

    async def snapshot_release(
        self, dataset: str, snapshot: str, tag: str, *, recursive: bool | None = None
    ) -> SnapshotReleaseResult:
        return cast(SnapshotReleaseResult, await self._call("snapshot_release", {
            "dataset": dataset, "snapshot": snapshot, "tag": tag, "recursive": recursive
        }))

    async def snapshot_holds_list(
        self, dataset: str, snapshot: str, *, recursive: bool | None = None
    ) -> SnapshotHoldsListResult:
        return cast(SnapshotHoldsListResult, await self._call("snapshot_holds_list", {
            "dataset": dataset, "snapshot": snapshot, "recursive": recursive
        }))

    async def bookmark_create(self, snapshot: str, bookmark: str) -> BookmarkCreateResult:
        return cast(BookmarkCreateResult, await self._call("bookmark_create", {
            "snapshot": snapshot, "bookmark": bookmark
        }))

    async def bookmark_list(self, dataset: str) -> BookmarkListResult:
        return cast(BookmarkListResult, await self._call("bookmark_list", {"dataset": dataset}))

    async def bookmark_destroy(self, bookmark: str) -> BookmarkDestroyResult:
        return cast(BookmarkDestroyResult, await self._call("bookmark_destroy", {"bookmark": bookmark}))

    async def volume_create(
        self, dataset: str, *, size_gb: int | None = None, size_bytes: int | None = None,
        compression: str | None = None, volblocksize: str | None = None, sparse: bool | None = None,
        properties: Mapping[str, str] | None = None
    ) -> VolumeCreateResult:
        return cast(VolumeCreateResult, await self._call("volume_create", {
            "dataset": dataset, "size_gb": size_gb, "size_bytes": size_bytes, "compression": compression,
            "volblocksize": volblocksize, "sparse": sparse, "properties": properties
        }))

    async def volume_list(self) -> VolumeListResult:
        return cast(VolumeListResult, await self._call("volume_list", {}))

    async def volume_resize(
        self, dataset: str, size_bytes: int, *, allow_shrink: bool | None = None
    ) -> VolumeResizeResult:
        return cast(VolumeResizeResult, await self._call("volume_resize", {
            "dataset": dataset, "size_bytes": size_bytes, "allow_shrink": allow_shrink
        }))

    async def pool_list(self) -> PoolListResult:
        return cast(PoolListResult, await self._call("pool_list", {}))

    async def pool_get_properties(self, pool: str, *, property: str | None = None) -> PoolGetPropertiesResult:
        return cast(PoolGetPropertiesResult, await self._call("pool_get_properties", {
            "pool": pool, "property": property
        }))

    async def pool_set_property(self, pool: str, property: str, value: str) -> PoolSetPropertyResult:
        return cast(PoolSetPropertyResult, await self._call("pool_set_property", {
            "pool": pool, "property": property, "value": value
        }))

    async def pool_status(self, pool: str) -> PoolStatusResult:
        return cast(PoolStatusResult, await self._call("pool_status", {"pool": pool}))

    async def pool_scrub_start(self, pool: str) -> PoolScrubStartResult:
        return cast(PoolScrubStartResult, await self._call("pool_scrub_start", {"pool": pool}))

    async def pool_scrub_stop(self, pool: str) -> PoolScrubStopResult:
        return cast(PoolScrubStopResult, await self._call("pool_scrub_stop", {"pool": pool}))

    async def pool_scrub_pause(self, pool: str) -> PoolScrubPauseResult:
        return cast(PoolScrubPauseResult, await self._call("pool_scrub_pause", {"pool": pool}))

    async def pool_trim_start(self, pool: str) -> PoolTrimStartResult:
        return cast(PoolTrimStartResult, await self._call("pool_trim_start", {"pool": pool}))

    async def pool_trim_stop(self, pool: str) -> PoolTrimStopResult:
        return cast(PoolTrimStopResult, await self._call("pool_trim_stop", {"pool": pool}))

    async def pool_history(
        self, pool: str, *, internal: bool | None = None, long: bool | None = None, limit: int | None = None
    ) -> PoolHistoryResult:
        return cast(PoolHistoryResult, await self._call("pool_history", {
            "pool": pool, "internal": internal, "long": long, "limit": limit
        }))

    async def pool_iostat(
        self, pool: str, *, vdevs: bool | None = None, seconds: int | None = None
    ) -> PoolIostatResult:
        return cast(PoolIostatResult, await self._call("pool_iostat", {
            "pool": pool, "vdevs": vdevs, "seconds": seconds
        }))

    async def pool_events(self, pool: str, *, verbose: bool | None = None) -> PoolEventsResult:
        return cast(PoolEventsResult, await self._call("pool_events", {"pool": pool, "verbose": verbose}))

    async def send_estimate(
        self, dataset: str, snapshot: str, *, from_snapshot: str | None = None, recursive: bool | None = None,
        raw: bool | None = None, native_compressed: bool | None = None, resumable: bool | None = None
    ) -> SendEstimateResult:
        return cast(SendEstimateResult, await self._call("send_estimate", {
            "dataset": dataset, "snapshot": snapshot, "from_snapshot": from_snapshot, "recursive": recursive,
            "raw": raw, "native_compressed": native_compressed, "resumable": resumable
        }))

    async def send_to_file(
        self, dataset: str, snapshot: str, output_file: str, *, from_snapshot: str | None = None,
        recursive: bool | None = None, raw: bool | None = None, native_compressed: bool | None = None,
        compressed: bool | None = None, compression: Literal["none", "gzip", "zstd", "lz4"] | None = None,
        resumable: bool | None = None, resume_token: str | None = None
    ) -> SendToFileResult:
        return cast(SendToFileResult, await self._call("send_to_file", {
            "dataset": dataset, "snapshot": snapshot, "output_file": output_file, "from_snapshot": from_snapshot,
            "recursive": recursive, "raw": raw, "native_compressed": native_compressed, "compressed": compressed,
            "compression": compression, "resumable": resumable, "resume_token": resume_token
        }))

    async def receive_from_file(
        self, input_file: str, *, target_dataset: str | None = None, force: bool | None = None,
        compressed: bool | None = None, dataset: str | None = None, resumable: bool | None = None
    ) -> ReceiveFromFileResult:
        return cast(ReceiveFromFileResult, await self._call("receive_from_file", {
            "input_file": input_file, "target_dataset": target_dataset, "force": force, "compressed": compressed,
            "dataset": dataset, "resumable": resumable
        }))

    async def receive_abort(self, dataset: str) -> ReceiveAbortResult:
        return cast(ReceiveAbortResult, await self._call("receive_abort", {"dataset": dataset}))

    async def stream_init(
        self, operation: Literal["send", "receive"], dataset: str, *, snapshot: str | None = None,
        target_dataset: str | None = None, from_snapshot: str | None = None, force: bool | None = None,
        raw: bool | None = None, native_compressed: bool | None = None, resumable: bool | None = None,
        recursive: bool | None = None, ttl: int | None = None, resume_token: str | None = None
    ) -> StreamInitResult:
        return cast(StreamInitResult, await self._call("stream_init", {
            "operation": operation, "dataset": dataset, "snapshot": snapshot, "target_dataset": target_dataset,
            "from_snapshot": from_snapshot, "force": force, "raw": raw, "native_compressed": native_compressed,
            "resumable": resumable, "recursive": recursive, "ttl": ttl, "resume_token": resume_token
        }))

    async def stream_list(self) -> StreamListResult:
        return cast(StreamListResult, await self._call("stream_list", {}))

    async def stream_cancel(self, stream_id: str) -> StreamCancelResult:
        return cast(StreamCancelResult, await self._call("stream_cancel", {"stream_id": stream_id}))

    async def token_create_send(
        self, dataset: str, snapshot: str, *, from_snapshot: str | None = None, raw: bool | None = None,
        compressed: bool | None = None, resumable: bool | None = None, recursive: bool | None = None,
        ttl: int | None = None, max_uses: int | None = None, max_bytes: int | None = None,
        resume_token: str | None = None
    ) -> TokenCreateSendResult:
        return cast(TokenCreateSendResult, await self._call("token_create_send", {
            "dataset": dataset, "snapshot": snapshot, "from_snapshot": from_snapshot, "raw": raw,
            "compressed": compressed, "resumable": resumable, "recursive": recursive, "ttl": ttl,
            "max_uses": max_uses, "max_bytes": max_bytes, "resume_token": resume_token
        }))

    async def token_create_receive(
        self, dataset: str, *, force: bool | None = None, resumable: bool | None = None, ttl: int | None = None,
        max_uses: int | None = None, max_bytes: int | None = None
    ) -> TokenCreateReceiveResult:
        return cast(TokenCreateReceiveResult, await self._call("token_create_receive", {
            "dataset": dataset, "force": force, "resumable": resumable, "ttl": ttl, "max_uses": max_uses,
            "max_bytes": max_bytes
        }))

    async def token_list(self) -> TokenListResult:
        return cast(TokenListResult, await self._call("token_list", {}))

    async def token_revoke(self, token_id: str) -> TokenRevokeResult:
        return cast(TokenRevokeResult, await self._call("token_revoke", {"token_id": token_id}))

    async def token_stats(self) -> TokenStatsResult:
        return cast(TokenStatsResult, await self._call("token_stats", {}))

    async def migration_create(
        self, source: str, destination: str, *, remote: str | None = None, limit: float | None = None,
        compression: Literal["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"] | None = None,
        recursive: bool | None = None, intermediates: bool | None = None, sync: bool | None = None,
        on_conflict: Literal["refuse", "keep", "rollback"] | None = None, with_properties: bool | None = None,
        properties: Mapping[str, str] | None = None
    ) -> MigrationCreateResult:
        return cast(MigrationCreateResult, await self._call("migration_create", {
            "source": source, "destination": destination, "remote": remote, "limit": limit,
            "compression": compression, "recursive": recursive, "intermediates": intermediates, "sync": sync,
            "on_conflict": on_conflict, "with_properties": with_properties, "properties": properties
        }))

    async def migration_plan(
        self, source: str, destination: str, *, remote: str | None = None,
        compression: Literal["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"] | None = None,
        recursive: bool | None = None, intermediates: bool | None = None,
        on_conflict: Literal["refuse", "keep", "rollback"] | None = None
    ) -> MigrationPlanResult:
        return cast(MigrationPlanResult, await self._call("migration_plan", {
            "source": source, "destination": destination, "remote": remote, "compression": compression,
            "recursive": recursive, "intermediates": intermediates, "on_conflict": on_conflict
        }))

    async def migration_list(
        self, status: Literal["pending", "running", "completed", "failed", "cancelled"] | None = None, *,
        limit: int | None = None, cursor: str | None = None
    ) -> MigrationListResult:
        return cast(MigrationListResult, await self._call("migration_list", {
            "status": status, "limit": limit, "cursor": cursor
        }))

    async def migration_get(self, task_id: str) -> MigrationGetResult:
        return cast(MigrationGetResult, await self._call("migration_get", {"task_id": task_id}))

    async def migration_progress(self, task_id: str) -> Any:
        return await self._call("migration_progress", {"task_id": task_id})

    async def migration_cancel(self, task_id: str, *, keep_partial: bool | None = None) -> MigrationCancelResult:
        return cast(MigrationCancelResult, await self._call("migration_cancel", {
            "task_id": task_id, "keep_partial": keep_partial
        }))

    async def migration_update(self, task_id: str, limit: float) -> MigrationUpdateResult:
        return cast(MigrationUpdateResult, await self._call("migration_update", {"task_id": task_id, "limit": limit}))

    async def task_events(
        self, task_id: str | None = None, *, after: int | None = None, wait: int | None = None,
        limit: int | None = None
    ) -> TaskEventsResult:
        return cast(TaskEventsResult, await self._call("task_events", {
            "task_id": task_id, "after": after, "wait": wait, "limit": limit
        }))

    async def sync_list(self, dataset: str | None = None, *, recursive: bool | None = None) -> SyncListResult:
        return cast(SyncListResult, await self._call("sync_list", {"dataset": dataset, "recursive": recursive}))

    async def sync_prune(
        self, dataset: str | None = None, *, recursive: bool | None = None, dry_run: bool | None = None,
        unknown: bool | None = None
    ) -> SyncPruneResult:
        return cast(SyncPruneResult, await self._call("sync_prune", {
            "dataset": dataset, "recursive": recursive, "dry_run": dry_run, "unknown": unknown
        }))

    async def auth_login(self, username: str, password: str) -> AuthLoginResult:
        return cast(AuthLoginResult, await self._call("auth_login", {"username": username, "password": password}))

    async def auth_logout(self) -> AuthLogoutResult:
        return cast(AuthLogoutResult, await self._call("auth_logout", {}))

    async def auth_revoke(self, token_id: str) -> AuthRevokeResult:
        return cast(AuthRevokeResult, await self._call("auth_revoke", {"token_id": token_id}))

    async def system_info(self) -> SystemInfoResult:
        return cast(SystemInfoResult, await self._call("system_info", {}))

    async def rpc_discover(self) -> Any:
        return await self._call("rpc.discover", {})


for _name, _method in vars(AsyncMethods).items():
    if not _name.startswith("_"):
        _method.__doc__ = getattr(Methods, _name).__doc__
