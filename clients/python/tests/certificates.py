"""A daemon whose ports speak TLS."""
from __future__ import annotations

import contextlib
import subprocess
import tempfile
import unittest
from collections.abc import Iterator

from daemon import Daemon


@contextlib.contextmanager
def daemon() -> Iterator[tuple[Daemon, str]]:
    """It, and the file of its certificate."""
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = f"{folder}/certificate.pem", f"{folder}/key.pem"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                   "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                   "-keyout", key, "-out", certificate]
        try:
            subprocess.run(command, stderr=subprocess.DEVNULL, check=True)
        except FileNotFoundError:
            raise unittest.SkipTest("there is no openssl to make a certificate with") from None
        with Daemon(f"tls: {{certificate: {certificate}, key: {key}}}\n") as running:
            yield running, certificate
