"""The daemon as an ordinary user with `zfs allow`: its pipes become small, and its streams stay right."""
import hashlib
import threading

import lab
import ways
from outcomes import Refused
from report import equal, expect, test

USER = 65534
SOURCE = "a/user"


@test("seventy sends at once as an ordinary user are all right, and the metric tells that pipes are small", 240)
def _():
    lab.snapshot(SOURCE, 16)
    lab.sh("zfs", "allow", "-u", str(USER), "send,snapshot,hold", SOURCE)
    wanted = None
    lab.daemon.restart_clean(USER)
    try:
        wanted = hashlib.sha256(ways.whole(ways.UNIX.download(SOURCE))).digest()
        ready = threading.Barrier(70, timeout=120)
        smallest = []
        outcomes = []

        def client(index):
            way = (ways.TCP, ways.UNIX, ways.HTTP)[index % 3]
            try:
                download = way.download(SOURCE)
                first = download.read(1000)
                if ready.wait() == 0:
                    smallest.append(lab.daemon.metric("zfsapi_pipe_bytes"))
                ready.wait()
                outcomes.append(hashlib.sha256(first + ways.whole(download)).digest() == wanted)
            except Exception as error:
                outcomes.append(repr(error))
                ready.abort()

        clients = [threading.Thread(target=client, args=(index,)) for index in range(70)]
        for each in clients:
            each.start()
        for each in clients:
            each.join(180)
        equal([outcome for outcome in outcomes if outcome is not True], [], "failures")
        equal(len(outcomes), 70, "streams")
        expect(smallest[0] is not None and smallest[0] < 1 << 20, f"zfsapi_pipe_bytes is {smallest}")
        lab.daemon.expect_idle()
    finally:
        lab.daemon.restart_clean()


@test("what an ordinary user was not allowed is refused by ZFS and said so", 60)
def _():
    lab.snapshot(SOURCE, 1)
    lab.daemon.restart_clean(USER)
    try:
        for way in (ways.TCP, ways.HTTP):
            try:
                ways.whole(way.download(SOURCE))
                raise AssertionError("sent without permission")
            except Refused as refusal:
                equal(refusal.reason, "permission_denied", f"{refusal.answer}: reason")
            try:
                upload = way.upload("b/user")
                upload.write(lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}"))
                raise AssertionError(upload.finish())
            except Refused as refusal:
                equal(refusal.reason, "permission_denied", f"{refusal.answer}: reason")
        equal(lab.names("b/user"), [], "what was received")
    finally:
        lab.daemon.restart_clean()
