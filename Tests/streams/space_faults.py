"""Destinations without room."""
import os
import subprocess

import lab
import ways
from outcomes import Refused
from report import equal, expect, test

SOURCE = "a/space"


def refused(way, dataset, **options):
    source = way.download(SOURCE)
    target = way.upload(dataset, **options)
    try:
        ways.relay(source, target)
        raise AssertionError(f"{way.name}: {target.finish()}")
    except Refused as refusal:
        return refusal
    finally:
        source.close()
        target.close()


@test("a quota at the destination is named in the error, and nothing is left", 120)
def _():
    lab.snapshot(SOURCE, 24)
    lab.sh("zfs", "create", "-o", "quota=8M", "b/small")
    for way in ways.ALL:
        refusal = refused(way, "b/small/copy")
        expect(refusal.reason in ("quota_exceeded", "no_space"), f"{way.name}: {refusal.answer}")
        equal(lab.names("b/small"), ["b/small"], "datasets")


@test("a full pool is named in the error, and the daemon goes on", 180)
def _():
    lab.snapshot(SOURCE, 90)
    disk = "/dev/shm/small"
    lab.sh("truncate", "-s", "80M", disk)
    loop = lab.sh("losetup", "-f", "--show", disk).strip()
    try:
        lab.sh("zpool", "create", "-f", "small", loop)
        for way in (ways.TCP, ways.UNIX_HEADER, ways.HTTP):
            refusal = refused(way, "small/copy")
            expect(refusal.reason in ("no_space", "quota_exceeded"), f"{way.name}: {refusal.answer}")
            equal(lab.names("small"), ["small"], "datasets")
            lab.sh("zpool", "sync", "small")
        refusal = refused(ways.TCP, "small/copy", resumable=True)
        expect(refusal.reason in ("no_space", "quota_exceeded"), f"{refusal.answer}")
    finally:
        subprocess.run(["zpool", "destroy", "-f", "small"])
        subprocess.run(["losetup", "-d", loop])
        os.unlink(disk)
    equal(lab.daemon.get("/health")[0], 200, "health")
