"""Resume tokens that are forged, foreign or out of date."""
import http.client
import json

import lab
import ways
from daemon import CallFailed, zfs_processes
from outcomes import Cut, Refused
from report import equal, eventually, expect, test


def interrupted(source, target):
    """A receive that broke off half-way; gives its token."""
    stream = lab.sh_bytes("zfs", "send", f"{source}@{lab.SNAPSHOT}")
    upload = ways.UNIX.upload(target, resumable=True)
    upload.write(stream[:len(stream) // 2])
    upload.half_close()
    try:
        raise AssertionError(upload.answer())
    except Refused as refusal:
        return refusal.token


def refused(way, dataset, token, snapshot=lab.SNAPSHOT, **options):
    """A send with this token does not start, or ends without a byte that could be taken for a stream."""
    try:
        download = way.download(dataset, snapshot, resume_token=token, **options)
        ways.whole(download)
    except CallFailed as error:
        return error.reason
    except Refused as refusal:
        return refusal.reason
    except Cut:
        return "cut"
    raise AssertionError(f"{way.name}: sent by the token {token[:30]}...{token[-30:]}")


@test("a resume token of another dataset or snapshot is refused, over each way", 120)
def _():
    lab.snapshot("a/one", 4)
    lab.snapshot("a/two", 4)
    lab.sh("zfs", "snapshot", "a/one@later")
    token = interrupted("a/one", "b/one")
    for way in ways.ALL:
        for dataset, snapshot in (("a/two", lab.SNAPSHOT), ("a/one", "later")):
            reason = refused(way, dataset, token, snapshot)
            expect(reason not in ("cut", "reader_gone"), f"{way.name} {dataset}@{snapshot}: {reason}")
    try:
        lab.daemon.call("send_to_file", dataset="a/two", snapshot=lab.SNAPSHOT, output_file=f"{lab.FILES}/x",
                        resume_token=token)
        raise AssertionError("sent to a file")
    except CallFailed:
        pass
    equal(lab.sh("ls", lab.FILES), "", "files")


@test("forged resume tokens are refused, over each way", 120)
def _():
    lab.snapshot("a/one", 4)
    token = interrupted("a/one", "b/one")
    parts = token.split("-")
    forged = [
        "", "1", "1-0-0-00", "1-ffffffffffffffff-ffff-" + "00" * 300, token[:-20], token[:-1],
        "2" + token[1:],
        "-".join([parts[0], "0" * len(parts[1]), *parts[2:]]), "-".join([*parts[:3], parts[3][::-1]]),
        token.upper(), token + "\n", "--help", "a/one@only", "1-" + "f" * 100_000]
    for way in ways.ALL:
        for each in forged:
            refused(way, "a/one", each)


@test("a token whose snapshot was destroyed, or replaced by one of its name, is refused")
def _():
    lab.snapshot("a/one", 4)
    token = interrupted("a/one", "b/one")
    lab.sh("zfs", "destroy", f"a/one@{lab.SNAPSHOT}")
    for way in ways.ALL:
        refused(way, "a/one", token)
    lab.fill("/a/one/data", 4 << 20)
    lab.sh("zfs", "snapshot", f"a/one@{lab.SNAPSHOT}")
    for way in ways.ALL:
        refused(way, "a/one", token)


@test("a partial receive is in the way of a new full stream, and receive_abort drops it")
def _():
    lab.snapshot("a/one", 4)
    interrupted("a/one", "b/one")
    expect(lab.exists("b/one"), "the partial state")
    lab.daemon.call("receive_abort", dataset="b/one")
    equal(lab.names("b/one"), [], "what is left after receive_abort")
    try:
        lab.daemon.call("receive_abort", dataset="b/one")
        raise AssertionError("aborted nothing")
    except CallFailed as error:
        expect(error.code in (-32002, -32020), f"{error}")


@test("the error of a cut tells the decoded state: snapshot, GUIDs and bytes")
def _():
    lab.snapshot("a/one", 6)
    stream = lab.sh_bytes("zfs", "send", f"a/one@{lab.SNAPSHOT}")
    upload = ways.HTTP.upload("b/one", resumable=True)
    upload.write(stream[:len(stream) // 2])
    upload.half_close()
    answer = http.client.HTTPResponse(upload.connection)
    answer.begin()
    details = json.loads(answer.read())["error"]["data"]["details"]
    upload.close()
    equal(details["snapshot"], f"a/one@{lab.SNAPSHOT}", "snapshot")
    equal(str(details["to_guid"]), lab.property(f"a/one@{lab.SNAPSHOT}", "guid"), "GUID")
    expect(0 < int(details["bytes_received"]) < len(stream), f"{details}")


@test("an interrupted increment goes on, and the copy is the same")
def _():
    first = lab.snapshot("a/one", 2)
    lab.fill("/a/one/more", 8 << 20)
    lab.sh("zfs", "snapshot", "a/one@second")
    for way in ways.ALL:
        upload = way.upload("b/one", resumable=True)
        upload.write(lab.sh_bytes("zfs", "send", first))
        upload.finish()
        increment = lab.sh_bytes("zfs", "send", "-i", first, "a/one@second")
        upload = way.upload("b/one", resumable=True)
        upload.write(increment[:len(increment) * 2 // 3])
        upload.half_close()
        try:
            raise AssertionError(upload.answer())
        except Refused as refusal:
            token = refusal.token
        download = way.download("a/one", "second", from_snapshot=lab.SNAPSHOT, resume_token=token)
        upload = way.upload("b/one", resumable=True)
        ways.relay(download, upload)
        upload.finish()
        download.close()
        equal(lab.property("b/one@second", "guid"), lab.property("a/one@second", "guid"), "GUID")
        equal(lab.sh("sha256sum", "/b/one/more").split()[0], lab.sh("sha256sum", "/a/one/more").split()[0], "content")
        lab.destroy("b/one")
    eventually(5, lambda: not zfs_processes(), "all ended")
