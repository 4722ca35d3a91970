"""The client for asyncio.

It is no blocking client in threads, for a thread that waits for a socket can not be cancelled: here a call that is
cancelled closes its connection at once. The protocols are the same code in both clients, coroutines over a small
`Connection`; this one gives them the sockets of the running event loop. Only files and token commands go to threads.
"""
from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Unpack

from . import _open, events, migrations, streams
from ._address import Address
from ._credentials import Given
from ._network import Asyncio
from ._tls import Trust
from .methods import AsyncMethods, MigrationGetResult, TaskEventsEvent
from .migrations import MigrationOptions, Progress
from .streams import AsyncSource, AsyncStream, Received, SendOptions


class AsyncClient(AsyncMethods):
    """Calls a daemon from one event loop. Calls may run at the same time.

    It has the parameters and methods of `Client`, where their meaning is described.
    """

    def __init__(
        self, address: str = _open.DEFAULT_ADDRESS, *, token: str | None = None,
        token_file: str | os.PathLike[str] | None = None, token_command: Sequence[str] | None = None,
        ca_file: str | os.PathLike[str] | None = None, verify: bool = True,
        certificate: str | os.PathLike[str] | None = None, key: str | os.PathLike[str] | None = None,
        timeout: float | None = 120, retries: int = 2,
    ) -> None:
        trust = Trust(ca_file, verify, certificate, key)
        self._session = _open.session(Asyncio(), address, token, token_file, token_command, trust, timeout, retries)

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"AsyncClient({str(self._session.address)!r})"

    def close(self) -> None:
        """Closes the connections that are kept. The client can still be used."""
        self._session.close()

    async def call(self, method: str, /, **parameters: Any) -> Any:
        """As `Client.call`."""
        return await self._session.call(method, parameters)

    async def _call(self, method: str, parameters: Mapping[str, object]) -> Any:
        return await self.call(method, **{name: value for name, value in parameters.items() if value is not None})

    async def login(self, username: str, password: str) -> int:
        """As `Client.login`."""
        answer = await self.auth_login(username, password)
        self._session.credentials = Given(answer["token"])
        return answer["expires_in"]

    @contextlib.asynccontextmanager
    async def send(
        self, dataset: str, snapshot: str, *, over: str = "http", **options: Unpack[SendOptions]
    ) -> AsyncIterator[AsyncStream]:
        """As `Client.send`, with `async with` and `async for`."""
        async with streams.send(self._session, dataset, snapshot, over, options) as stream:
            yield stream

    async def receive(
        self, source: AsyncSource, dataset: str, *, over: str = "http", force: bool = False, resumable: bool = False
    ) -> Received:
        """As `Client.receive`, also from what is iterated over asynchronously."""
        return await streams.receive(self._session, source, dataset, over, force, resumable)

    @contextlib.asynccontextmanager
    async def fetch(self, token: str, place: str) -> AsyncIterator[AsyncStream]:
        """As `Client.fetch`, with `async with` and `async for`."""
        async with streams.fetch(self._session, token, Address.parse(place)) as stream:
            yield stream

    async def put(self, token: str, place: str, source: AsyncSource) -> Received:
        """As `Client.put`, also from what is iterated over asynchronously."""
        return await streams.put(self._session, token, Address.parse(place), source)

    def events(
        self, *, task_id: str | None = None, after: int | None = None, patience: float = 60
    ) -> AsyncGenerator[TaskEventsEvent, None]:
        """As `Client.events`, with `async for`."""
        return events.follow(self._session, task_id, after, patience)

    async def migrate(self, source: str, destination: str, **options: Unpack[MigrationOptions]) -> str:
        """As `Client.migrate`."""
        return (await self.migration_create(source, destination, **options))["task_id"]

    async def wait(
        self, task_id: str, *, on_progress: Callable[[Progress], object] | None = None, timeout: float | None = None,
        patience: float = 60,
    ) -> MigrationGetResult:
        """As `Client.wait`."""
        return await migrations.wait(self._session, task_id, on_progress, timeout, patience)
