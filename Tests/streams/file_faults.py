"""send_to_file and receive_from_file: paths that lead elsewhere, and files that are not whole."""
import os
import socket
import threading

import lab
from daemon import CallFailed
from report import equal, eventually, expect, test

SOURCE = "a/file"


def refuses(method, *reasons, **parameters):
    """The call fails for one of these reasons."""
    try:
        result = lab.daemon.call(method, **parameters)
    except CallFailed as error:
        expect(not reasons or error.reason in reasons, f"{parameters}: {error.code} {error.reason}: {error.message}")
        return error
    raise AssertionError(f"{method} {parameters} did it: {result}")


def send(path, *reasons, **options):
    return refuses("send_to_file", *reasons, dataset=SOURCE, snapshot=lab.SNAPSHOT, output_file=path, **options)


def receive(path, *reasons, **options):
    return refuses("receive_from_file", *reasons, input_file=path, target_dataset="b/file", **options)


def to_file(path, **options):
    return lab.daemon.call("send_to_file", dataset=SOURCE, snapshot=lab.SNAPSHOT, output_file=path, **options)


@test("files outside the roots are neither written nor read, by any path")
def _():
    lab.snapshot(SOURCE, 1)
    outside = f"{lab.SCRATCH}/outside"
    os.makedirs(outside, exist_ok=True)
    os.makedirs(f"{lab.FILES}/inside", exist_ok=True)
    os.symlink(outside, f"{lab.FILES}/way-out")
    os.symlink(f"{outside}/file", f"{lab.FILES}/link")
    os.symlink("inside", f"{lab.FILES}/way-in")
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    for place in (f"{outside}/file", f"{lab.FILES}/inside/file"):
        with open(place, "wb") as file:
            file.write(stream)
    paths = [
        "/etc/cron.d/x", f"{outside}/x", f"{lab.FILES}/../../run/streams/outside/x", f"{lab.FILES}/way-out/x",
        f"{lab.FILES}/way-in/x", f"{lab.FILES}x", "relative", "", "../x", f"{lab.FILES}/../x", lab.FILES,
        f"{lab.FILES}/",
        f"{lab.FILES}/inside", f"{lab.FILES}/" + "n" * 300, f"{lab.FILES}/no/such/folder", f"{lab.FILES}/..", "/",
        f"{lab.FILES}/a\nb\0c", "/proc/self/root/c/files/x"]
    before = set(os.listdir(outside))
    for path in paths:
        send(path)
    equal(set(os.listdir(outside)), before, "files outside")
    for path in [f"{outside}/file", f"{lab.FILES}/way-out/file", f"{lab.FILES}/link", f"{lab.FILES}/way-in/file",
                 f"{lab.FILES}/../../run/streams/outside/file", "/etc/passwd", lab.FILES, f"{lab.FILES}/missing"]:
        receive(path)
    equal(lab.names("b/file"), [], "what was received")
    equal(os.listdir(f"{lab.FILES}/inside"), ["file"], "files inside")


@test("a FIFO, a device, a socket and a hard link are no files to read a stream from or to write one to")
def _():
    lab.snapshot(SOURCE, 1)
    os.mkfifo(f"{lab.FILES}/fifo")
    os.mknod(f"{lab.FILES}/device", 0o600 | 0o020000, os.makedev(1, 5))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{lab.FILES}/socket")
    with open(f"{lab.FILES}/one", "wb") as file:
        file.write(lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}"))
    os.link(f"{lab.FILES}/one", f"{lab.FILES}/two")
    for name in ("fifo", "device", "socket", "two"):
        receive(f"{lab.FILES}/{name}")
        send(f"{lab.FILES}/{name}")
    listener.close()
    equal(sorted(os.listdir(lab.FILES)), ["device", "fifo", "one", "socket", "two"], "files")


@test("a folder that is swapped for a link in a race does not let a stream out")
def _():
    lab.snapshot(SOURCE, 0.1)
    outside = f"{lab.SCRATCH}/elsewhere"
    os.makedirs(outside, exist_ok=True)
    os.makedirs(f"{lab.FILES}/real")
    os.symlink(outside, f"{lab.FILES}/trap")
    racing = True

    def race():
        while racing:
            os.rename(f"{lab.FILES}/real", f"{lab.FILES}/aside")
            os.rename(f"{lab.FILES}/trap", f"{lab.FILES}/real")
            os.rename(f"{lab.FILES}/real", f"{lab.FILES}/trap")
            os.rename(f"{lab.FILES}/aside", f"{lab.FILES}/real")

    racer = threading.Thread(target=race)
    racer.start()
    written = 0
    try:
        for index in range(25):
            try:
                to_file(f"{lab.FILES}/real/{index}")
                written += 1
            except CallFailed:
                pass
    finally:
        racing = False
        racer.join()
    equal(os.listdir(outside), [], "files outside")
    equal(len(os.listdir(f"{lab.FILES}/real")), written, "files inside")


