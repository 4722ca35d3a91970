"""A daemon that runs for a test, with a state of its own."""
from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ.get("ZFS_APID", "")
needs_daemon = unittest.skipUnless(PROGRAM, "ZFS_APID names no daemon: give one to clients/python/test")


class Daemon:
    """Listens at ports that the kernel chooses unless they are given, and at two Unix sockets.

    Attributes:
        address: The API.
        unix: The API at a Unix socket.
        tcp: The transfer socket at a port.
    """

    def __init__(self, more: str = "", http: int = 0, tcp: int = 0) -> None:
        self.folder = tempfile.mkdtemp(prefix="zfsapi-")
        self.configuration = f"{self.folder}/config.yaml"
        self.unix = f"unix://{self.folder}/http.sock"
        self.address = self.tcp = ""
        self._process: subprocess.Popen[bytes] | None = None
        with open(self.configuration, "w") as file:
            file.write(
                f"server:\n  http: {{port: {http}}}\n  tcp: {{port: {tcp}}}\n"
                f"  unix: {{path: {self.folder}/transfer.sock}}\n"
                f"  unix_http: {{path: {self.folder}/http.sock}}\nstate_dir: {self.folder}/state\n{more}")

    def __enter__(self) -> Daemon:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(signal.SIGTERM)
        shutil.rmtree(self.folder)

    def start(self) -> None:
        """Starts it, at the same port as before if it ran."""
        command = [PROGRAM, "serve", "--config", self.configuration]
        if self.address:
            command += ["--port", self.address.rsplit(":", 1)[1]]
        with open(f"{self.folder}/log", "w") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + 30
        while not (found := re.search(r"for=HTTP host=\S+ port=(\d+) tls=(\w+)", self.log())) or (
                len(re.findall("for=transfers", self.log())) < 2):
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the daemon did not start\n" + self.log())
            time.sleep(0.05)
        self.address = f"{'https' if found[2] == 'true' else 'http'}://127.0.0.1:{found[1]}"
        transfers = re.search(r"for=transfers host=\S+ port=(\d+) tls=(\w+)", self.log())
        assert transfers
        self.tcp = f"{'tls' if transfers[2] == 'true' else 'tcp'}://127.0.0.1:{transfers[1]}"

    def stop(self, how: int) -> None:
        """Ends it with a signal."""
        if self._process:
            self._process.send_signal(how)
            self._process.wait(30)

    def issuing(self, role: str) -> list[str]:
        """The command that prints a bearer token."""
        return [PROGRAM, "token", "issue", "--config", self.configuration, "--user", "tester", "--role", role]

    def issue(self, role: str) -> str:
        """A bearer token."""
        return subprocess.run(self.issuing(role), stdout=subprocess.PIPE, check=True, text=True).stdout.strip()

    def log(self) -> str:
        """What it wrote."""
        with open(f"{self.folder}/log") as file:
            return file.read()
