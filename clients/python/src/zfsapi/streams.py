"""Streams of `zfs send` and `zfs receive`, by HTTP or by a transfer socket.

"Send" and "receive" are the daemon's view: what it sends is read here, and what it receives is written here. A stream
that broke off always raises; only a stream that was read to its end without an error is whole.
"""
from __future__ import annotations

import contextlib
import functools
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from typing import Any, BinaryIO, Protocol, TypedDict

from . import _frames, _http
from ._address import Address
from ._channel import CHUNK, Channel
from ._network import Network
from ._session import Session
from .errors import ConnectionFailed, ProtocolError, StreamCut

# A stream waits as long as the daemon does, which ends what stalls. Only its first answer has a limit.
_START_SECONDS = 120.0


class Reader(Protocol):
    """A file, a pipe, or whatever gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


Source = Reader | Iterable[bytes] | bytes
"""What a stream is read from: a file to its end, pieces, or all of it."""
AsyncSource = Source | AsyncIterable[bytes]
"""The same, or pieces that are waited for."""


class SendOptions(TypedDict, total=False):
    """What a stream holds.

    Attributes:
        from_snapshot: What the receiver has already, as `snapshot` or `dataset#bookmark`; without it the stream is
            full.
        recursive: With everything below, and properties (`-R`). Default: False.
        raw: Blocks as they are on disk (`-w`). Default: if the dataset is encrypted.
        native_compressed: Blocks compressed as they are on disk (`-c`). Default: if they are.
        resume_token: Go on where an interrupted receive of this very snapshot stopped; it decides about the rest.
    """

    from_snapshot: str
    recursive: bool
    raw: bool
    native_compressed: bool
    resume_token: str


class Received(TypedDict):
    """What became of a stream.

    Attributes:
        bytes: The length of the stream.
        snapshots: What is there now, as `dataset@snapshot`.
        duration: Seconds.
    """

    bytes: int
    snapshots: list[str]
    duration: float


class AsyncStream:
    """A stream that comes. Iterate over its pieces of at most 256 KiB once, or copy it.

    Attributes:
        whole: Whether all of it was read, and it was all.
    """

    def __init__(self, pieces: AsyncGenerator[bytes, None], network: Network) -> None:
        self._pieces = self._until_whole(pieces)
        self._network = network
        self.whole = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        """The next piece.

        Raises:
            StreamCut: It broke off, now or before, or its context has ended.
            ZFSAPIError: The daemon says that the send failed.
        """
        try:
            return await anext(self._pieces)
        except StopAsyncIteration:
            if not self.whole:
                raise _cut() from None
            raise

    async def copy_to(self, file: BinaryIO) -> int:
        """Writes the stream to a file and gives its length in bytes. What is in the file is whole when this returns.

        Raises:
            StreamCut: It broke off.
            ZFSAPIError: The daemon says that the send failed.
        """
        length = 0
        async for piece in self:
            await self._network.blocking(functools.partial(_write, file, piece))
            length += len(piece)
        await self._network.blocking(file.flush)
        return length

    async def aclose(self) -> None:
        """Reads no more."""
        await self._pieces.aclose()

    async def _until_whole(self, pieces: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
        try:
            async with contextlib.aclosing(pieces):
                async for piece in pieces:
                    yield piece
        except ConnectionFailed as error:
            raise _cut() from error
        self.whole = True


def _write(file: BinaryIO, data: bytes) -> None:
    """Writes all of it, also to a file without a buffer."""
    with memoryview(data) as view:
        written = 0
        while written < len(view):
            written += file.write(view[written:])


def _cut() -> StreamCut:
    return StreamCut("the stream broke off; take nothing of it for whole", reason="stream_cut")


@contextlib.asynccontextmanager
async def send(
    session: Session, dataset: str, snapshot: str, over: str, options: SendOptions
) -> AsyncIterator[AsyncStream]:
    """A stream of a snapshot, for as long as the context lasts."""
    parameters: dict[str, object] = {"dataset": dataset, "snapshot": snapshot, **options}
    if over == "http":
        made = await session.call("stream_init", {"operation": "send", **parameters})
        async with session.open("GET", _path(made), {}, _START_SECONDS) as channel:
            head = await _http.read_head(channel)
            body = _http.read_body(channel, head)
            if head.status != 200:
                session.read_answer(head, b"".join([piece async for piece in body]))
                raise ProtocolError(f"the stream is answered with status {head.status}", reason="protocol_error")
            channel.wait_at_most(None)
            async with contextlib.aclosing(AsyncStream(body, session.network)) as stream:
                yield stream
    else:
        if "native_compressed" in parameters:
            parameters["compressed"] = parameters.pop("native_compressed")
        made = await session.call("token_create_send", parameters)
        async with fetch(session, made["token"], _socket(session, made, over)) as stream:
            yield stream


@contextlib.asynccontextmanager
async def fetch(session: Session, token: str, place: Address) -> AsyncIterator[AsyncStream]:
    """The stream of a transfer token that was made to send."""
    async with _started(session, token, place) as channel:
        async with contextlib.aclosing(AsyncStream(_frames.read_chunks(channel), session.network)) as stream:
            yield stream


async def receive(
    session: Session, source: AsyncSource, dataset: str, over: str, force: bool, resumable: bool
) -> Received:
    """Writes a stream that becomes a dataset, or is added to it."""
    parameters = {"dataset": dataset, "force": force, "resumable": resumable}
    if over != "http":
        made = await session.call("token_create_receive", parameters)
        return await put(session, made["token"], _socket(session, made, over), source)
    made = await session.call("stream_init", {"operation": "receive", **parameters})
    fields = {"Transfer-Encoding": "chunked", "Expect": "100-continue"}
    async with session.open("POST", _path(made), fields, _START_SECONDS) as channel:
        head = await _http.read_head(channel)
        if head.status == 100:
            channel.wait_at_most(None)
            if await _upload(channel, pieces(source, session.network), _http.chunk):
                with contextlib.suppress(ConnectionFailed):
                    await channel.write(_http.chunk(b""))
            with _last_answer():
                head = await _http.read_head(channel)
        with _last_answer():
            body = b"".join([piece async for piece in _http.read_body(channel, head)])
    answer = session.read_answer(head, body)
    return {"bytes": answer["bytes_received"], "snapshots": answer["snapshots"], "duration": answer["duration"]}


async def put(session: Session, token: str, place: Address, source: AsyncSource) -> Received:
    """Writes the stream of a transfer token that was made to receive."""
    async with _started(session, token, place) as channel:
        if await _upload(channel, pieces(source, session.network), bytes):
            with contextlib.suppress(ConnectionFailed):
                await channel.finish()
        with _last_answer():
            answer = await _frames.read_message(channel, "completed")
    return {"bytes": answer["bytes"], "snapshots": answer["snapshots"], "duration": answer["duration"]}


async def pieces(source: AsyncSource, network: Network) -> AsyncGenerator[bytes, None]:
    """The bytes of a file, or of what gives them piece by piece."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        yield bytes(source)
    elif isinstance(source, AsyncIterable):
        async for piece in source:
            yield piece
    else:
        next_piece = _next_piece(source)
        while (found := await network.blocking(next_piece)) is not None:
            yield found


