"""A connection with what was read ahead, and with errors that tell what to do."""
from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator

from ._address import Address
from ._network import Connection, Network
from ._tls import TLSConnection, Trust
from .errors import ConnectionFailed, ProtocolError

CHUNK = 256 << 10
"""Bytes that are read and written at once."""
_LINE = 64 << 10
_KEYS = {"unix": "server.unix_http.path, or server.unix.path for streams,", "tcp": "server.tcp", "tls": "server.tcp"}


class Channel:
    """Reads lines and counted bytes, and raises `ConnectionFailed` where the connection gives out."""

    def __init__(self, connection: Connection, address: Address) -> None:
        self._connection = connection
        self._address = address
        self._ahead = bytearray()

    @classmethod
    async def connect(cls, network: Network, address: Address, trust: Trust) -> Channel:
        """A new connection, with TLS where the address says so. Raises `ConnectionFailed`."""
        try:
            connection = await network.connect(address)
        except OSError as error:
            raise _not_connected(address, error) from error
        if address.encrypted:
            try:
                encrypted = TLSConnection(connection, trust.context, address.host)
                await encrypted.handshake()
                connection = encrypted
            except OSError as error:
                connection.close()
                raise _not_connected(address, error) from error
            except BaseException:
                connection.close()
                raise
        return cls(connection, address)

    def wait_at_most(self, seconds: float | None) -> None:
        """How long a read or write may take from now on; None is without limit."""
        self._connection.timeout = seconds

    async def line(self) -> bytes:
        """A line without its end."""
        searched = 0
        while (end := self._ahead.find(b"\n", searched)) < 0:
            searched = len(self._ahead)
            if searched > _LINE:
                raise ProtocolError(f"{self._address} sent a line that is too long", reason="protocol_error")
            await self._read_ahead()
        return self._taken(end + 1).rstrip(b"\r\n")

    async def exactly(self, count: int) -> bytes:
        """So many bytes."""
        while len(self._ahead) < count:
            await self._read_ahead()
        return self._taken(count)

    async def some(self, limit: int) -> bytes:
        """At least one byte and at most `limit`; none at the end."""
        if self._ahead:
            return self._taken(min(limit, len(self._ahead)))
        with self._errors():
            return await self._connection.read(min(limit, CHUNK))

    def has_more(self) -> bool:
        """Whether bytes, or the end, came already."""
        if not self._ahead:
            with self._errors():
                data = self._connection.poll(CHUNK)
            if data is None:
                return False
            self._ahead += data
        return True

    async def write(self, data: bytes) -> None:
        """Writes all of it."""
        with self._errors():
            await self._connection.write(data)

    async def finish(self) -> None:
        """Ends this side; the other one can still be read."""
        with self._errors():
            await self._connection.finish()

    def close(self) -> None:
        """Ends both sides at once."""
        self._connection.close()

    def lost(self) -> ConnectionFailed:
        """The error for an end that came too early."""
        return ConnectionFailed(
            f"the connection to {self._address} ended before the answer was whole; what was asked may have happened: "
            "look first, and see the log of the daemon", reason="connection_lost", retryable=True)

    async def _read_ahead(self) -> None:
        with self._errors():
            data = await self._connection.read(CHUNK)
        if not data:
            raise self.lost()
        self._ahead += data

    def _taken(self, count: int) -> bytes:
        with memoryview(self._ahead) as view:
            data = bytes(view[:count])
        del self._ahead[:count]
        return data

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            seconds = self._connection.timeout
            if seconds is None or not isinstance(error, TimeoutError):
                raise self.lost() from error
            raise ConnectionFailed(
                f"{self._address} did not answer within {seconds:g} seconds; what was asked may still happen: look "
                "first, or give the client a longer timeout", reason="no_answer") from error


def _not_connected(address: Address, error: OSError) -> ConnectionFailed:
    what = error.strerror or str(error) or type(error).__name__
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = "give ca_file, the certificates of its authority, or call it by a name in its certificate"
        what = error.verify_message
    elif isinstance(error, ssl.SSLError):
        hint = "it may not speak TLS: look at tls in its configuration, or call http:// on this machine"
    elif isinstance(error, PermissionError):
        hint = "join the group of the socket, or run as its user"
    elif isinstance(error, (ConnectionRefusedError, FileNotFoundError)):
        place = _KEYS.get(address.scheme, "server.http")
        hint = ("does the daemon run? Start it with: systemctl start zfs-apid, or: zfs-apid serve; "
                f"{place} of its configuration says where it listens")
    else:
        hint = "check the address and the network"
    return ConnectionFailed(f"no connection to {address}: {what}; {hint}", reason="not_connected")
