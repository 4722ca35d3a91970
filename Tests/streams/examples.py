"""The clients of Docs/examples do what they say: send, receive, and end badly when the stream does."""
import os
import signal
import subprocess

import lab
import trees
from daemon import SOCKET, TRANSFER_PORT, zfs_processes
from report import equal, eventually, expect, test

FOLDER = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../Docs/examples"))
TCP = f"127.0.0.1:{TRANSFER_PORT}"
SOURCE = "a/example"
CLIENTS = {
    "Python": (["python3", "-B", f"{FOLDER}/transfer.py"], TCP, SOCKET),
    "bash": (["bash", f"{FOLDER}/transfer.sh"], f"TCP:{TCP}", f"UNIX-CONNECT:{SOCKET}"),
    "Swift": (["/out/transfer-swift"], TCP, SOCKET),
}


def fetch(client, place, token, output):
    """Starts a client that fetches by a token."""
    process = subprocess.Popen(
        [*client, "fetch", place], stdin=subprocess.PIPE, stdout=output, stderr=subprocess.PIPE)
    process.stdin.write(token.encode() + b"\n")
    process.stdin.close()
    return process


def put(client, place, token, source):
    """Runs a client that puts by a token; its status and what it said."""
    reading, writing = os.pipe()
    os.write(writing, token.encode() + b"\n")
    os.close(writing)
    # The token comes on descriptor 3.
    done = subprocess.run(
        ["bash", "-c", 'exec 3<&"$0"; exec "$@"', str(reading), *client, "put", place], stdin=source,
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[reading])
    os.close(reading)
    return done.returncode, (done.stderr + done.stdout).decode(errors="replace")


def token(operation, dataset, **options):
    if operation == "send":
        options["snapshot"] = lab.SNAPSHOT
    return lab.daemon.call(f"token_create_{operation}", dataset=dataset, **options)["token"]


def example(language):
    client, *places = CLIENTS[language]
    lab.snapshot(SOURCE, 6)
    path = f"{lab.SCRATCH}/example"
    for place in places:
        with open(path, "wb") as output:
            process = fetch(client, place, token("send", SOURCE), output)
            message = process.stderr.read().decode()
            equal(process.wait(), 0, f"status of {language} fetch {place}: {message}")
        with open(path, "rb") as stream:
            equal(put(client, place, token("receive", "b/example"), stream)[0], 0, f"status of {language} put {place}")
        equal(trees.guids("b/example"), trees.guids(SOURCE), "GUIDs")
        equal(trees.contents("b/example"), trees.contents(SOURCE), "contents")
        lab.destroy("b/example")
        # What goes badly ends badly.
        process = fetch(client, place, "x" * 43, subprocess.DEVNULL)
        message = process.stderr.read().decode()
        expect(process.wait() != 0 and "token" in message, f"{language} with a bad token: {message}")
        with open(path, "r+b") as stream:
            stream.truncate(3 << 20)
        with open(path, "rb") as stream:
            status, message = put(client, place, token("receive", "b/example", resumable=True), stream)
        expect(status != 0 and "1-" in message, f"{language} with half a stream: {status} {message}")
        lab.destroy("b/example")


def example_of_a_failed_send(language):
    client, *places = CLIENTS[language]
    lab.snapshot(SOURCE, 60)
    for place in places:
        reading, writing = os.pipe()
        process = fetch(client, place, token("send", SOURCE), writing)
        os.close(writing)
        os.read(reading, 1000)
        for victim in zfs_processes():
            os.kill(victim, signal.SIGKILL)
        while os.read(reading, 1 << 20):
            pass
        os.close(reading)
        expect(process.wait() != 0, f"{language} takes a stream that failed for whole")
        process.stderr.close()


for _language in CLIENTS:
    test(f"the example in {_language} sends and receives, and tells a failure", 180)(
        lambda language=_language: example(language))
    test(f"the example in {_language} ends badly when the send does", 90)(
        lambda language=_language: example_of_a_failed_send(language))


@test("the example in Python needs no token where the header protocol needs none", 60)
def _():
    client, *places = CLIENTS["Python"]
    lab.snapshot(SOURCE, 4)
    for place in places:
        stream = lab.sh_bytes(*client, "fetch-direct", place, SOURCE, lab.SNAPSHOT)
        done = subprocess.run([*client, "put-direct", place, "b/example"], input=stream, stderr=subprocess.PIPE)
        equal(done.returncode, 0, f"status: {done.stderr}")
        equal(trees.guids("b/example"), trees.guids(SOURCE), "GUIDs")
        lab.destroy("b/example")
    eventually(2, lambda: not zfs_processes(), "all ended")
