"""Two that want the same at the same time."""
import threading
import time

import lab
import ways
from daemon import CallFailed, zfs_processes
from http_streams import HTTPDownload, HTTPUpload
from outcomes import Cut, Refused
from report import equal, eventually, expect, test

SOURCE = "a/conflict"


def same():
    guid = lab.property(f"{SOURCE}@{lab.SNAPSHOT}", "guid")
    equal(lab.property(f"b/conflict@{lab.SNAPSHOT}", "guid"), guid, "GUID")


@test("of two receives into one dataset at once, one is whole and the other is told", 120)
def _():
    lab.snapshot(SOURCE, 12)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    for way in ways.ALL:
        first = way.upload("b/conflict")
        first.write(stream[:4 << 20])
        time.sleep(0.3)
        second = None
        try:
            second = way.upload("b/conflict")
            second.write(stream)
            answer = second.finish()
            raise AssertionError(f"{way.name}: both: {answer}")
        except Refused as refusal:
            expect(refusal.reason in ("busy", "destination_exists", "snapshot_exists"), f"{refusal.answer}")
        finally:
            if second:
                second.close()
        first.write(stream[4 << 20:])
        first.finish()
        same()
        lab.destroy("b/conflict")


@test("a snapshot is destroyed while it is sent: the stream is whole, or the client knows", 120)
def _():
    for way in ways.ALL:
        lab.snapshot(SOURCE, 24)
        download = way.download(SOURCE)
        download.read(1000)
        try:
            lab.daemon.call("snapshot_destroy", dataset=SOURCE, snapshot=lab.SNAPSHOT)
        except CallFailed as error:
            expect(error.reason in ("busy", "held"), f"{error}")
        download.reset()
        eventually(5, lambda: not zfs_processes(), "the send ends with its client")
        lab.destroy(SOURCE)
        lab.snapshot(SOURCE, 8)
        download = way.download(SOURCE)
        upload = way.upload("b/conflict")
        destroyer = threading.Thread(
            target=lambda: lab.succeeds("zfs", "destroy", "-r", f"{SOURCE}@{lab.SNAPSHOT}"))
        guid = lab.property(f"{SOURCE}@{lab.SNAPSHOT}", "guid")
        destroyer.start()
        try:
            ways.relay(download, upload)
            upload.finish()
            equal(lab.property(f"b/conflict@{lab.SNAPSHOT}", "guid"), guid, "GUID")
        except (Refused, Cut):
            upload.reset()
            eventually(5, lambda: lab.names("b/conflict") == [], "nothing is left")
        destroyer.join()
        download.close()
        lab.destroy("b/conflict")
        lab.destroy(SOURCE)


@test("a rollback and a destroy of the destination while it receives are refused or end the receive", 120)
def _():
    lab.snapshot(SOURCE, 12)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    for way in ways.ALL:
        upload = way.upload("b/conflict")
        upload.write(stream[:4 << 20])
        time.sleep(0.3)
        try:
            lab.daemon.call("dataset_destroy", dataset="b/conflict", recursive=True)
        except CallFailed as error:
            expect(error.reason in ("busy", "dataset_not_found", "operation_failed"), f"{error}")
        try:
            upload.write(stream[4 << 20:])
            upload.finish()
            same()
        except (Refused, Cut):
            upload.close()
        eventually(5, lambda: not zfs_processes(), "zfs ends")
        lab.destroy("b/conflict")


@test("a session that runs answers 409, one that is unknown or expired 404, and after its end it can be used again", 90)
def _():
    lab.snapshot(SOURCE, 24)
    session = ways.HTTP.session("send", SOURCE, snapshot=lab.SNAPSHOT)
    url = session["url"]
    equal((session["method"], session["expires_in"]), ("GET", 300), "method and lifetime")
    path = f"/stream/{session['stream_id']}"
    expect(url.endswith(path), f"url {url}")
    first = HTTPDownload(path)
    first.read(1000)

    def status(path, upload=False):
        try:
            if upload:
                HTTPUpload(path, length=0).finish()
            else:
                HTTPDownload(path).close()
        except Refused as refusal:
            return refusal.answer["status"]

    equal(status(path), 409, "status of a running one")
    rest = len(ways.whole(first))
    mine = lambda: next(
        item for item in lab.daemon.call("stream_list")["sessions"] if item["stream_id"] == session["stream_id"])
    eventually(3, lambda: mine()["state"] == "completed", "the session is completed")
    equal(mine()["bytes"], rest + 1000, "bytes of the session")
    equal(len(ways.whole(HTTPDownload(path))), rest + 1000, "bytes of the second time")
    equal(status(path, upload=True) in (404, 405, 409), True, "a POST to a send")
    equal(status("/stream/" + "0" * 32), 404, "status of an unknown one")
    equal(status("/stream/../health") in (400, 404, 405), True, "status of a path")
    short = ways.HTTP.session("send", SOURCE, snapshot=lab.SNAPSHOT, ttl=1)
    time.sleep(1.6)
    equal(status(f"/stream/{short['stream_id']}"), 404, "status of an expired one")
    cancelled = ways.HTTP.session("send", SOURCE, snapshot=lab.SNAPSHOT)
    lab.daemon.call("stream_cancel", stream_id=cancelled["stream_id"])
    equal(status(f"/stream/{cancelled['stream_id']}"), 404, "status of a cancelled one")


@test("two hundred operations of two clients on one dataset end with whole snapshots", 240)
def _():
    import random
    lab.snapshot(SOURCE, 0.5)
    lab.fill(f"/{SOURCE}/more", 1 << 19)
    lab.sh("zfs", "snapshot", f"{SOURCE}@second")
    guids = trees_of(SOURCE)
    problems = []

    def client(seed):
        chance = random.Random(seed)
        for _ in range(40):
            try:
                act(chance)
            except (Refused, Cut, CallFailed, ConnectionError):
                pass
            except Exception as error:
                problems.append(repr(error))

    def act(chance):
        kind = chance.randrange(5)
        way = chance.choice(ways.ALL)
        if kind < 2:
            source = way.download(SOURCE, chance.choice([lab.SNAPSHOT, "second"]))
            target = way.upload("b/conflict")
            try:
                ways.relay(source, target, None if kind else chance.randrange(1 << 19))
                target.finish() if kind else target.reset()
            finally:
                source.reset()
                target.close()
        elif kind == 2:
            lab.daemon.call("snapshot_rollback", dataset="b/conflict", snapshot=lab.SNAPSHOT, destroy_newer=True)
        elif kind == 3:
            lab.daemon.call("dataset_destroy", dataset="b/conflict", recursive=True)
        else:
            way.download(SOURCE).reset()

    clients = [threading.Thread(target=client, args=(seed,)) for seed in (1, 2)]
    for each in clients:
        each.start()
    for each in clients:
        each.join(200)
    equal(problems, [], "surprises")
    eventually(10, lambda: not zfs_processes(), "zfs ends")
    for name, guid in trees_of("b/conflict").items():
        equal(guid, guids[name], f"GUID of {name}")


def trees_of(dataset):
    if not lab.exists(dataset):
        return {}
    return dict(line.split("\t") for line in lab.sh(
        "zfs", "list", "-H", "-r", "-t", "snapshot", "-o", "name,guid", dataset).replace(dataset, "").split("\n")[:-1])
