"""Where a daemon listens."""
from __future__ import annotations

import dataclasses
import urllib.parse

# The ports of the daemon's default configuration.
_PORTS = {"http": 8545, "https": 8545, "tcp": 9999, "tls": 9999}


@dataclasses.dataclass(frozen=True)
class Address:
    """A TCP port, perhaps with TLS, or a Unix socket, which has a path and no host."""

    scheme: str
    host: str = ""
    port: int = 0
    path: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Reads `http://HOST:PORT`, `https://HOST:PORT`, `tcp://HOST:PORT`, `tls://HOST:PORT` or `unix:///PATH`.

        Raises:
            ValueError: It is none of these. The message does not repeat the text, which might hold a secret.
        """
        parts = urllib.parse.urlsplit(text)
        if parts.username is not None or parts.password is not None:
            raise ValueError("an address has no user or password; give token, token_file or token_command")
        if parts.query or parts.fragment:
            raise ValueError("an address ends with its port or path")
        if parts.scheme == "unix" and not parts.netloc and parts.path.startswith("/"):
            return cls("unix", path=parts.path)
        if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/"):
            raise ValueError("an address is http://HOST:PORT, https://HOST:PORT or unix:///PATH of a socket; "
                             "that of a transfer socket tcp://HOST:PORT, tls://HOST:PORT or unix:///PATH")
        return cls(parts.scheme, parts.hostname, parts.port or _PORTS[parts.scheme])

    @property
    def encrypted(self) -> bool:
        """Whether TLS is spoken there."""
        return self.scheme in ("https", "tls")

    @property
    def authority(self) -> str:
        """What a `Host` header says."""
        if self.scheme == "unix":
            return "localhost"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"unix://{self.path}" if self.scheme == "unix" else f"{self.scheme}://{self.authority}"
