"""Tokens that must not work, and what the server says of them: the same for all."""
import os
import threading
import time

import lab
import ways
from daemon import CallFailed
from outcomes import Cut, Refused
from report import equal, eventually, expect, test
from sockets import connect, show_header, show_token

SOURCE = "a/token"


def send_token(**options):
    return lab.daemon.call("token_create_send", dataset=SOURCE, snapshot=lab.SNAPSHOT, **options)["token"]


def refusal(transport, token):
    """What the server answers to a token that is not good."""
    connection = connect(transport)
    try:
        show_token(connection, token)
    except Refused as refused:
        return refused.answer
    finally:
        connection.close()
    raise AssertionError("the token was taken")


def use(transport, token):
    connection = connect(transport)
    show_token(connection, token)
    return ways.whole(ways.TokenDownload(connection, None))


@test("wrong, used, expired, revoked and foreign tokens get one and the same answer")
def _():
    lab.snapshot(SOURCE, 1)
    good = send_token()
    use("tcp", good)
    expired = send_token(ttl=1)
    revoked = send_token()
    lab.daemon.call("token_revoke", token_id=revoked)
    time.sleep(1.5)
    other = send_token()
    swapped = ("A" if other[-1] != "A" else "B")
    bad = {
        "used": good, "expired": expired, "revoked": revoked, "last letter": other[:-1] + swapped,
        "unknown": "x" * len(good), "short": "y" * 16, "long": "z" * 512,
        "cut": other[:-1], "longer": other + "x", "prefix": other[:8] + "x" * 24}
    answers = {}
    for name, token in bad.items():
        for transport in ("tcp", "unix"):
            answer = refusal(transport, token)
            equal(answer["status"], "failed", name)
            answers.setdefault((answer["reason"], answer["error"]), []).append((name, transport))
    equal(len(answers), 1, f"kinds of answers: {answers}")
    for way in ("tcp", "unix"):
        connection = connect(way)
        try:
            show_header(connection, 1, {"dataset": SOURCE, "snapshot": lab.SNAPSHOT, "token": good})
            raise AssertionError("a used token was taken in a header")
        except Refused as refused:
            equal((refused.answer["reason"], refused.answer["error"]), next(iter(answers)), "answer to the header")
        finally:
            connection.close()
    # The one that was only mutilated still works.
    use("unix", other)


@test("the prefix of a token is neither enough to use it nor to revoke it")
def _():
    lab.snapshot(SOURCE, 1)
    token = send_token()
    listed = lab.daemon.call("token_list")["tokens"]
    mine = [item for item in listed if item["token_id"] == token[:8]]
    equal(len(mine), 1, "tokens with this prefix")
    expect(token not in str(listed), "the list has whole tokens")
    try:
        lab.daemon.call("token_revoke", token_id=token[:8])
        raise AssertionError("revoked by its prefix")
    except CallFailed as error:
        expect(error.code in (-32050, -32001), f"{error}")
    use("tcp", token)


@test("of 20 clients that show one token at once, one is served; with max_uses 3, three are")
def _():
    lab.snapshot(SOURCE, 1)
    for uses in (1, 3):
        token = send_token(max_uses=uses)
        served, refused = [], []

        def client(transport):
            try:
                served.append(len(use(transport, token)))
            except Refused:
                refused.append(1)

        clients = [threading.Thread(target=client, args=(("tcp", "unix")[index % 2],)) for index in range(20)]
        for each in clients:
            each.start()
        for each in clients:
            each.join(30)
        equal((len(served), len(refused)), (uses, 20 - uses), "served and refused")
        equal(len(set(served)), 1, "lengths of the streams")


@test("max_bytes ends a stream that is longer, and the client is told")
def _():
    lab.snapshot(SOURCE, 4)
    limit = 1_000_000
    for transport in ("tcp", "unix"):
        connection = connect(transport)
        show_token(connection, send_token(max_bytes=limit))
        download = ways.TokenDownload(connection, None)
        moved = 0
        try:
            while part := download.read(1 << 20):
                moved += len(part)
            raise AssertionError("it ended as if it were whole")
        except Refused:
            expect(moved <= limit, f"{moved} bytes came")
        finally:
            download.close()
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    upload = ways.UNIX.upload("b/limited", max_bytes=limit)
    try:
        upload.write(stream)
        raise AssertionError(upload.finish())
    except (Refused, Cut):
        upload.close()
    eventually(5, lambda: lab.names("b/limited") == [], "nothing is left")


@test("token_revoke and stream_cancel: an unused token is dead, a running stream ends and its client knows")
def _():
    lab.snapshot(SOURCE, 40)
    for way in (ways.TCP, ways.UNIX, ways.TCP_HEADER, ways.UNIX_HEADER, ways.HTTP):
        download = way.download(SOURCE)
        download.read(1000)
        running = [item for item in lab.daemon.call("stream_list")["sessions"] if item["state"] == "running"]
        equal(len(running), 1, f"running streams: {running}")
        equal(running[0]["dataset"], SOURCE, "dataset")
        lab.daemon.call("stream_cancel", stream_id=running[0]["stream_id"])
        try:
            ways.whole(download)
            # A Unix socket has no reset.
            expect(way is ways.UNIX_HEADER, f"{way.name}: a cancelled stream looks whole")
        except (Refused, Cut):
            download.close()
        left = [item for item in lab.daemon.call("stream_list")["sessions"] if item["state"] == "running"]
        equal(left, [], "running streams")
    for way in ways.ALL:
        upload = way.upload("b/cancelled")
        upload.write(lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")[:2 << 20])
        running = eventually(5, lambda: [
            item for item in lab.daemon.call("stream_list")["sessions"] if item["state"] == "running"], "it runs")
        lab.daemon.call("stream_cancel", stream_id=running[0]["stream_id"])
        try:
            raise AssertionError(f"{way.name}: {upload.answer()}")
        except (Refused, Cut):
            upload.close()
        eventually(5, lambda: lab.names("b/cancelled") == [], "nothing is left")


@test("token_stats counts, and secrets are in no log")
def _():
    lab.snapshot(SOURCE, 1)
    before = lab.daemon.call("token_stats")
    token = send_token()
    use("tcp", token)
    refusal("tcp", token)
    after = lab.daemon.call("token_stats")
    for key in ("created", "used"):
        equal(after[key].get("send", 0) - before[key].get("send", 0), 1, key)
    equal(after["store"], "sqlite", "store")
    for folder, _, files in os.walk("/run/streams/daemon"):
        for name in files:
            with open(os.path.join(folder, name), "rb") as file:
                expect(token.encode() not in file.read(), f"the token is in {name}")


@test("who may not do a thing gets no token for it: names, lifetimes and uses are checked when it is made")
def _():
    lab.snapshot(SOURCE, 1)
    for parameters in (
        {"ttl": 0}, {"ttl": 86401}, {"ttl": -1}, {"max_uses": 0}, {"max_bytes": 0}, {"dataset": "-R"},
        {"dataset": "a/token@only"}, {"snapshot": "a@b"}, {"snapshot": "x%y"},
        {"resume_token": "x" * 1_000_000}, {"resume_token": "1-" + "f" * 40}, {"from_snapshot": "x%y@z"},
    ):
        arguments = {"dataset": SOURCE, "snapshot": lab.SNAPSHOT, **parameters}
        try:
            lab.daemon.call("token_create_send", **arguments)
            raise AssertionError(f"a token for {str(parameters)[:100]}")
        except CallFailed as error:
            expect(error.code in (-32001, -32602, -32600, -32010, -32005), f"{str(parameters)[:100]}: {error}")
