"""Streams that are no streams, or not whole any more."""
import os

import lab
import ways
from daemon import zfs_processes
from outcomes import Cut, Refused
from report import equal, eventually, expect, test

SOURCE = "a/broken"


def refuses(way, data, dataset="b/broken", **options):
    """The upload fails, and the client is told why."""
    upload = way.upload(dataset, **options)
    try:
        upload.write(data)
        raise AssertionError(f"{way.name} received it: {upload.finish()}")
    except Refused as refusal:
        expect(refusal.reason, f"{way.name}: no reason in {refusal.answer}")
        return refusal
    finally:
        upload.close()


@test("bits that are flipped in the header, the payload and the end are found, over each way", 120)
def _():
    lab.snapshot(SOURCE, 2)
    good = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    end = len(good)
    places = {"magic": 9, "header": 24, "payload": end // 2, "last record": end - 300, "last byte": end - 4}
    for name, place in places.items():
        for way in ways.ALL:
            bad = good[:place] + bytes([good[place] ^ 0x10]) + good[place + 1:]
            refusal = refuses(way, bad, resumable=False)
            expect(refusal.reason.startswith(("stream_", "operation_failed")), f"{name}: {refusal.answer}")
            equal(lab.names("b/broken"), [], f"what is left after a flip in the {name} over {way.name}")
    upload = ways.TCP.upload("b/broken")
    upload.write(good)
    upload.finish()


@test("an empty stream, garbage, zeros and a text are refused, over each way", 120)
def _():
    for way in ways.ALL:
        for data in (b"", b"\0", os.urandom(300), os.urandom(3 << 20), bytes(1 << 20), b"HTTP/1.1 200 OK\r\n\r\n"):
            refuses(way, data)
    equal(lab.names("b/broken"), [], "what was received")


@test("two streams one after the other are not taken for one, and nothing after the first is lost silently")
def _():
    lab.snapshot(SOURCE, 1)
    good = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    for way in ways.ALL:
        upload = way.upload("b/broken")
        try:
            upload.write(good + b"more" * 1000)
            answer = upload.finish()
            # zfs receive stops reading at the end of the stream; the snapshot is then whole.
            guid = lab.property(f"{SOURCE}@{lab.SNAPSHOT}", "guid")
            equal(lab.property(f"b/broken@{lab.SNAPSHOT}", "guid"), guid, "GUID")
            expect(answer["snapshots"], f"{answer}")
        except (Refused, Cut):
            pass
        finally:
            upload.close()
        eventually(5, lambda: not zfs_processes(), "zfs receive ends")
        lab.destroy("b/broken")


@test("a receive that ends early answers while the client still sends 60 MiB", 120)
def _():
    for way in ways.ALL:
        upload = way.upload("b/broken")
        noise = os.urandom(1 << 20)
        try:
            for _ in range(60):
                upload.write(noise)
            raise AssertionError(upload.finish())
        except Refused as refusal:
            expect(refusal.reason.startswith("stream_"), f"{way.name}: {refusal.answer}")
        finally:
            upload.close()


@test("an increment without its base, and a full stream onto what exists, say so", 90)
def _():
    first = lab.snapshot(SOURCE, 1)
    lab.fill(f"/{SOURCE}/more", 1 << 20)
    lab.sh("zfs", "snapshot", f"{SOURCE}@second")
    full = lab.sh_bytes("zfs", "send", first)
    increment = lab.sh_bytes("zfs", "send", "-i", first, f"{SOURCE}@second")
    for way in ways.ALL:
        refusal = refuses(way, increment)
        expect(refusal.reason in ("destination_not_found", "incremental_mismatch"), f"{refusal.answer}")
    for way in ways.ALL:
        upload = way.upload("b/broken")
        upload.write(full)
        upload.finish()
        refusal = refuses(way, full, force=False)
        expect(refusal.reason in ("destination_exists", "snapshot_exists"), f"{refusal.answer}")
        lab.destroy("b/broken")


@test("confined or not, what is received under this host's administrator is mounted where it belongs")
def _():
    lab.snapshot(SOURCE, 1)
    upload = ways.UNIX.upload("b/broken")
    upload.write(lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}"))
    upload.finish()
    equal(lab.property("b/broken", "mountpoint"), "/b/broken", "mountpoint")
