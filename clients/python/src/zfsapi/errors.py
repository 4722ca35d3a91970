"""What can go wrong. Everything that this package raises on purpose is a `ZFSAPIError`."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ZFSAPIError(Exception):
    """A call or a stream that failed.

    Attributes:
        message: One sentence for a person.
        code: The number of JSON-RPC, such as -32002; None when the error is not the daemon's.
        reason: A word that never changes, such as "dataset_not_found". Programs switch on it.
        retryable: Whether the same request may succeed within minutes although nobody does anything.
        request_id: The request in the logs of the daemon, if it got there.
        details: Depends on the reason: "parameter", or "names" of the datasets that are meant.
        stderr: What zfs or zpool said, when one ran and failed.
        exit_status: Its exit status.
    """

    def __init__(
        self, message: str, *, code: int | None = None, reason: str = "", retryable: bool = False,
        request_id: str | None = None, details: Mapping[str, Any] | None = None, stderr: str | None = None,
        exit_status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.reason = reason
        self.retryable = retryable
        self.request_id = request_id
        self.details = dict(details or {})
        self.stderr = stderr
        self.exit_status = exit_status

    def __str__(self) -> str:
        return f"{self.message} ({self.reason})" if self.reason else self.message

    @property
    def resume_token(self) -> str | None:
        """With this a receive that broke off can go on: give it to the send of the same snapshot."""
        token = self.details.get("resume_token")
        return token if isinstance(token, str) else None


class InvalidRequest(ZFSAPIError):
    """The daemon did not understand the request, or knows no such method."""


class InvalidParams(ZFSAPIError):
    """A parameter is missing, unknown, mistyped or out of range; or a name or property is not legal."""


class NotFound(ZFSAPIError):
    """The dataset, pool, snapshot, bookmark, task, token or stream does not exist."""


class AuthenticationFailed(ZFSAPIError):
    """There is no token, or it is expired, revoked or not of this daemon; or user or password is wrong."""


class PermissionDenied(ZFSAPIError):
    """The caller, or the daemon in ZFS, is not allowed to do this."""


class Conflict(ZFSAPIError):
    """The present state is in the way."""


class OperationFailed(ZFSAPIError):
    """OpenZFS refused or failed; `reason` and `stderr` tell why. Also for what exists already or is busy."""


class TransferFailed(ZFSAPIError):
    """The send or receive failed; `resume_token` is there when it can go on."""


class Unavailable(ZFSAPIError):
    """ZFS, the pool, the other host or the store of the daemon does not work now."""


class RateLimited(ZFSAPIError):
    """There were too many requests.

    Attributes:
        retry_after: Seconds to wait, if the daemon told.
    """

    retry_after: float | None = None


class TimedOut(ZFSAPIError):
    """The daemon gave up waiting for ZFS. A change may have happened: look first."""


class Cancelled(ZFSAPIError):
    """Somebody ended it, or the daemon stopped."""


class InternalError(ZFSAPIError):
    """A fault of the daemon; please report it."""


class ConnectionFailed(ZFSAPIError):
    """The daemon could not be reached, did not answer in time, or went away; the message says what to do.

    Reason "not_connected": nothing was sent. Reasons "connection_lost" and "no_answer": a change may have happened.
    """


class ProtocolError(ZFSAPIError):
    """What came is nothing that zfs-apid says; perhaps the address is of something else."""


class StreamCut(ZFSAPIError):
    """A stream broke off. Nothing that was read or written of it is whole."""


class MigrationFailed(ZFSAPIError):
    """A migration ended without success. It carries the error of the task.

    Attributes:
        task: The task, as `migration_get` tells it.
    """

    task: Mapping[str, Any] = {}


class TokenUnusable(ZFSAPIError):
    """The token could not be read from its file or command, or others can read it too."""


_KINDS: dict[int, type[ZFSAPIError]] = {
    -32700: InvalidRequest, -32600: InvalidRequest, -32601: InvalidRequest,
    -32602: InvalidParams, -32001: InvalidParams,
    -32002: NotFound, -32003: NotFound, -32050: NotFound,
    -32040: AuthenticationFailed, -32041: AuthenticationFailed,
    -32004: PermissionDenied, -32042: PermissionDenied,
    -32051: Conflict,
    -32005: OperationFailed, -32021: OperationFailed, -32030: OperationFailed, -32035: OperationFailed,
    -32010: TransferFailed, -32020: TransferFailed,
    -32052: Unavailable, -32000: RateLimited, -32053: TimedOut, -32054: Cancelled, -32603: InternalError,
}


def from_answer(
    error: Mapping[str, Any], retry_after: float | None = None, kind: type[ZFSAPIError] | None = None
) -> ZFSAPIError:
    """The error that a JSON-RPC error object stands for.

    Parameters:
        error: The object, with `code`, `message` and `data`.
        retry_after: Seconds that the daemon asks to wait.
        kind: The class, when it does not follow from the code. A code that is not known makes a plain `ZFSAPIError`.
    """
    code, data = error.get("code"), error.get("data")
    data = data if isinstance(data, dict) else {}
    made = (kind or _KINDS.get(code if isinstance(code, int) else 0, ZFSAPIError))(
        str(error.get("message", "the daemon gave no message")), code=code if isinstance(code, int) else None,
        reason=str(data.get("reason", "")), retryable=data.get("retryable") is True,
        request_id=data.get("request_id"), details=data.get("details"), stderr=data.get("stderr"),
        exit_status=data.get("exit_status"))
    if isinstance(made, RateLimited):
        made.retry_after = retry_after
    return made
