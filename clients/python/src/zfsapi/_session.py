"""Calls of one client over connections that it keeps."""
from __future__ import annotations

import contextlib
import itertools
import json
import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

from . import errors
from ._address import Address
from ._channel import Channel
from ._credentials import Credentials
from ._http import Head, read_body, read_head, request
from ._network import Network
from ._retries import READS, pause
from ._tls import Trust
from .errors import AuthenticationFailed, InvalidRequest, ProtocolError, Unavailable, ZFSAPIError

# The daemon closes what was idle for 60 seconds; the client is earlier, so that it never writes to what is closing.
_IDLE_SECONDS = 30.0
_IDLE_CONNECTIONS = 8
# These take as long as their data; a lost host is noticed without a limit.
_UNLIMITED = frozenset({"send_to_file", "receive_from_file"})


class Session:
    """Makes requests. Several at once have a connection each."""

    def __init__(
        self, network: Network, address: Address, credentials: Credentials, trust: Trust, timeout: float | None,
        retries: int,
    ) -> None:
        self.network = network
        self.address = address
        self.credentials = credentials
        self.trust = trust
        self._timeout = timeout
        self._retries = retries
        self._idle: list[tuple[float, Channel]] = []

    def close(self) -> None:
        """Closes what is idle."""
        while kept := self._kept():
            kept[1].close()

    async def call(self, method: str, parameters: Mapping[str, object]) -> Any:
        """The result of a method. A read that may succeed the next time is tried again; nothing else ever is.

        Raises:
            ZFSAPIError: The method failed, or there was no answer.
        """
        retries = self._retries if method in READS else 0
        for attempt in itertools.count():
            try:
                return await self._call_once(method, parameters)
            except ZFSAPIError as error:
                seconds = pause(error, attempt)
                if attempt >= retries or seconds is None:
                    raise
            await self.network.sleep(seconds)

    async def _call_once(self, method: str, parameters: Mapping[str, object]) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}, allow_nan=False).encode()
        fields = {"Content-Type": "application/json"}
        if method != "auth_login":
            fields |= await self._authorization()
        timeout = None if method in _UNLIMITED else self._timeout
        channel = await self._channel()
        try:
            channel.wait_at_most(timeout)
            await channel.write(request("POST", "/", self._host | fields, body))
            head = await read_head(channel)
            text = b"".join([piece async for piece in read_body(channel, head)])
        except BaseException:
            channel.close()
            raise
        if head.keeps_open and len(self._idle) < _IDLE_CONNECTIONS:
            self._idle.append((time.monotonic(), channel))
        else:
            channel.close()
        answer = self.read_answer(head, text)
        if answer.get("id") != 1 or "result" not in answer:
            raise ProtocolError(
                f"the answer belongs to no call; is {self.address} the address of zfs-apid?", reason="protocol_error")
        return answer["result"]

    @contextlib.asynccontextmanager
    async def open(
        self, verb: str, path: str, fields: dict[str, str], timeout: float | None
    ) -> AsyncIterator[Channel]:
        """A connection of its own, on which a request without a body was made. It is closed at the end."""
        fields = self._host | await self._authorization() | fields
        channel = await Channel.connect(self.network, self.address, self.trust)
        try:
            channel.wait_at_most(timeout)
            await channel.write(request(verb, path, fields))
            yield channel
        finally:
            channel.close()

    def read_answer(self, head: Head, text: bytes) -> dict[str, Any]:
        """The JSON object of an answer.

        Raises:
            ZFSAPIError: It tells of an error.
        """
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise ProtocolError(
                f"the answer has status {head.status} and no JSON object; is {self.address} the address of zfs-apid?",
                reason="protocol_error")
        if "error" in answer and isinstance(answer["error"], dict):
            seconds = head.fields.get("retry-after", "")
            error = errors.from_answer(answer["error"], float(seconds) if seconds.isdigit() else None)
            if isinstance(error, AuthenticationFailed):
                self.credentials.refused()
            raise error
        if head.status >= 400:
            kind = Unavailable if head.status >= 500 else InvalidRequest
            raise kind(str(answer.get("detail", f"status {head.status}")), reason=f"http_{head.status}",
                       request_id=head.fields.get("x-request-id"))
        return answer

    @property
    def _host(self) -> dict[str, str]:
        return {"Host": self.address.authority, "User-Agent": "zfsapi"}

    async def _authorization(self) -> dict[str, str]:
        token = await self.network.blocking(self.credentials.token)
        return {"Authorization": f"Bearer {token}"} if token else {}

    async def _channel(self) -> Channel:
        """An idle connection that still lives, or a new one."""
        while kept := self._kept():
            since, channel = kept
            with contextlib.suppress(ZFSAPIError):
                # What has something to say although nobody asked it is about to end.
                if time.monotonic() - since < _IDLE_SECONDS and not channel.has_more():
                    return channel
            channel.close()
        return await Channel.connect(self.network, self.address, self.trust)

    def _kept(self) -> tuple[float, Channel] | None:
        # Another thread may take the last one between a look and a step.
        try:
            return self._idle.pop()
        except IndexError:
            return None
