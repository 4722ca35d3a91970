"""Connections that are cut at ten points, and resumed."""
import time

import lab
import trees
import ways
from daemon import zfs_processes
from outcomes import Cut, Refused
from report import equal, eventually, expect, test

SOURCE = "a/keep/cut"
POINTS = 10


def make():
    if not lab.exists(SOURCE):
        lab.sh("zfs", "create", "-p", "-o", "compression=lz4", "-o", "recordsize=32k", "a/keep/cut")
        lab.fill("/a/keep/cut/data", lab.size // 3)
        lab.sh("zfs", "snapshot", f"{SOURCE}@{lab.SNAPSHOT}")
    return len(lab.sh_bytes("zfs", "send", "-c", "-e", f"{SOURCE}@{lab.SNAPSHOT}"))


def token_of(dataset):
    return lab.property(dataset, "receive_resume_token")


def arrived(dataset):
    """The bytes of the running receive."""
    return sum(item["bytes"] for item in lab.daemon.call("stream_list")["sessions"]
               if item["dataset"] == dataset and item["state"] == "running")


def half_close(upload):
    """The stream ends too early, and the server says so with the token."""
    upload.half_close()
    try:
        answer = upload.answer()
        raise AssertionError(f"a cut stream was received: {answer}")
    except Refused as refusal:
        expect(refusal.token, f"no token in {refusal.answer}")
        return refusal.token
    finally:
        upload.close()


def cut_and_resume(way, dataset):
    """A chain of cuts, each later in the stream; half of them orderly, half of them resets."""
    piece = make() // (POINTS + 1)
    token, progress = None, []
    for point in range(POINTS):
        options = {"resume_token": token} if token else {}
        source = way.download(SOURCE, **options)
        target = way.upload(dataset, resumable=True)
        ways.relay(source, target, piece)
        source.reset()
        if point % 2 == 0:
            told = half_close(target)
            equal(told, token_of(dataset), "token in the answer")
        else:
            # What the kernel holds for the daemon would go with the connection.
            eventually(5, lambda: arrived(dataset) > 0.9 * piece, "the bytes arrive")
            target.reset()
        eventually(8, lambda: not zfs_processes(), "the processes of a cut stream end")
        token = token_of(dataset)
        expect(token.startswith("1-"), f"no token at the destination after cut {point}: {token}")
        progress.append(token)
    # After a reset zfs is killed, and with it goes what is in its pipe, up to 1 MiB.
    expect(len(set(progress)) >= POINTS // 2, "the receive hardly went on between the cuts")
    source = way.download(SOURCE, resume_token=token)
    target = way.upload(dataset, resumable=True)
    ways.relay(source, target)
    target.finish()
    source.close()
    equal(trees.guids(dataset), trees.guids(SOURCE), "GUIDs")
    equal(token_of(dataset), "-", "token when all has come")
    equal(trees.contents(dataset), trees.contents(SOURCE), "contents")


for _way in ways.ALL:
    test(f"ten cuts over {_way.name} are resumed, and the copy is the same", 400)(
        lambda way=_way: cut_and_resume(way, "b/cut"))


def cut_leaves_nothing(way):
    piece = make() // 2
    for cut in ("half-close", "reset"):
        source = way.download(SOURCE)
        target = way.upload("b/nothing", resumable=False)
        ways.relay(source, target, piece)
        source.close()
        if cut == "reset":
            target.reset()
        else:
            target.half_close()
            try:
                raise AssertionError(f"a cut stream was received: {target.answer()}")
            except Refused as refusal:
                expect(not refusal.token, f"a token without resumable: {refusal.answer}")
        eventually(8, lambda: not zfs_processes(), "the processes of a cut stream end")
        eventually(3, lambda: lab.names("b/nothing") == [], "nothing is left of a cut stream")


for _way in ways.ALL:
    test(f"a cut over {_way.name} without resumable leaves nothing")(lambda way=_way: cut_leaves_nothing(way))


@test("a cut increment leaves the destination as it was")
def _():
    first = lab.snapshot("a/grows", 4)
    lab.fill("/a/grows/more", 8 << 20)
    lab.sh("zfs", "snapshot", "a/grows@second")
    target = ways.TCP.upload("b/grows")
    target.write(lab.sh_bytes("zfs", "send", first))
    target.finish()
    before = trees.contents("b/grows"), lab.names("b/grows")
    increment = lab.sh_bytes("zfs", "send", "-i", first, "a/grows@second")
    for way in ways.ALL:
        for share in (0.01, 0.5, 0.99):
            target = way.upload("b/grows", resumable=False)
            target.write(increment[:int(len(increment) * share)])
            target.half_close()
            try:
                raise AssertionError(f"{way.name}: {target.answer()}")
            except (Refused, Cut):
                target.close()
    eventually(8, lambda: not zfs_processes(), "the processes of a cut stream end")
    equal((trees.contents("b/grows"), lab.names("b/grows")), before, "the destination")
    equal(token_of("b/grows"), "-", "token")


def client_leaves(way):
    """The send ends soon after its client went, at several points."""
    make()
    lasted = []
    for count in (1, 70_000, 1 << 20):
        source = way.download(SOURCE)
        got = 0
        while got < count:
            got += len(source.read(min(65536, count - got)))
        source.reset()
        start = time.monotonic()
        eventually(10, lambda: not zfs_processes(), f"zfs send ends after its client left at byte {count}")
        lasted.append(time.monotonic() - start)
    # The lab stands still at times when its machine is busy, so one of them may be late.
    expect(sorted(lasted)[1] < 2, f"it took {lasted} s")


for _way in ways.ALL:
    test(f"a client of {_way.name} that leaves ends the send within 2 seconds")(lambda way=_way: client_leaves(way))


@test("the last byte matters: a stream without it is not received, over each way")
def _():
    lab.snapshot("a/short", 1)
    stream = lab.sh_bytes("zfs", "send", f"a/short@{lab.SNAPSHOT}")
    for way in ways.ALL:
        for missing in (1, 8, 312):
            target = way.upload("b/short")
            target.write(stream[:-missing])
            try:
                raise AssertionError(f"{way.name} without the last {missing}: {target.finish()}")
            except (Refused, Cut):
                target.close()
            eventually(5, lambda: lab.names("b/short") == [], "nothing is left")
