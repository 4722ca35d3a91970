"""What may be tried again: reads, when the error may pass. A change is never sent twice."""
from __future__ import annotations

from .errors import RateLimited, ZFSAPIError

READS = frozenset({
    "dataset_list", "dataset_get_properties", "dataset_get_space", "snapshot_list", "snapshot_diff",
    "snapshot_holds_list", "bookmark_list", "volume_list", "pool_list", "pool_get_properties", "pool_status",
    "pool_history", "pool_iostat", "pool_events", "send_estimate", "stream_list", "token_list", "token_stats",
    "migration_plan", "migration_list", "migration_get", "migration_progress", "task_events", "sync_list",
    "system_info", "rpc.discover",
})
"""The methods that change nothing."""

_LONGEST = 30.0


def pause(error: ZFSAPIError, attempt: int) -> float | None:
    """Seconds to wait before a read is tried again; None when that is no use, or would take more than 30 seconds.

    Parameters:
        error: Why the last try failed.
        attempt: How many tries failed before it.
    """
    if not error.retryable:
        return None
    seconds = 0.25 * 2**min(attempt, 8)
    if isinstance(error, RateLimited) and error.retry_after is not None:
        seconds = error.retry_after
    return seconds if seconds <= _LONGEST else None
