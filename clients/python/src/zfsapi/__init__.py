"""Client of zfs-apid, the remote API for OpenZFS."""
from .async_client import AsyncClient
from .client import Client, Stream
from .errors import (
    AuthenticationFailed, Cancelled, Conflict, ConnectionFailed, InternalError, InvalidParams, InvalidRequest,
    MigrationFailed, NotFound, OperationFailed, PermissionDenied, ProtocolError, RateLimited, StreamCut, TimedOut,
    TokenUnusable, TransferFailed, Unavailable, ZFSAPIError,
)
from .migrations import MigrationOptions, Progress
from .streams import AsyncSource, AsyncStream, Received, SendOptions, Source

__all__ = [
    "AsyncClient", "AsyncSource", "AsyncStream", "AuthenticationFailed", "Cancelled", "Client", "Conflict",
    "ConnectionFailed", "InternalError", "InvalidParams", "InvalidRequest", "MigrationFailed", "MigrationOptions",
    "NotFound", "OperationFailed", "PermissionDenied", "Progress", "ProtocolError", "RateLimited", "Received",
    "SendOptions", "Source", "Stream", "StreamCut", "TimedOut", "TokenUnusable", "TransferFailed", "Unavailable",
    "ZFSAPIError",
]
