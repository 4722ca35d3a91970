"""kill -9 of the daemon, of zfs and of clients, and SIGTERM of the daemon, while streams run."""
import os
import signal
import subprocess
import sys
import time

import lab
import trees
import ways
from cuts import arrived
from daemon import zfs_processes
from http_streams import HTTPDownload
from outcomes import Cut, Refused
from report import equal, eventually, expect, test
from sockets import connect, show_token

SOURCE = "a/kill"
SHARES = (0.01, 0.5, 0.99)


def drain(download):
    """Reads to the end; how it ended."""
    try:
        ways.whole(download)
        return "whole"
    except Cut:
        return "cut"
    except Refused:
        return "refused"


def read(download, count):
    while count > 0 and (part := download.read(min(count, 1 << 20))):
        count -= len(part)


@test("kill -9 of the daemon while it sends: the client sees no end, no process is left", 240)
def _():
    # Half of it is more than sockets and pipes hold.
    lab.snapshot(SOURCE, 48)
    total = len(ways.whole(ways.UNIX.download(SOURCE)))
    for way in ways.ALL:
        for share in SHARES[:2]:
            download = way.download(SOURCE)
            read(download, int(total * share))
            lab.daemon.kill()
            got = 0
            try:
                while part := download.read(1 << 20):
                    got += len(part)
                # A raw stream has no end mark; there the end itself must be a reset, or the bytes are too few.
                expect(way in (ways.TCP_HEADER, ways.UNIX_HEADER), f"{way.name} looks whole")
                expect(got + int(total * share) < total, f"{way.name} has all its bytes")
            except Cut:
                pass
            download.close()
            eventually(2, lambda: not zfs_processes(), "zfs send ends with its daemon")
            lab.daemon.start()


@test("kill -9 of the daemon while it receives: unchanged, or resumable to the same snapshot", 400)
def _():
    lab.snapshot(SOURCE, 16)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    for way in ways.ALL:
        for resumable in (False, True):
            for share in SHARES if way in (ways.TCP, ways.HTTP) else SHARES[1:2]:
                upload = way.upload("b/kill", resumable=resumable)
                upload.write(stream[:int(len(stream) * share)])
                eventually(10, lambda: arrived("b/kill") > 0.9 * share * len(stream), "the bytes arrive")
                lab.daemon.kill()
                upload.close()
                eventually(2, lambda: not zfs_processes(), "zfs receive ends with its daemon")
                lab.daemon.start()
                if not resumable:
                    equal(lab.names("b/kill"), [], f"what is left of {share} over {way.name}")
                    continue
                if share < 0.1 and not lab.exists("b/kill"):
                    continue  # zfs had not read the begin of it yet
                token = lab.property("b/kill", "receive_resume_token")
                expect(token.startswith("1-"), f"no token after {share} over {way.name}")
                source = way.download(SOURCE, resume_token=token)
                target = way.upload("b/kill", resumable=True)
                ways.relay(source, target)
                target.finish()
                source.close()
                equal(trees.guids("b/kill"), trees.guids(SOURCE), "GUID")
                equal(trees.contents("b/kill"), trees.contents(SOURCE), "content")
                lab.destroy("b/kill")


@test("after kill -9: a used token is refused, a fresh one works, no session is left running", 90)
def _():
    lab.snapshot(SOURCE, 24)
    used, fresh = (
        lab.daemon.call("token_create_send", dataset=SOURCE, snapshot=lab.SNAPSHOT)["token"] for _ in range(2))
    session = ways.HTTP.session("send", SOURCE, snapshot=lab.SNAPSHOT)
    connection = connect("tcp")
    show_token(connection, used)
    stream = HTTPDownload(f"/stream/{session['stream_id']}")
    stream.read(1000)
    lab.daemon.kill()
    stream.close()
    connection.close()
    eventually(2, lambda: not zfs_processes(), "zfs send ends with its daemon")
    lab.daemon.start()
    connection = connect("tcp")
    try:
        show_token(connection, used)
        raise AssertionError("a used token works after a crash")
    except Refused:
        connection.close()
    found = [item for item in lab.daemon.call("stream_list")["sessions"] if item["stream_id"] == session["stream_id"]]
    equal([item["state"] for item in found], ["failed"], "state of the session")
    connection = connect("unix")
    show_token(connection, fresh)
    ways.whole(ways.TokenDownload(connection, None))
    ways.whole(HTTPDownload(f"/stream/{session['stream_id']}"))