@test("a file that exists is not replaced, and modes and digests are right")
def _():
    lab.snapshot(SOURCE, 1)
    path = f"{lab.FILES}/stream"
    answer = to_file(path)
    equal(oct(os.stat(path).st_mode & 0o777), "0o600", "mode")
    before = lab.sh("sha256sum", path)
    equal(before.split()[0], answer["sha256"], "digest")
    send(path, "file_exists")
    equal(lab.sh("sha256sum", path), before, "the file")
    equal(os.listdir(lab.FILES), ["stream"], "files")


@test("a full disk fails the send, and no file is left")
def _():
    lab.snapshot(SOURCE, 12)
    for compression in ("none", "gzip", "zstd", "lz4"):
        send(f"{lab.FULL}/stream", "no_space", compression=compression)
        equal(os.listdir(lab.FULL), [], "files on the full disk")
    lab.snapshot("a/little", 0.5)
    lab.daemon.call("send_to_file", dataset="a/little", snapshot=lab.SNAPSHOT, output_file=f"{lab.FULL}/little")


@test("a cancelled send to a file leaves no file")
def _():
    lab.snapshot(SOURCE, 200)
    errors = []

    def run():
        try:
            to_file(f"{lab.FILES}/stream", compression="gzip")
        except CallFailed as error:
            errors.append(error)

    caller = threading.Thread(target=run)
    caller.start()
    running = lambda: [s for s in lab.daemon.call("stream_list")["sessions"] if s["state"] == "running"]
    found = eventually(5, running, "the send is in stream_list")
    lab.daemon.call("stream_cancel", stream_id=found[0]["stream_id"])
    caller.join(10)
    equal([error.reason for error in errors], ["cancelled"], "errors")
    equal(os.listdir(lab.FILES), [], "files")


@test("compressed files that are cut, damaged or followed by more are refused")
def _():
    lab.snapshot(SOURCE, 2)
    for compression in ("gzip", "zstd", "lz4"):
        path = to_file(f"{lab.FILES}/{compression}", compression=compression)["output_file"]
        with open(path, "rb") as file:
            good = file.read()
        middle = len(good) // 2
        damaged = {
            "half": good[:middle], "all but 4": good[:-4],
            "flip": good[:middle] + bytes([good[middle] ^ 4]) + good[middle + 1:],
            "more": good + b"more than a stream", "magic": good[:4]}
        for name, content in damaged.items():
            with open(f"{lab.FILES}/bad", "wb") as file:
                file.write(content)
            receive(f"{lab.FILES}/bad")
            equal(lab.names("b/file"), [], f"received of {compression} {name}")
        os.rename(path, f"{lab.FILES}/misnamed.txt")
        lab.daemon.call("receive_from_file", input_file=f"{lab.FILES}/misnamed.txt", target_dataset="b/file")
        lab.destroy("b/file")
        os.unlink(f"{lab.FILES}/misnamed.txt")


@test("an empty file, a text and a file of zeros are no streams")
def _():
    for name, content in (("empty", b""), ("text", b"no stream\n" * 100), ("zeros", bytes(1 << 20))):
        with open(f"{lab.FILES}/{name}", "wb") as file:
            file.write(content)
        receive(f"{lab.FILES}/{name}")
    equal(lab.names("b/file"), [], "what was received")


@test("an interrupted file is resumed from another file")
def _():
    lab.snapshot(SOURCE, 8)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    with open(f"{lab.FILES}/half", "wb") as file:
        file.write(stream[:len(stream) // 2])
    error = receive(f"{lab.FILES}/half", resumable=True)
    token = error.details["resume_token"]
    equal(token, lab.property("b/file", "receive_resume_token"), "token")
    to_file(f"{lab.FILES}/rest", resume_token=token)
    expect(os.stat(f"{lab.FILES}/rest").st_size < 0.7 * len(stream), "the rest is not the whole")
    lab.daemon.call("receive_from_file", input_file=f"{lab.FILES}/rest", target_dataset="b/file", resumable=True)
    equal(lab.property(f"b/file@{lab.SNAPSHOT}", "guid"), lab.property(f"{SOURCE}@{lab.SNAPSHOT}", "guid"), "GUID")
