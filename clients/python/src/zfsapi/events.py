"""What happens to tasks, as the daemon tells it by `GET /events` (Server-Sent Events)."""
from __future__ import annotations

import json
import time
import urllib.parse
from collections.abc import AsyncGenerator, Iterator

from ._http import read_body, read_head
from ._session import Session
from .errors import ConnectionFailed, ZFSAPIError
from .methods import TaskEventsEvent

# The daemon says something every 15 seconds.
_SILENCE = 60.0


class Parser:
    """Takes events out of the bytes of `text/event-stream`.

    Attributes:
        last_id: The identifier of the last event, or what the stream says stands for it.
        retry: Seconds to wait before connecting again.
    """

    def __init__(self) -> None:
        self.last_id: str | None = None
        self.retry = 1.0
        self._rest = b""
        self._data: list[str] = []

    def feed(self, data: bytes) -> Iterator[str]:
        """The data of the events that end in these bytes."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            name, _, value = line.rstrip(b"\r").decode(errors="replace").partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                self._data.append(value)
            elif name == "id":
                self.last_id = value
            elif name == "retry" and value.isdigit():
                self.retry = int(value) / 1000
            elif not name and not value and self._data:
                yield "\n".join(self._data)
                self._data = []

    def connection_ended(self) -> None:
        """Forgets the event that did not come to its end."""
        self._rest = b""
        self._data = []


async def follow(
    session: Session, task_id: str | None, after: int | None, patience: float
) -> AsyncGenerator[TaskEventsEvent, None]:
    """Events without end; see `Client.events`."""
    path = "/events" if task_id is None else "/events?" + urllib.parse.urlencode({"task_id": task_id})
    parser = Parser()
    parser.last_id = None if after is None else str(after)
    heard: float | None = None
    while True:
        fields = {"Accept": "text/event-stream"}
        if parser.last_id is not None:
            fields["Last-Event-ID"] = parser.last_id
        try:
            async with session.open("GET", path, fields, _SILENCE) as channel:
                head = await read_head(channel)
                if head.status != 200:
                    session.read_answer(head, b"".join([piece async for piece in read_body(channel, head)]))
                async for piece in read_body(channel, head):
                    heard = time.monotonic()
                    for text in parser.feed(piece):
                        yield json.loads(text)
        except ZFSAPIError as error:
            may_pass = error.retryable or isinstance(error, ConnectionFailed)
            if not may_pass or heard is None or time.monotonic() - heard > patience:
                raise
        parser.connection_ended()
        await session.network.sleep(parser.retry)
