"""The blocking client."""
from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Unpack

from . import _open, events, migrations, streams
from ._address import Address
from ._credentials import Given
from ._network import Blocking, entered, iterated, run
from ._tls import Trust
from .methods import Methods, MigrationGetResult, TaskEventsEvent
from .migrations import MigrationOptions, Progress
from .streams import AsyncStream, Received, SendOptions, Source


class Stream:
    """A stream that comes. Iterate over its pieces of at most 256 KiB once, or copy it."""

    def __init__(self, stream: AsyncStream) -> None:
        self._stream = stream

    @property
    def whole(self) -> bool:
        """Whether all of it was read, and it was all."""
        return self._stream.whole

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """The next piece.

        Raises:
            StreamCut: It broke off, now or before, or its context has ended.
            ZFSAPIError: The daemon says that the send failed.
        """
        try:
            return run(self._stream.__anext__())
        except StopAsyncIteration:
            raise StopIteration from None

    def copy_to(self, file: BinaryIO) -> int:
        """Writes the stream to a file and gives its length in bytes. What is in the file is whole when this returns.

        Raises:
            StreamCut: It broke off.
            ZFSAPIError: The daemon says that the send failed.
        """
        return run(self._stream.copy_to(file))


class Client(Methods):
    """Calls a daemon, and waits for its answers.

    Nothing is connected before the first call. Several threads may use one client; each call at a time has a connection
    of its own. Use it as a context, or call `close`.

    Parameters:
        address: `http://HOST:PORT`, `https://HOST:PORT` or `unix:///PATH` of the HTTP socket. The port is 8545 unless
            given.
        token: A bearer token. A direct caller on the machine of the daemon needs none by default.
        token_file: A file with a bearer token, which nobody but its owner may read (0600). It is read for each request.
        token_command: A program, with its arguments, that prints a bearer token; it is asked again when that ends.
        ca_file: PEM file of the authorities that sign the certificate of the daemon; by default those of the system.
        verify: False takes any certificate, so that anybody on the way can read and change everything.
        certificate: PEM file of a client certificate.
        key: PEM file of its key, if that is not in the same file.
        timeout: Seconds without a byte after which a call has failed; None for no limit. Streams, `send_to_file` and
            `receive_from_file` have none, for the daemon ends what does not move.
        retries: How often a read is tried again when its error may pass, such as too many requests or a daemon that
            restarts. A change is never sent twice.

    Raises:
        ValueError: The address is none, or more than one token was given.
        TokenUnusable: The token is none.
    """

    def __init__(
        self, address: str = _open.DEFAULT_ADDRESS, *, token: str | None = None,
        token_file: str | os.PathLike[str] | None = None, token_command: Sequence[str] | None = None,
        ca_file: str | os.PathLike[str] | None = None, verify: bool = True,
        certificate: str | os.PathLike[str] | None = None, key: str | os.PathLike[str] | None = None,
        timeout: float | None = 120, retries: int = 2,
    ) -> None:
        trust = Trust(ca_file, verify, certificate, key)
        self._session = _open.session(Blocking(), address, token, token_file, token_command, trust, timeout, retries)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Client({str(self._session.address)!r})"

    def close(self) -> None:
        """Closes the connections that are kept. The client can still be used."""
        self._session.close()

    def call(self, method: str, /, **parameters: Any) -> Any:
        """The result of any method, by its name in the API.

        Raises:
            ZFSAPIError: The method failed; its class and `reason` tell how.
            ConnectionFailed: There was no answer.
        """
        return run(self._session.call(method, parameters))

    def _call(self, method: str, parameters: Mapping[str, object]) -> Any:
        return self.call(method, **{name: value for name, value in parameters.items() if value is not None})

    def login(self, username: str, password: str) -> int:
        """Logs in, and shows the token from now on. Gives the seconds for which it is good.

        Raises:
            AuthenticationFailed: User or password is wrong.
        """
        answer = self.auth_login(username, password)
        self._session.credentials = Given(answer["token"])
        return answer["expires_in"]

    @contextlib.contextmanager
    def send(
        self, dataset: str, snapshot: str, *, over: str = "http", **options: Unpack[SendOptions]
    ) -> Iterator[Stream]:
        """A stream of a snapshot, for as long as the context lasts.

        Parameters:
            dataset: The file system or volume.
            snapshot: The short name.
            over: "http"; "tcp" or "unix" for the transfer socket that the daemon names; or the address of one:
                `tcp://HOST:PORT`, `tls://HOST:PORT`, `unix:///PATH`.
            options: See `SendOptions`.

        Raises:
            StreamCut: It broke off, while it was read.
            ZFSAPIError: The daemon refuses, or says that the send failed.
        """
        with entered(streams.send(self._session, dataset, snapshot, over, options)) as stream:
            yield Stream(stream)

    def receive(
        self, source: Source, dataset: str, *, over: str = "http", force: bool = False,
        resumable: bool = False,
    ) -> Received:
        """Writes a stream that becomes a dataset, or is added to it. When it breaks off, the dataset is as before.

        Parameters:
            source: A file that is read to its end, bytes, or what gives them piece by piece, such as the `Stream` of
                another client. When it raises, nothing is received, and the error comes through.
            dataset: The file system or volume.
            over: As for `send`.
            force: Roll the dataset back to its newest snapshot first, or replace it (`-F`). The API has True here.
            resumable: Keep what came when it breaks off (`-s`); `resume_token` of the error then goes on.

        Raises:
            StreamCut: The connection ended before the daemon said how it went.
            ZFSAPIError: The daemon refuses, or says that the receive failed.
        """
        return run(streams.receive(self._session, source, dataset, over, force, resumable))

    @contextlib.contextmanager
    def fetch(self, token: str, place: str) -> Iterator[Stream]:
        """The stream of a transfer token of `token_create_send`. The client itself needs no token for this.

        Parameters:
            token: The transfer token; it is used up when it is shown.
            place: The transfer socket: `tcp://HOST:PORT`, `tls://HOST:PORT` or `unix:///PATH`.

        Raises:
            StreamCut: It broke off, while it was read.
            ZFSAPIError: The daemon refuses, or says that the send failed.
        """
        with entered(streams.fetch(self._session, token, Address.parse(place))) as stream:
            yield Stream(stream)

    def put(self, token: str, place: str, source: Source) -> Received:
        """Writes the stream of a transfer token of `token_create_receive`. The client itself needs no token for this.

        Parameters:
            token: The transfer token; it is used up when it is shown.
            place: The transfer socket: `tcp://HOST:PORT`, `tls://HOST:PORT` or `unix:///PATH`.
            source: As for `receive`.

        Raises:
            StreamCut: The connection ended before the daemon said how it went.
            ZFSAPIError: The daemon refuses, or says that the receive failed.
        """
        return run(streams.put(self._session, token, Address.parse(place), source))

    def events(
        self, *, task_id: str | None = None, after: int | None = None, patience: float = 60
    ) -> Generator[TaskEventsEvent, None, None]:
        """What happens to tasks, without end. A connection that was lost is made again, and nothing is missed.

        Parameters:
            task_id: One task; all by default.
            after: The sequence of the last event that is known; by default they begin with what happens from now on.
            patience: Seconds that the daemon may be away.

        Raises:
            ZFSAPIError: The daemon refuses, or can not be reached.
        """
        return iterated(events.follow(self._session, task_id, after, patience))

    def migrate(self, source: str, destination: str, **options: Unpack[MigrationOptions]) -> str:
        """Asks for a migration and gives its task. The daemon does it by itself, also over a restart.

        Parameters:
            source: The snapshot, as `dataset@name` or `host:dataset@name`.
            destination: The dataset that gets it.
            options: See `MigrationOptions`.

        Raises:
            ZFSAPIError: The daemon refuses.
        """
        return self.migration_create(source, destination, **options)["task_id"]

    def wait(
        self, task_id: str, *, on_progress: Callable[[Progress], object] | None = None, timeout: float | None = None,
        patience: float = 60,
    ) -> MigrationGetResult:
        """Waits until a migration has completed, and gives its task. To stop waiting does not stop the migration.

        Parameters:
            task_id: The migration.
            on_progress: Called with each `Progress` that is new, at most twice a second.
            timeout: Seconds to wait at most; None for no limit.
            patience: Seconds that the daemon may be away.

        Raises:
            MigrationFailed: It has failed, or was cancelled.
            TimeoutError: It goes on after `timeout`.
            ZFSAPIError: The daemon does not know it, or can not be reached.
        """
        return run(migrations.wait(self._session, task_id, on_progress, timeout, patience))
