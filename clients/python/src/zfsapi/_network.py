"""Connections, either blocking or of an event loop.

The protocols of this package are written once, as coroutines over what is declared here. `Asyncio` gives them the
sockets of the running event loop. `Blocking` gives them blocking sockets, so that they never wait for anything else:
`run` takes such a coroutine to its end at once.
"""
from __future__ import annotations

import asyncio
import contextlib
import select
import socket
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterator
from typing import Any, Protocol, TypeVar

from ._address import Address

T = TypeVar("T")

CONNECT_SECONDS = 10.0
"""How long a connection may take to be made, for each address of the host."""


class Connection(Protocol):
    """Bytes in two directions. All methods raise `OSError`.

    Attributes:
        timeout: Seconds that a read or write may take; None for no limit.
    """

    timeout: float | None

    async def read(self, limit: int) -> bytes:
        """At least one byte and at most `limit`; none at the end."""
        ...

    def poll(self, limit: int) -> bytes | None:
        """What is there already; none at the end; None when nothing came."""
        ...

    async def write(self, data: bytes) -> None:
        """Writes all of it."""
        ...

    async def finish(self) -> None:
        """Ends this side; the other one can still be read."""
        ...

    def close(self) -> None:
        """Ends both sides at once."""
        ...


class Network(Protocol):
    """How to wait."""

    async def connect(self, address: Address) -> Connection:
        """A connection without TLS. Raises `OSError`."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        ...

    async def blocking(self, function: Callable[[], T]) -> T:
        """Calls a function that may wait for a file or a program."""
        ...


class Blocking:
    """Waits by blocking the thread."""

    async def connect(self, address: Address) -> Connection:
        """Connects to the first address of the host that accepts."""
        if address.scheme == "unix":
            made = socket.socket(socket.AF_UNIX)
            try:
                made.settimeout(CONNECT_SECONDS)
                made.connect(address.path)
            except BaseException:
                made.close()
                raise
        else:
            made = socket.create_connection((address.host, address.port), CONNECT_SECONDS)
        return _BlockingConnection(made)

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(seconds)

    async def blocking(self, function: Callable[[], T]) -> T:
        """Calls it."""
        return function()


class Asyncio:
    """Waits in the running event loop."""

    async def connect(self, address: Address) -> Connection:
        """Connects to the first address of the host that accepts."""
        if address.scheme == "unix":
            return await self._connected(socket.AF_UNIX, address.path)
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        for family, _, _, _, place in found[:-1]:
            with contextlib.suppress(OSError):
                return await self._connected(family, place)
        family, _, _, _, place = found[-1]
        return await self._connected(family, place)

    async def _connected(self, family: int, place: Any) -> Connection:
        made = socket.socket(family)
        try:
            made.setblocking(False)
            async with asyncio.timeout(CONNECT_SECONDS):
                await asyncio.get_running_loop().sock_connect(made, place)
        except BaseException:
            made.close()
            raise
        return _AsyncioConnection(made)

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        await asyncio.sleep(seconds)

    async def blocking(self, function: Callable[[], T]) -> T:
        """Calls it in a thread."""
        return await asyncio.to_thread(function)


class _BlockingConnection:
    def __init__(self, made: socket.socket) -> None:
        self._socket = made
        self.timeout: float | None = None
        _notice_lost_hosts(made)

    async def read(self, limit: int) -> bytes:
        self._socket.settimeout(self.timeout)
        return self._socket.recv(limit)

    def poll(self, limit: int) -> bytes | None:
        ready = select.poll()
        ready.register(self._socket, select.POLLIN)
        return self._socket.recv(limit) if ready.poll(0) else None

    async def write(self, data: bytes) -> None:
        self._socket.settimeout(self.timeout)
        self._socket.sendall(data)

    async def finish(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._socket.close()


class _AsyncioConnection:
    def __init__(self, made: socket.socket) -> None:
        self._socket = made
        self.timeout: float | None = None
        _notice_lost_hosts(made)

    async def read(self, limit: int) -> bytes:
        # The loop does not wait for what is there already: others must have their turn, and a cancel its chance.
        await asyncio.sleep(0)
        async with asyncio.timeout(self.timeout):
            return await asyncio.get_running_loop().sock_recv(self._socket, limit)

    def poll(self, limit: int) -> bytes | None:
        try:
            return self._socket.recv(limit)
        except BlockingIOError:
            return None

    async def write(self, data: bytes) -> None:
        await asyncio.sleep(0)
        async with asyncio.timeout(self.timeout):
            await asyncio.get_running_loop().sock_sendall(self._socket, data)

    async def finish(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._socket.close()


def _notice_lost_hosts(made: socket.socket) -> None:
    """Streams have no deadline of their own, so the kernel must tell when the other host is gone."""
    if made.family == socket.AF_UNIX:
        return
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    # Not every system has these.
    for name, value in (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 6)):
        if hasattr(socket, name):
            made.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that waits for nothing but a `Blocking` network."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    coroutine.close()
    raise RuntimeError("a coroutine for blocking connections waited for an event loop")


@contextlib.contextmanager
def entered(context: contextlib.AbstractAsyncContextManager[T]) -> Iterator[T]:
    """An asynchronous context as a blocking one."""

    async def enter() -> T:
        return await context.__aenter__()

    async def leave(error: BaseException | None) -> bool | None:
        return await context.__aexit__(type(error) if error else None, error, error.__traceback__ if error else None)

    value = run(enter())
    try:
        yield value
    except BaseException as error:
        if not run(leave(error)):
            raise
    else:
        run(leave(None))


def iterated(source: AsyncGenerator[T, None]) -> Generator[T, None, None]:
    """An asynchronous generator as a blocking one."""

    async def following() -> T:
        return await anext(source)

    async def close() -> None:
        await source.aclose()

    try:
        while True:
            try:
                item = run(following())
            except StopAsyncIteration:
                return
            yield item
    finally:
        run(close())
