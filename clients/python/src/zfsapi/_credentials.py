"""The bearer token that a client shows, from where its user keeps it."""
from __future__ import annotations

import base64
import json
import os
import re
import stat
import subprocess
import time
from collections.abc import Sequence
from typing import Protocol

from .errors import TokenUnusable

_LONGEST = 8192
_COMMAND_SECONDS = 30
# A token that ends within these seconds is asked for anew.
_MARGIN = 30


class Credentials(Protocol):
    """Gives the token of a request."""

    def token(self) -> str | None:
        """The token to show now, or None for none. It may read files and run programs.

        Raises:
            TokenUnusable: There is none, although there should be.
        """
        ...

    def refused(self) -> None:
        """The daemon did not accept the last one."""
        ...


class Given:
    """A token that the program has, or none."""

    def __init__(self, token: str | None) -> None:
        self._token = None if token is None else _checked(token, "the token")

    def token(self) -> str | None:
        """The token."""
        return self._token

    def refused(self) -> None:
        """Nothing: there is no other one."""


class FromFile:
    """A token in a file that nobody else can read. It is read for each request, so it can be replaced."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)

    def token(self) -> str:
        """The only line of the file."""
        try:
            # A pipe would block until somebody writes.
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):
                    raise _unusable(f"{self._path} is not a regular file")
                if status.st_mode & 0o077:
                    mode = stat.S_IMODE(status.st_mode)
                    raise _unusable(
                        f"{self._path} has mode {mode:04o}, so others may know the token: run chmod 600 on it, and "
                        "replace the token if others had access")
                data = file.read(_LONGEST + 1)
        except OSError as error:
            raise _unusable(f"{self._path} can not be read: {error.strerror}") from error
        return _checked(data.decode("latin-1"), self._path)

    def refused(self) -> None:
        """Nothing: the file is read again anyway."""


class FromCommand:
    """A token that a program prints. It is kept until it is refused, or until shortly before it says that it ends."""

    def __init__(self, command: Sequence[str]) -> None:
        if isinstance(command, str):
            raise ValueError("token_command is a list: the program and its arguments, without a shell")
        self._command = list(command)
        self._kept: str | None = None

    def token(self) -> str:
        """What the program printed, or prints now; it has 30 seconds."""
        kept = self._kept
        if kept is None or _ends(kept) - _MARGIN < time.time():
            kept = self._kept = self._run()
        return kept

    def refused(self) -> None:
        """The next request asks the program again."""
        self._kept = None

    def _run(self) -> str:
        name = self._command[0]
        try:
            done = subprocess.run(
                self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=_COMMAND_SECONDS)
        except OSError as error:
            raise _unusable(f"{name} can not be run: {error.strerror}") from error
        except subprocess.TimeoutExpired:
            # The exception would carry what was printed so far.
            raise _unusable(f"{name} printed no token within {_COMMAND_SECONDS} seconds") from None
        if done.returncode != 0:
            raise _unusable(f"{name} ended with status {done.returncode}; it must print the token and end with 0")
        return _checked(done.stdout.decode("latin-1"), f"what {name} printed")


def _checked(text: str, where: str) -> str:
    """A token that may stand in a header. Its text is in no message."""
    token = text.strip()
    if not 0 < len(token) <= _LONGEST or not re.fullmatch(r"[\x21-\x7e]+", token):
        raise _unusable(f"{where} is no token: it must be one line of 1 to {_LONGEST} printable ASCII characters "
                        "without blanks")
    return token


def _ends(token: str) -> float:
    """When a signed token ends, in seconds since 1970; others never do."""
    try:
        payload = token.split(".")[1]
        return float(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"])
    except (IndexError, KeyError, TypeError, ValueError):
        return float("inf")


def _unusable(message: str) -> TokenUnusable:
    return TokenUnusable(message, reason="token_unusable")
