"""TLS over any connection.

`ssl.SSLSocket` and the transports of asyncio can not end one side only, which a transfer socket asks for. An
`SSLObject` can, and works the same on blocking sockets and in an event loop.
"""
from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
import ssl

from ._network import CONNECT_SECONDS, Connection
from .errors import ConnectionFailed

_RECORDS = 256 << 10


@dataclasses.dataclass(frozen=True)
class Trust:
    """Whom to believe, and who this is.

    Attributes:
        ca_file: PEM file of authorities; without it those of the system.
        verify: Whether the certificate of the daemon is checked at all.
        certificate: PEM file of a client certificate and its key, or without it.
        key: PEM file of that key.
    """

    ca_file: str | os.PathLike[str] | None = None
    verify: bool = True
    certificate: str | os.PathLike[str] | None = None
    key: str | os.PathLike[str] | None = None

    @functools.cached_property
    def context(self) -> ssl.SSLContext:
        """What `ssl` needs. Raises `ConnectionFailed` when a file can not be used."""
        files = [os.fspath(path) for path in (self.ca_file, self.certificate, self.key) if path]
        try:
            context = ssl.create_default_context(cafile=os.fspath(self.ca_file) if self.ca_file else None)
            if not self.verify:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            if self.certificate:
                context.load_cert_chain(self.certificate, self.key)
        except OSError as error:
            raise ConnectionFailed(
                f"{' or '.join(files)} can not be used: {error.strerror or error}; give PEM files that can be read",
                reason="not_connected") from error
        return context


class TLSConnection:
    """A `Connection` that encrypts what goes over another one."""

    def __init__(self, below: Connection, context: ssl.SSLContext, host: str) -> None:
        self._below = below
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        # What was decrypted before anybody asked for it.
        self._early = bytearray()

    @property
    def timeout(self) -> float | None:
        """Seconds that a read or write may take."""
        return self._below.timeout

    @timeout.setter
    def timeout(self, seconds: float | None) -> None:
        self._below.timeout = seconds

    async def handshake(self) -> None:
        """Agrees with the daemon. Raises `ssl.SSLError`."""
        self.timeout = CONNECT_SECONDS
        try:
            while True:
                try:
                    self._tls.do_handshake()
                    return
                except ssl.SSLWantReadError:
                    await self._flush()
                    self._feed(await self._below.read(_RECORDS))
        finally:
            # The end of the handshake, or an alert that says what was wrong.
            await self._flush()

    async def read(self, limit: int) -> bytes:
        """At least one byte and at most `limit`; none after `close_notify`. An end without it is an error."""
        while (data := self._decrypted(limit)) is None:
            self._feed(await self._below.read(_RECORDS))
        return data

    def poll(self, limit: int) -> bytes | None:
        """What is there already. Records without data, such as session tickets, are nothing."""
        data = self._decrypted(limit)
        if data is None and (records := self._below.poll(_RECORDS)) is not None:
            self._feed(records)
            data = self._decrypted(limit)
        return data

    async def write(self, data: bytes) -> None:
        """Writes all of it."""
        self._tls.write(data)
        await self._flush()

    async def finish(self) -> None:
        """Says `close_notify`; what the daemon says can still be read."""
        # OpenSSL refuses to do this while data wait to be decrypted.
        while data := self._decrypted(_RECORDS, early=False):
            self._early += data
        with contextlib.suppress(ssl.SSLWantReadError):
            self._tls.unwrap()
        await self._flush()

    def close(self) -> None:
        """Ends both sides at once, without `close_notify`."""
        self._below.close()

    def _decrypted(self, limit: int, early: bool = True) -> bytes | None:
        if early and self._early:
            data = bytes(self._early[:limit])
            del self._early[:limit]
            return data
        try:
            return self._tls.read(limit)
        except ssl.SSLWantReadError:
            return None
        except ssl.SSLZeroReturnError:
            return b""

    def _feed(self, records: bytes) -> None:
        if records:
            self._incoming.write(records)
        else:
            self._incoming.write_eof()

    async def _flush(self) -> None:
        while data := self._outgoing.read():
            await self._below.write(data)
