"""Waiting for migrations, which the daemon does by itself, also when nobody waits."""
from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal, TypedDict

from . import errors
from ._session import Session
from .errors import ConnectionFailed, MigrationFailed, RateLimited, ZFSAPIError
from .methods import MigrationGetResult

_LONGEST_PAUSE = 2.0


class MigrationOptions(TypedDict, total=False):
    """How a migration is done; see `Client.migration_create`.

    Attributes:
        remote: The host of the destination, reached by ssh. Default: that of the daemon.
        limit: MB/s (10^6 bytes) at most.
        compression: How the stream is compressed between two hosts. Default: "auto".
        recursive: With everything below that has a snapshot of the same name. Default: False.
        intermediates: With all snapshots in between. Default: False.
        sync: Hold the snapshot on both sides, as a point that the next migration builds on. Default: True.
        on_conflict: What becomes of a destination that the snapshot does not fit to. Default: "refuse".
        with_properties: With the properties of the source. Default: False.
        properties: Properties to set at the destination.
    """

    remote: str
    limit: float
    compression: Literal["auto", "none", "zstd", "lz4", "gzip", "xz", "bzip2"]
    recursive: bool
    intermediates: bool
    sync: bool
    on_conflict: Literal["refuse", "keep", "rollback"]
    with_properties: bool
    properties: dict[str, str]


class Progress(TypedDict):
    """How far a migration is.

    Attributes:
        timestamp: RFC 3339, in UTC.
        task_id: The migration.
        status: Always "progress".
        bytes_transferred: Bytes so far.
        bytes_total: Bytes of all, as estimated.
        percentage: 0 to 100.
        rate_mbps: 10^6 bytes a second, over the last 10 seconds.
        eta_seconds: Seconds that are left.
        elapsed_seconds: Seconds since this try began.
        waits_for: Who slows it down: nobody, sender, receiver, network, pool or throttle.
    """

    timestamp: str
    task_id: str
    status: str
    bytes_transferred: int
    bytes_total: int
    percentage: float
    rate_mbps: float
    eta_seconds: int
    elapsed_seconds: int
    waits_for: str


async def wait(
    session: Session, task_id: str, on_progress: Callable[[Progress], object] | None, timeout: float | None,
    patience: float,
) -> MigrationGetResult:
    """Waits for a migration to end; see `Client.wait`."""
    began = heard = time.monotonic()
    pause, told = 0.1, None
    while True:
        try:
            task: MigrationGetResult = await session.call("migration_get", {"task_id": task_id})
        except ZFSAPIError as error:
            may_pass = error.retryable or isinstance(error, ConnectionFailed)
            if not may_pass or time.monotonic() - heard > patience:
                raise
            after = error.retry_after if isinstance(error, RateLimited) else None
            await session.network.sleep(after or _LONGEST_PAUSE)
            continue
        heard = time.monotonic()
        if on_progress and task["progress"] and task["progress"] != told:
            told = task["progress"]
            on_progress(told)
        if task["status"] == "completed":
            return task
        if task["status"] in ("failed", "cancelled"):
            raise _failure(task)
        if timeout is not None and heard - began >= timeout:
            raise TimeoutError(f"migration {task_id} goes on after {timeout:g} seconds")
        pause = min(pause * 2, _LONGEST_PAUSE)
        await session.network.sleep(pause)


def _failure(task: MigrationGetResult) -> MigrationFailed:
    # What a JSON-RPC error has in `data` is beside `code` and `message` here.
    error = task["error"] or {"message": f"migration {task['id']} was cancelled", "reason": "cancelled"}
    made = errors.from_answer({**error, "data": error}, kind=MigrationFailed)
    assert isinstance(made, MigrationFailed)
    made.task = dict(task)
    return made