@test("kill -9 right after a token was shown, fifteen times: never are two served", 120)
def _():
    lab.snapshot(SOURCE, 1)
    for index in range(15):
        token = lab.daemon.call("token_create_send", dataset=SOURCE, snapshot=lab.SNAPSHOT)["token"]
        connection = connect("unix")
        connection.sendall(len(token).to_bytes(4, "big") + token.encode())
        time.sleep(index * 0.004)
        lab.daemon.kill()
        started = False
        try:
            answer = connection.recv(4096)
            started = b"started" in answer
        except ConnectionError:
            pass
        connection.close()
        lab.daemon.start()
        connection = connect("unix")
        try:
            show_token(connection, token)
            expect(not started, "served a second time after a crash")
        except Refused:
            pass
        connection.close()


@test("kill -9 of zfs while it sends: the client is told, over each way", 120)
def _():
    lab.snapshot(SOURCE, 40)
    for way in ways.ALL:
        download = way.download(SOURCE)
        read(download, 1 << 20)
        for process in zfs_processes():
            os.kill(process, signal.SIGKILL)
        ended = drain(download)
        wanted = "refused" if way in (ways.TCP, ways.UNIX) else "cut"
        if way is ways.UNIX_HEADER and ended == "whole":
            # There is no reset on a Unix socket: a raw client counts bytes, or lets zfs receive find out.
            continue
        equal(ended, wanted, way.name)


@test("kill -9 of zfs while it receives: the client is told, nothing or a resumable state is left", 120)
def _():
    lab.snapshot(SOURCE, 24)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    for way in ways.ALL:
        for resumable in (False, True):
            upload = way.upload("b/kill", resumable=resumable)
            upload.write(stream[:len(stream) // 2])
            time.sleep(0.2)
            for process in zfs_processes():
                os.kill(process, signal.SIGKILL)
            try:
                upload.write(stream[len(stream) // 2:])
                raise AssertionError(f"{way.name}: {upload.finish()}")
            except Refused as refusal:
                expect(refusal.reason, f"{refusal.answer}")
            finally:
                upload.close()
            if not resumable:
                eventually(5, lambda: lab.names("b/kill") == [], f"nothing is left over {way.name}")
            lab.destroy("b/kill")


@test("kill -9 of a client while it reads and while it writes", 120)
def _():
    lab.snapshot(SOURCE, 40)
    script = ("import subprocess, sys, time; sys.path.insert(0, sys.argv[1]); import lab, ways\n"
              "from daemon import Daemon\nlab.daemon = Daemon('')\n")
    here = os.path.dirname(os.path.abspath(__file__))
    for index, way in enumerate(ways.ALL):
        reading = f"download = ways.ALL[{index}].download('{SOURCE}'); download.read(100000)\n"
        writing = (f"stream = subprocess.run(['zfs', 'send', '{SOURCE}@only'], stdout=subprocess.PIPE).stdout\n"
                   f"upload = ways.ALL[{index}].upload('b/kill'); upload.write(stream[:2000000])\n")
        for act in (reading, writing):
            act += "print('ready', flush=True); time.sleep(60)"
            client = subprocess.Popen([sys.executable, "-B", "-c", script + act, here], stdout=subprocess.PIPE)
            equal(client.stdout.readline(), b"ready\n", "the client")
            client.kill()
            client.wait()
            client.stdout.close()
            eventually(2, lambda: not zfs_processes(), f"zfs ends after its client was killed, {way.name}")
        eventually(5, lambda: lab.names("b/kill") == [], "nothing is left")


@test("SIGTERM of the daemon during streams ends within 10 seconds, and every client knows", 120)
def _():
    lab.snapshot(SOURCE, 60)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    downloads = [way.download(SOURCE) for way in ways.ALL]
    for download in downloads:
        download.read(1000)
    uploads = [way.upload(f"b/kill{index}") for index, way in enumerate(ways.ALL)]
    for upload in uploads:
        upload.write(stream[:1 << 20])
    start = time.monotonic()
    lab.daemon.process.send_signal(signal.SIGTERM)
    # Those who read go on reading: some may even come to their end in the time that is given.
    lab.daemon.process.wait(15)
    lasted = time.monotonic() - start
    equal(lab.daemon.process.returncode, 0, "exit status")
    expect(lasted < 11, f"it took {lasted:.1f} s")
    equal(zfs_processes(), [], "processes")
    for way, download in zip(ways.ALL, downloads):
        ended = drain(download)
        expect(ended != "whole" or way is ways.UNIX_HEADER, f"{way.name} looks whole")
    for way, upload in zip(ways.ALL, uploads):
        try:
            raise AssertionError(f"{way.name}: {upload.answer()}")
        except (Refused, Cut):
            upload.close()
    equal([name for name in lab.names("b") if "kill" in name], [], "what is left")
    lab.daemon.start()
    running = [item for item in lab.daemon.call("stream_list")["sessions"] if item["state"] == "running"]
    equal(running, [], "running sessions")
