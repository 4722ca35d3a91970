"""Daemons that say what a test tells them to."""
from __future__ import annotations

import json
import socket
import threading
from collections.abc import Sequence

from zfsapi import Client
from zfsapi._address import Address
from zfsapi._channel import Channel


class Script:
    """A connection whose other side has said everything already."""

    def __init__(self, *pieces: bytes) -> None:
        self.timeout: float | None = None
        self.written = b""
        self._pieces = list(pieces)

    async def read(self, limit: int) -> bytes:
        """The next piece, or as much of it as is wanted."""
        if not self._pieces:
            return b""
        piece = self._pieces.pop(0)
        if len(piece) > limit:
            self._pieces.insert(0, piece[limit:])
        return piece[:limit]

    def poll(self, limit: int) -> bytes | None:
        """Nothing came."""
        return None

    async def write(self, data: bytes) -> None:
        """Remembers it."""
        self.written += data

    async def finish(self) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def channel(*pieces: bytes) -> Channel:
    """A channel to a `Script`."""
    return Channel(Script(*pieces), Address("tcp", "127.0.0.1", 1))


class FakeDaemon:
    """Listens, and has one conversation for each connection: a list of answers, each for one request.

    Attributes:
        requests: What was asked: head and body. A body in chunks is not read.
        address: Where it listens.
        client: A client of it.
        ended: Counts connections that it has closed.
    """

    def __init__(self, *conversations: Sequence[bytes]) -> None:
        self.requests: list[tuple[str, bytes]] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = "http://127.0.0.1:%d" % self._listener.getsockname()[1]
        self.client = Client(self.address)
        self.ended = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._talk, args=(conversations,))

    def __enter__(self) -> FakeDaemon:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        # Wakes the thread when nobody came.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._listener.close()

    def _talk(self, conversations: Sequence[Sequence[bytes]]) -> None:
        for answers in conversations:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as file:
                connection.settimeout(10)
                for answer in answers:
                    head = b""
                    while (line := file.readline()) not in (b"\r\n", b""):
                        head += line
                    if not head:
                        break
                    length = [int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:")]
                    self.requests.append((head.decode(), file.read(length[0]) if length else b""))
                    connection.sendall(answer)
            self.ended.release()


def answer(status: int, document: object, *fields: str) -> bytes:
    """An answer of HTTP."""
    body = json.dumps(document).encode()
    head = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body)}", *fields, "", ""]
    return "\r\n".join(head).encode() + body


def result(value: object) -> bytes:
    """The answer to a call that went well."""
    return answer(200, {"jsonrpc": "2.0", "id": 1, "result": value})


def failure(status: int, code: int, reason: str, *fields: str, retryable: bool = False) -> bytes:
    """The answer to a call that failed."""
    data = {"reason": reason, "retryable": retryable, "request_id": "r-1"}
    return answer(status, {"jsonrpc": "2.0", "id": 1, "error": {"code": code, "message": "no", "data": data}}, *fields)
