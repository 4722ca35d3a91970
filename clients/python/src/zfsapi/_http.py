"""As much of HTTP/1.1 (RFC 9112) as the daemon speaks."""
from __future__ import annotations

import dataclasses
from collections.abc import AsyncGenerator, Mapping

from ._channel import Channel
from .errors import ProtocolError

_FIELDS = 200


@dataclasses.dataclass(frozen=True)
class Head:
    """The beginning of an answer.

    Attributes:
        status: The number.
        fields: The header, with names in small letters.
    """

    status: int
    fields: Mapping[str, str]

    @property
    def keeps_open(self) -> bool:
        """Whether the connection can be used again."""
        return self.fields.get("connection", "").lower() != "close"


def request(verb: str, path: str, fields: Mapping[str, str], body: bytes = b"") -> bytes:
    """The bytes of a request. A body gets its `Content-Length`."""
    lines = [f"{verb} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def chunk(data: bytes) -> bytes:
    """A piece of a body in chunks. Without data it is the end of that body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


async def read_head(channel: Channel) -> Head:
    """The head of the next answer, which may be 100 (Continue).

    Raises:
        ConnectionFailed: There is none.
        ProtocolError: This is no HTTP/1.1.
    """
    line = (await channel.line()).decode("latin-1")
    version, _, rest = line.partition(" ")
    if version not in ("HTTP/1.1", "HTTP/1.0") or not (rest[:3].isascii() and rest[:3].isdigit()):
        raise _wrong("the answer does not begin as one of HTTP/1.1")
    fields: dict[str, str] = {}
    for _ in range(_FIELDS):
        line = (await channel.line()).decode("latin-1")
        if not line:
            return Head(int(rest[:3]), fields)
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise _wrong("a header field of the answer is broken")
        fields[name.lower()] = value.strip()
    raise _wrong("the answer has too many header fields")


async def read_body(channel: Channel, head: Head) -> AsyncGenerator[bytes, None]:
    """The body of an answer, in pieces.

    Raises:
        ConnectionFailed: It ended early.
        ProtocolError: Its chunks are broken, or it says neither its length nor that it comes in chunks.
    """
    if head.status == 204:
        return
    if head.fields.get("transfer-encoding", "").lower() == "chunked":
        while size := _size(await channel.line()):
            async for piece in _counted(channel, size):
                yield piece
            if await channel.line():
                raise _wrong("a chunk of the answer does not end where it says")
        while await channel.line():
            pass  # Trailers say nothing here.
    elif (length := head.fields.get("content-length", "")).isdigit():
        async for piece in _counted(channel, int(length)):
            yield piece
    else:
        raise _wrong("the answer does not say how long it is")


async def _counted(channel: Channel, count: int) -> AsyncGenerator[bytes, None]:
    while count:
        piece = await channel.some(count)
        if not piece:
            raise channel.lost()
        count -= len(piece)
        yield piece


def _size(line: bytes) -> int:
    """The size of a chunk, in hexadecimal digits before extensions."""
    digits = line.split(b";")[0].strip()
    if not 0 < len(digits) <= 16 or digits.strip(b"0123456789abcdefABCDEF"):
        raise _wrong("a chunk of the answer has no size")
    return int(digits, 16)


def _wrong(message: str) -> ProtocolError:
    return ProtocolError(f"{message}; is this the address of zfs-apid?", reason="protocol_error")
