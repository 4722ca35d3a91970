"""Two pools on the disks of the lab: `tank` sends, `backup` receives."""
from __future__ import annotations

import os
import subprocess
import time
import unittest
from collections.abc import Callable

import daemon

in_lab = unittest.skipUnless(
    daemon.PROGRAM and os.path.exists("/run/zfs-lab/settings"),
    "these tests make and destroy pools: run them by Lab/zfs-lab run -d 2 -m 2G -- clients/python/test-in-lab DAEMON")


def sh(*words: str) -> str:
    """What a program prints; raises when it fails."""
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: status {done.returncode}: {done.stderr}")
    return done.stdout


def prepare() -> None:
    """Makes the pools, empty."""
    for pool, disk in (("tank", "ubda"), ("backup", "ubdb")):
        subprocess.run(["zpool", "destroy", pool], stderr=subprocess.DEVNULL)
        sh("zpool", "create", "-f", pool, f"/dev/{disk}")


def fill(dataset: str, mebibytes: int) -> None:
    """A new file system with so much noise, and a snapshot `monday`."""
    sh("zfs", "create", dataset)
    with open(f"/{dataset}/data", "wb") as file:
        for _ in range(mebibytes):
            file.write(os.urandom(1 << 20))
    sh("zfs", "snapshot", f"{dataset}@monday")


def guid(snapshot: str) -> str:
    """What tells snapshots apart, whatever their names are."""
    return sh("zfs", "get", "-H", "-o", "value", "guid", snapshot).strip()


def exists(dataset: str) -> bool:
    """Whether a dataset or snapshot is there."""
    listed = subprocess.run(["zfs", "list", dataset], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return listed.returncode == 0


def transfers() -> list[str]:
    """The processes of zfs that send or receive."""
    found = subprocess.run(["pgrep", "-f", "zfs (send|receive) "], stdout=subprocess.PIPE, text=True)
    return found.stdout.split()


def eventually(condition: Callable[[], bool], what: str) -> None:
    """Waits until a condition holds."""
    end = time.monotonic() + 15
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within 15 s: {what}")
        time.sleep(0.05)
