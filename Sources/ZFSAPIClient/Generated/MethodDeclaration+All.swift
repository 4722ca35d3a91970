// Made from the OpenRPC document by Scripts/generate-client; do not edit.

extension MethodDeclaration {
    /// All methods of the API.
    public static let all: [MethodDeclaration] = [
        MethodDeclaration(
            "dataset_list", "Lists file systems and volumes; with a dataset, it and everything below it.",
            isRead: true,
            parameters: [
                .init("dataset", .string),
                .init("types", .array, words: ["filesystem", "volume"]),
                .init("depth", .integer),
                .init("properties", .array),
            ]),
        MethodDeclaration(
            "dataset_create", "Creates a file system.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("properties", .object),
                .init("parents", .boolean),
                .init("key", .string, isSecret: true),
            ]),
        MethodDeclaration(
            "dataset_destroy", "Destroys a file system or volume.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("recursive", .boolean),
                .init("dependents", .boolean),
                .init("dry_run", .boolean),
            ]),
        MethodDeclaration(
            "dataset_rename", "Renames a file system or volume, within its pool.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("new_name", .string, isRequired: true),
                .init("parents", .boolean),
            ]),
        MethodDeclaration(
            "dataset_promote", "Makes a clone independent of its origin; the origin then depends on it.",
            isRead: false,
            parameters: [.init("dataset", .string, isRequired: true)]),
        MethodDeclaration(
            "dataset_get_properties",
            "Gives exact property values of a dataset or snapshot, and where they come from.",
            isRead: true,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("property", .string),
            ]),
        MethodDeclaration(
            "dataset_set_property", "Sets a property of a dataset or snapshot.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("property", .string, isRequired: true),
                .init("value", .string, isRequired: true),
            ]),
        MethodDeclaration(
            "dataset_inherit_property", "Clears a property, so that it is inherited or has its default again.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("property", .string, isRequired: true),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "dataset_get_space", "Tells what uses the space of a dataset, in bytes.",
            isRead: true,
            parameters: [.init("dataset", .string, isRequired: true)]),
        MethodDeclaration(
            "dataset_mount", "Mounts a file system.",
            isRead: false,
            parameters: [.init("dataset", .string, isRequired: true)]),
        MethodDeclaration(
            "dataset_unmount", "Unmounts a file system and those below it that are mounted.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("force", .boolean),
            ]),
        MethodDeclaration(
            "dataset_load_key", "Loads the encryption key of a dataset.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("key", .string, isSecret: true),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "dataset_unload_key", "Unloads the encryption key of a dataset, which must not be mounted.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "dataset_change_key", "Changes the key that wraps the encryption key of a dataset.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("key", .string, isSecret: true),
                .init("properties", .object),
            ]),
        MethodDeclaration(
            "snapshot_list", "Lists the snapshots of a dataset, oldest first.",
            isRead: true,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("limit", .integer),
                .init("cursor", .string),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "snapshot_create", "Creates a snapshot.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("name", .string, isRequired: true),
                .init("recursive", .boolean),
                .init("properties", .object),
            ]),
        MethodDeclaration(
            "snapshot_create_auto", "Creates a snapshot named after tags and the time in UTC.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("tag", .string, isRequired: true),
                .init("tag1", .string),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "snapshot_destroy", "Destroys one snapshot.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("recursive", .boolean),
                .init("defer", .boolean),
                .init("dry_run", .boolean),
            ]),
        MethodDeclaration(
            "snapshot_rename", "Renames a snapshot.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("new_name", .string, isRequired: true),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "snapshot_rollback", "Takes a dataset back to a snapshot; what was written since is lost.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("destroy_newer", .boolean),
                .init("dry_run", .boolean),
            ]),
        MethodDeclaration(
            "snapshot_diff",
            "Tells which files differ between two snapshots, or between a snapshot and now. With Accept: application/x-ndjson the changes follow the result, one JSON text a line, without limit.",
            isRead: true,
            parameters: [
                .init("snapshot1", .string, isRequired: true),
                .init("snapshot2", .string),
                .init("limit", .integer),
            ]),
        MethodDeclaration(
            "clone_create", "Creates a file system or volume from a snapshot, sharing its blocks.",
            isRead: false,
            parameters: [
                .init("source", .string, isRequired: true),
                .init("target", .string, isRequired: true),
                .init("properties", .object),
            ]),
        MethodDeclaration(
            "snapshot_hold", "Puts a hold on a snapshot, so that it can not be destroyed.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("tag", .string, isRequired: true),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "snapshot_release", "Removes a hold from a snapshot.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("tag", .string, isRequired: true),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "snapshot_holds_list", "Lists the holds on a snapshot.",
            isRead: true,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "bookmark_create", "Creates a bookmark of a snapshot: a base for incremental sends that takes no space.",
            isRead: false,
            parameters: [
                .init("snapshot", .string, isRequired: true),
                .init("bookmark", .string, isRequired: true),
            ]),
        MethodDeclaration(
            "bookmark_list", "Lists the bookmarks of a dataset, oldest first.",
            isRead: true,
            parameters: [.init("dataset", .string, isRequired: true)]),
        MethodDeclaration(
            "bookmark_destroy", "Destroys a bookmark.",
            isRead: false,
            parameters: [.init("bookmark", .string, isRequired: true)]),
        MethodDeclaration(
            "volume_create", "Creates a volume; answers when its device is there.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("size_gb", .integer),
                .init("size_bytes", .integer),
                .init("compression", .string),
                .init("volblocksize", .string),
                .init("sparse", .boolean),
                .init("properties", .object),
            ]),
        MethodDeclaration(
            "volume_list", "Lists the volumes of all pools.",
            isRead: true,
            parameters: []),
        MethodDeclaration(
            "volume_resize", "Changes the size of a volume.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("size_bytes", .integer, isRequired: true),
                .init("allow_shrink", .boolean),
            ]),
        MethodDeclaration(
            "pool_list", "Lists the imported pools.",
            isRead: true,
            parameters: []),
        MethodDeclaration(
            "pool_get_properties", "Gives exact property values of a pool.",
            isRead: true,
            parameters: [
                .init("pool", .string, isRequired: true),
                .init("property", .string),
            ]),
        MethodDeclaration(
            "pool_set_property", "Sets a property of a pool.",
            isRead: false,
            parameters: [
                .init("pool", .string, isRequired: true),
                .init("property", .string, isRequired: true),
                .init("value", .string, isRequired: true),
            ]),
        MethodDeclaration(
            "pool_status", "Tells the state of a pool, its devices, its scan and its errors.",
            isRead: true,
            parameters: [.init("pool", .string, isRequired: true)]),
        MethodDeclaration(
            "pool_scrub_start", "Starts a scrub, or goes on with one that is paused.",
            isRead: false,
            parameters: [.init("pool", .string, isRequired: true)]),
        MethodDeclaration(
            "pool_scrub_stop", "Stops a scrub.",
            isRead: false,
            parameters: [.init("pool", .string, isRequired: true)]),
        MethodDeclaration(
            "pool_scrub_pause", "Pauses a scrub.",
            isRead: false,
            parameters: [.init("pool", .string, isRequired: true)]),
        MethodDeclaration(
            "pool_trim_start", "Starts a trim of all devices, or goes on with one that is suspended.",
            isRead: false,
            parameters: [.init("pool", .string, isRequired: true)]),
        MethodDeclaration(
            "pool_trim_stop", "Stops a trim.",
            isRead: false,
            parameters: [.init("pool", .string, isRequired: true)]),
        MethodDeclaration(
            "pool_history", "Gives the commands that changed a pool, newest last.",
            isRead: true,
            parameters: [
                .init("pool", .string, isRequired: true),
                .init("internal", .boolean),
                .init("long", .boolean),
                .init("limit", .integer),
            ]),
        MethodDeclaration(
            "pool_iostat", "Tells how much a pool and its devices read and write.",
            isRead: true,
            parameters: [
                .init("pool", .string, isRequired: true),
                .init("vdevs", .boolean),
                .init("seconds", .integer),
            ]),
        MethodDeclaration(
            "pool_events", "Gives the latest events of a pool that the kernel remembers.",
            isRead: true,
            parameters: [
                .init("pool", .string, isRequired: true),
                .init("verbose", .boolean),
            ]),
        MethodDeclaration(
            "send_estimate", "Tells how large a stream would be, and how its blocks would go.",
            isRead: true,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("from_snapshot", .string),
                .init("recursive", .boolean),
                .init("raw", .boolean),
                .init("native_compressed", .boolean),
                .init("resumable", .boolean),
            ]),
        MethodDeclaration(
            "send_to_file",
            "Sends a snapshot to a new file of this host, which appears when it is whole and on disk.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("output_file", .string, isRequired: true),
                .init("from_snapshot", .string),
                .init("recursive", .boolean),
                .init("raw", .boolean),
                .init("native_compressed", .boolean),
                .init("compressed", .boolean),
                .init("compression", .string, words: ["none", "gzip", "zstd", "lz4"]),
                .init("resumable", .boolean),
                .init("resume_token", .string),
            ]),
        MethodDeclaration(
            "receive_from_file",
            "Receives a stream from a file of this host; whether it is compressed, its bytes tell.",
            isRead: false,
            parameters: [
                .init("input_file", .string, isRequired: true),
                .init("target_dataset", .string),
                .init("force", .boolean),
                .init("compressed", .boolean),
                .init("dataset", .string),
                .init("resumable", .boolean),
            ]),
        MethodDeclaration(
            "receive_abort", "Throws away what a resumable receive that broke off left in a dataset.",
            isRead: false,
            parameters: [.init("dataset", .string, isRequired: true)]),
        MethodDeclaration(
            "stream_init",
            "Makes an address from which a stream can be fetched, or to which one can be put, by HTTP. To receive needs admin.",
            isRead: false,
            parameters: [
                .init("operation", .string, isRequired: true, words: ["send", "receive"]),
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string),
                .init("target_dataset", .string),
                .init("from_snapshot", .string),
                .init("force", .boolean),
                .init("raw", .boolean),
                .init("native_compressed", .boolean),
                .init("resumable", .boolean),
                .init("recursive", .boolean),
                .init("ttl", .integer),
                .init("resume_token", .string),
            ]),
        MethodDeclaration(
            "stream_list",
            "Lists the caller's own streams by HTTP, and transfers that run on any way; all for an admin without limits.",
            isRead: true,
            parameters: []),
        MethodDeclaration(
            "stream_cancel",
            "Ends a transfer of any way, or makes an unused stream unusable; answered when its processes are gone.",
            isRead: false,
            parameters: [.init("stream_id", .string, isRequired: true)]),
        MethodDeclaration(
            "token_create_send",
            "Makes a token with which whoever holds it may fetch one stream from a transfer socket.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("snapshot", .string, isRequired: true),
                .init("from_snapshot", .string),
                .init("raw", .boolean),
                .init("compressed", .boolean),
                .init("resumable", .boolean),
                .init("recursive", .boolean),
                .init("ttl", .integer),
                .init("max_uses", .integer),
                .init("max_bytes", .integer),
                .init("resume_token", .string),
            ]),
        MethodDeclaration(
            "token_create_receive",
            "Makes a token with which whoever holds it may put one stream into a transfer socket.",
            isRead: false,
            parameters: [
                .init("dataset", .string, isRequired: true),
                .init("force", .boolean),
                .init("resumable", .boolean),
                .init("ttl", .integer),
                .init("max_uses", .integer),
                .init("max_bytes", .integer),
            ]),
        MethodDeclaration(
            "token_list",
            "Lists the caller's own transfer tokens that are neither expired nor revoked, oldest first.",
            isRead: true,
            parameters: []),
        MethodDeclaration(
            "token_revoke",
            "Makes a transfer token unusable: an own one, or anybody's for an admin without limits. What runs goes on.",
            isRead: false,
            parameters: [.init("token_id", .string, isRequired: true, isSecret: true)]),
        MethodDeclaration(
            "token_stats", "Counts what happened to transfer tokens since their store was made.",
            isRead: true,
            parameters: []),
        MethodDeclaration(
            "migration_create",
            "Gives another dataset, here or on another host, a snapshot; a task does it, also over a restart. Nothing there is rolled back or destroyed unless on_conflict says so.",
            isRead: false,
            parameters: [
                .init("source", .string, isRequired: true),
                .init("destination", .string, isRequired: true),
                .init("remote", .string),
                .init("limit", .number),
                .init("compression", .string, words: ["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"]),
                .init("recursive", .boolean),
                .init("intermediates", .boolean),
                .init("sync", .boolean),
                .init("on_conflict", .string, words: ["refuse", "keep", "rollback"]),
                .init("with_properties", .boolean),
                .init("properties", .object),
            ]),
        MethodDeclaration(
            "migration_plan", "Tells what migration_create would do, dataset by dataset, before a byte moves.",
            isRead: true,
            parameters: [
                .init("source", .string, isRequired: true),
                .init("destination", .string, isRequired: true),
                .init("remote", .string),
                .init("compression", .string, words: ["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"]),
                .init("recursive", .boolean),
                .init("intermediates", .boolean),
                .init("on_conflict", .string, words: ["refuse", "keep", "rollback"]),
            ]),
        MethodDeclaration(
            "migration_list",
            "Lists migrations, the newest first: the caller's own, or all for an admin without limits.",
            isRead: true,
            parameters: [
                .init("status", .string, words: ["pending", "running", "completed", "failed", "cancelled"]),
                .init("limit", .integer),
                .init("cursor", .string),
            ]),
        MethodDeclaration(
            "migration_get", "Tells all about one migration.",
            isRead: true,
            parameters: [.init("task_id", .string, isRequired: true)]),
        MethodDeclaration(
            "migration_progress", "Tells how far a migration is.",
            isRead: true,
            parameters: [.init("task_id", .string, isRequired: true)]),
        MethodDeclaration(
            "migration_cancel",
            "Ends a migration that waits or runs; answered when its processes on both hosts are gone.",
            isRead: false,
            parameters: [
                .init("task_id", .string, isRequired: true),
                .init("keep_partial", .boolean),
            ]),
        MethodDeclaration(
            "migration_update", "Changes how fast a migration may be, also while it runs.",
            isRead: false,
            parameters: [
                .init("task_id", .string, isRequired: true),
                .init("limit", .number, isRequired: true),
            ]),
        MethodDeclaration(
            "task_events",
            "Tells what happened to tasks after an event, oldest first; waits for something to happen when asked. To the caller's own, or to all for an admin without limits.",
            isRead: true,
            parameters: [
                .init("task_id", .string),
                .init("after", .integer),
                .init("wait", .integer),
                .init("limit", .integer),
            ]),
        MethodDeclaration(
            "sync_list",
            "Lists the holds and bookmarks that migrations placed on datasets of this host, oldest first, and what they are needed for.",
            isRead: true,
            parameters: [
                .init("dataset", .string),
                .init("recursive", .boolean),
            ]),
        MethodDeclaration(
            "sync_prune",
            "Takes those of them away that nothing needs any more. The newest of each dataset and peer stays, the last of each migration between two datasets, those of tasks that have not ended, and those that no known task made.",
            isRead: false,
            parameters: [
                .init("dataset", .string),
                .init("recursive", .boolean),
                .init("dry_run", .boolean),
                .init("unknown", .boolean),
            ]),
        MethodDeclaration(
            "auth_login", "Checks a password and gives a token; the only method that needs no authentication.",
            isRead: false,
            parameters: [
                .init("username", .string, isRequired: true),
                .init("password", .string, isRequired: true, isSecret: true),
            ]),
        MethodDeclaration(
            "auth_logout", "Makes the token that the call is made with invalid.",
            isRead: false,
            parameters: []),
        MethodDeclaration(
            "auth_revoke", "Makes a token of anybody invalid.",
            isRead: false,
            parameters: [.init("token_id", .string, isRequired: true)]),
        MethodDeclaration(
            "system_info", "Tells versions, host name and uptime of the service.",
            isRead: true,
            parameters: []),
        MethodDeclaration(
            "rpc.discover", "Describes every method as an OpenRPC document.",
            isRead: true,
            parameters: []),
    ]
}