def _next_piece(source: Reader | Iterable[bytes]) -> Callable[[], bytes | None]:
    if isinstance(source, Iterable) and not hasattr(source, "read"):
        iterator = iter(source)
        return lambda: next(iterator, None)
    reader: Any = source
    return lambda: reader.read(CHUNK) or None


async def _upload(channel: Channel, source: AsyncGenerator[bytes, None], frame: Callable[[bytes], bytes]) -> bool:
    """Writes until the end, or until the daemon wants no more; then its answer says why, and this is False."""
    async with contextlib.aclosing(source):
        async for piece in source:
            if not piece:
                continue
            # The source may fail with the same error as the connection, so only the latter is looked at here.
            try:
                if channel.has_more():
                    return False
                await channel.write(frame(piece))
            except ConnectionFailed:
                return False
    return True


@contextlib.asynccontextmanager
async def _started(session: Session, token: str, place: Address) -> AsyncIterator[Channel]:
    channel = await Channel.connect(session.network, place, session.trust)
    try:
        channel.wait_at_most(_START_SECONDS)
        await _frames.begin(channel, token)
        channel.wait_at_most(None)
        yield channel
    finally:
        channel.close()


@contextlib.contextmanager
def _last_answer() -> Iterator[None]:
    try:
        yield
    except ConnectionFailed as error:
        raise StreamCut(
            "the connection ended before the daemon said that the stream was received; look at the destination, and at "
            "the log of the daemon", reason="stream_cut") from error


def _path(made: dict[str, Any]) -> str:
    return "/stream/" + str(made["stream_id"])


def _socket(session: Session, made: dict[str, Any], over: str) -> Address:
    """The transfer socket that was asked for, or that the daemon names."""
    if over not in ("tcp", "unix"):
        return Address.parse(over)
    place = made["socket_tcp" if over == "tcp" else "socket_unix"]
    if place is None:
        raise ProtocolError(
            f"the daemon names no transfer socket for {over!r}: see server.{over} in its configuration, or give its "
            "address instead", reason="no_socket")
    if over == "unix":
        return Address("unix", path=place)
    return Address.parse(("tls" if session.address.encrypted else "tcp") + "://" + place)
