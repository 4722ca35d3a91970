"""What both clients are made of."""
from __future__ import annotations

import os
from collections.abc import Sequence

from ._address import Address
from ._credentials import Credentials, FromCommand, FromFile, Given
from ._network import Network
from ._session import Session
from ._tls import Trust

DEFAULT_ADDRESS = "http://127.0.0.1:8545"
"""Where a daemon listens by default."""


def session(
    network: Network, address: str, token: str | None, token_file: str | os.PathLike[str] | None,
    token_command: Sequence[str] | None, trust: Trust, timeout: float | None, retries: int,
) -> Session:
    """A session from the parameters of `Client`. Raises `ValueError` when they do not fit together."""
    if sum(given is not None for given in (token, token_file, token_command)) > 1:
        raise ValueError("give one of token, token_file and token_command")
    place = Address.parse(address)
    if place.scheme not in ("http", "https", "unix"):
        raise ValueError("the API is at http://, https:// or unix://; others are transfer sockets")
    credentials: Credentials = Given(token)
    if token_file is not None:
        credentials = FromFile(token_file)
    elif token_command is not None:
        credentials = FromCommand(token_command)
    return Session(network, place, credentials, trust, timeout, retries)
