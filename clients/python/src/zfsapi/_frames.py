"""The token protocol of the transfer sockets. Numbers are unsigned and big-endian."""
from __future__ import annotations

import json
import struct
from collections.abc import AsyncGenerator
from typing import Any

from . import errors
from ._channel import Channel
from .errors import ProtocolError

_LONGEST_MESSAGE = 1 << 20
_LONGEST_CHUNK = 16 << 20
_FAILED = 2**64 - 1


async def begin(channel: Channel, token: str) -> dict[str, Any]:
    """Shows the token, and gives the message that the transfer has started.

    Raises:
        ZFSAPIError: It has not; the class follows from the code of the daemon.
    """
    data = token.encode("ascii")
    await channel.write(struct.pack("!I", len(data)) + data)
    return await read_message(channel, "started")


async def read_message(channel: Channel, status: str) -> dict[str, Any]:
    """The next message, which has this status.

    Raises:
        ZFSAPIError: It says "failed".
        ProtocolError: It is none.
    """
    (length,) = struct.unpack("!I", await channel.exactly(4))
    if length > _LONGEST_MESSAGE:
        raise _wrong("a message is too long")
    try:
        message = json.loads(await channel.exactly(length))
    except ValueError as error:
        raise _wrong("a message is no JSON") from error
    if not isinstance(message, dict) or message.get("status") not in (status, "failed"):
        raise _wrong(f"a message does not say {status!r}")
    if message["status"] == "failed":
        details = message.get("details") or {}
        if "resume_token" in message:
            details = {**details, "resume_token": message["resume_token"]}
        raise errors.from_answer(
            {"code": message.get("code"), "message": message.get("error"), "data": {**message, "details": details}})
    return message


async def read_chunks(channel: Channel) -> AsyncGenerator[bytes, None]:
    """The stream of a send, in pieces. It ends when the stream is whole, and only then.

    Raises:
        ZFSAPIError: The daemon says that the send failed.
        ConnectionFailed: The connection ended before the stream did.
    """
    while True:
        (left,) = struct.unpack("!Q", await channel.exactly(8))
        if left == 0:
            return
        if left == _FAILED:
            await read_message(channel, "failed")
        if left > _LONGEST_CHUNK:
            raise _wrong("a chunk is too long")
        while left:
            piece = await channel.some(left)
            if not piece:
                raise channel.lost()
            left -= len(piece)
            yield piece


def _wrong(message: str) -> ProtocolError:
    return ProtocolError(f"{message}; is this the address of a transfer socket?", reason="protocol_error")
