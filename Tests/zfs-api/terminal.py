"""A shell in a terminal of its own, in which somebody types."""
from __future__ import annotations

import os
import pty
import re
import select
import signal
import time

ESCAPES = re.compile(rb"\x1b(\[[0-9;?<>=]*[a-zA-Z]|[()=>][0-9A-Za-z]?|\][^\x07]*\x07)")


class Terminal:
    """Runs a program until the end of the context."""

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self._words, self._environment = words, environment

    def __enter__(self) -> Terminal:
        self._process, self._descriptor = pty.fork()
        if self._process == 0:
            os.execvpe(self._words[0], self._words, self._environment)
        self._seen = b""
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.close(self._descriptor)
        os.waitpid(self._process, 0)

    def type(self, text: str) -> None:
        """Types, and forgets what was shown."""
        self._seen = b""
        os.write(self._descriptor, text.encode())

    def shows(self, text: str, seconds: float = 15) -> bool:
        """Whether a text is on the screen before the time is over."""
        end = time.monotonic() + seconds
        while text not in self.screen():
            if not select.select([self._descriptor], [], [], max(end - time.monotonic(), 0))[0]:
                return False
            try:
                data = os.read(self._descriptor, 4096)
            except OSError:
                return False
            if b"\x1b[c" in data or b"\x1b[0c" in data:
                os.write(self._descriptor, b"\x1b[?1;2c")
            self._seen += data
        return True

    def screen(self) -> str:
        """What was shown since something was typed; signs that a shell quotes are without their quotes."""
        line: list[str] = []
        for character in ESCAPES.sub(b"", self._seen).decode(errors="replace"):
            if character == "\b":
                del line[-1:]
            elif character not in "\a\\":
                line.append(character)
        return "".join(line)
