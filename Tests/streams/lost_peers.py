"""Peers that vanish without a word, and a daemon without descriptors."""
import contextlib
import subprocess
import sys
import time

import lab
import ways
from daemon import zfs_processes
from report import equal, eventually, expect, test
from sockets import connect

SOURCE = "a/lost"
HERE, THERE, HOST = "10.9.8.1", "10.9.8.2", "lost-peer"

# Shows a token; then reads and writes as long as it can.
CLIENT = """
import socket, struct, sys
connection = socket.create_connection((sys.argv[1], 9999))
token = sys.argv[2].encode()
connection.sendall(struct.pack("!I", len(token)) + token)
connection.recv(4096)
if sys.argv[3] == "send":
    connection.recv(100000)
else:
    connection.sendall(sys.stdin.buffer.read())
print("ready", flush=True)
while connection.recv(1 << 20):
    pass
"""


@contextlib.contextmanager
def other_host():
    """A host of its own, and a daemon that it can reach."""
    with lab.network(HOST, "lost", HERE, THERE):
        lab.daemon.stop()
        lab.daemon.host, lab.daemon.more = HERE, "tls: {required: false}\n"
        lab.daemon.start()
        try:
            yield
        finally:
            lab.daemon.stop()
            lab.daemon.host, lab.daemon.more = "127.0.0.1", ""
            lab.daemon.start()


def client(token, operation, sent=b""):
    process = subprocess.Popen(
        ["ip", "netns", "exec", HOST, sys.executable, "-c", CLIENT, HERE, token, operation], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE)
    process.stdin.write(sent)
    process.stdin.close()
    equal(process.stdout.readline(), b"ready\n", "the client")
    return process


@test("a peer that vanishes ends its transfers in a good minute, and leaves nothing", 180)
def _():
    lab.snapshot(SOURCE, 60)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    with other_host():
        send = lab.daemon.call("token_create_send", dataset=SOURCE, snapshot=lab.SNAPSHOT)["token"]
        receive = lab.daemon.call("token_create_receive", dataset="b/lost")["token"]
        # Slow enough that the stream is not over before the network is.
        lab.sh("tc", "qdisc", "add", "dev", "lost0", "root", "netem", "rate", "8mbit")
        clients = [client(send, "send"), client(receive, "receive", stream[:1 << 20])]
        equal(len(zfs_processes()), 2, "processes")
        lab.sh("tc", "qdisc", "change", "dev", "lost0", "root", "netem", "loss", "100%")
        start = time.monotonic()
        eventually(100, lambda: not zfs_processes(), "both transfers end")
        lasted = time.monotonic() - start
        expect(20 < lasted < 90, f"they ended after {lasted:.0f} s")
        for process in clients:
            process.kill()
            process.wait()
            process.stdout.close()
        equal(lab.names("b/lost"), [], "what is left")
        failed = [item["state"] for item in lab.daemon.call("stream_list")["sessions"] if item["state"] == "running"]
        equal(failed, [], "running transfers")


@test("without descriptors the daemon waits, does not spin, and works again when there are some", 120)
def _():
    lab.snapshot(SOURCE, 4)
    whole = len(ways.whole(ways.TCP.download(SOURCE)))
    lab.daemon.stop()
    lab.daemon.most_files = 96
    lab.daemon.start()
    try:
        held = [connect("tcp") for _ in range(60)] + [connect("unix") for _ in range(60)]
        time.sleep(1)
        before = _processor_seconds()
        time.sleep(3)
        spent = _processor_seconds() - before
        expect(spent < 1, f"{spent} s of processor in 3 s")
        equal(lab.daemon.process.poll(), None, "status of the daemon")
        for connection in held:
            connection.close()
        eventually(15, lambda: lab.daemon.get("/health")[0] == 200, "an answer")
        for way in ways.ALL:
            equal(len(ways.whole(way.download(SOURCE))), whole, f"bytes over {way.name}")
    finally:
        lab.daemon.most_files = None
        lab.daemon.stop()
        lab.daemon.start()


def _processor_seconds():
    with open(f"/proc/{lab.daemon.process.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100
