"""Two daemons on one Redis, and what can become of it while a migration runs."""
import contextlib
import json
import os
import signal
import socket
import subprocess
import time

import daemon
import lab
import trees
from migrations import COPY, SOURCE, completed, create, events, running
from report import equal, eventually, expect, test

PORT = 6390
OTHER = f"{lab.SCRATCH}/other"


class Redis:
    def __init__(self):
        self.process = None
        self.start()

    def start(self):
        os.makedirs(f"{lab.SCRATCH}/redis", exist_ok=True)
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(PORT), "--bind", "127.0.0.1", "--dir", f"{lab.SCRATCH}/redis", "--save", "",
             "--appendonly", "yes", "--appendfsync", "always"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(20, self.answers, "Redis answers")

    def answers(self):
        try:
            return self("PING") == b"+PONG\r\n"
        except OSError:
            return False

    def __call__(self, *words):
        with socket.create_connection(("127.0.0.1", PORT), timeout=5) as connection:
            connection.sendall((" ".join(words) + "\r\n").encode())
            return connection.recv(65536)

    def stop(self):
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def shared():
    """Redis, the daemon with it, and a second one."""
    redis = Redis()
    section = f"redis: {{host: 127.0.0.1, port: {PORT}}}\n"
    lab.daemon.more = section
    lab.daemon.stop()
    lab.daemon.start()
    os.makedirs(OTHER, exist_ok=True)
    with open(f"{OTHER}/config.yaml", "w") as file:
        file.write(f"server:\n  http: {{port: 8546}}\n  tcp: {{enabled: false}}\n  unix: {{path: null}}\n"
                   f"rate_limit: {{enabled: false}}\nstate_dir: {OTHER}/state\n{section}")
    with open(f"{OTHER}/log", "a") as log:
        second = subprocess.Popen([lab.daemon.program, "serve", "--config", f"{OTHER}/config.yaml"], stdout=log, stderr=log)
    try:
        eventually(30, lambda: _answers(8546), "the second daemon answers")
        yield redis, lambda method, **parameters: _call(8546, method, parameters)
    finally:
        second.kill()
        second.wait()
        lab.daemon.more = ""
        if not redis.answers():
            redis.stop()
            redis.start()
        lab.daemon.stop()
        lab.daemon.start()
        redis.stop()


def _answers(port):
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False


def _call(port, method, parameters):
    connection = daemon.http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})
    connection.request("POST", "/", body, {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    if "error" in answer:
        raise daemon.CallFailed(answer["error"])
    return answer["result"]


def moving_again(task, count):
    """Waits until the daemon has found Redis again, and so many bytes have moved."""
    def look():
        try:
            return lab.daemon.call("migration_progress", task_id=task)["bytes_transferred"] >= count
        except daemon.CallFailed as failure:
            equal(failure.reason, "store_unavailable", "reason")
    eventually(60, look, "bytes move")


@test("two daemons share tasks and events, and each ends what the other asks it to", 240)
def _():
    with shared() as (redis, call):
        first = lab.snapshot(SOURCE, 16)
        task = create(first, COPY, limit=2)
        progress = running(task, 2 << 20)
        theirs = eventually(5, lambda: call("migration_get", task_id=task)["progress"], "progress at the other one")
        expect(theirs["bytes_total"] == progress["bytes_total"], f"{theirs}")
        equal(call("migration_list")["tasks"][0]["node"], lab.daemon.call("migration_list")["tasks"][0]["node"], "node")
        call("migration_update", task_id=task, limit=3)
        eventually(5, lambda: lab.daemon.call("migration_get", task_id=task)["params"]["limit"] == 3, "the limit")
        call("migration_cancel", task_id=task)
        equal(daemon.zfs_processes(), [], "processes when the other one answers")
        equal(lab.daemon.call("migration_get", task_id=task)["status"], "cancelled", "status")
        other = call("migration_create", source=first, destination="b/move2")["task_id"]
        completed(other)
        expect(call("migration_get", task_id=other)["node"] != call("migration_get", task_id=task)["node"], "nodes")
        told = [[(event["sequence"], event["event"]) for event in ask("task_events")["events"]]
                for ask in (lab.daemon.call, call)]
        equal(told[0], told[1], "events")
        equal([word for _, word in told[0]], ["created", "started", "cancelled", "created", "started", "completed"], "events")


@test("Redis is flushed, hangs and starts again while a migration runs, and the daemon dies: the task is completed", 300)
def _():
    with shared() as (redis, call):
        first = lab.snapshot(SOURCE, 80)
        task = create(first, COPY, limit=1)
        running(task, 2 << 20)
        redis("FLUSHALL")
        eventually(10, lambda: lab.daemon.call("migration_list")["total"] == 1, "the task is told of again")
        equal(events(task), ["restored"], "events")
        redis.process.send_signal(signal.SIGSTOP)
        before = len(trees.guids(COPY))
        start = time.monotonic()
        try:
            lab.daemon.call("migration_get", task_id=task)
            raise AssertionError("an answer without the store")
        except daemon.CallFailed as failure:
            equal((failure.reason, time.monotonic() - start < 3), ("store_unavailable", True), "without Redis")
        time.sleep(3)
        redis.process.send_signal(signal.SIGCONT)
        moving_again(task, 4 << 20)
        redis.stop()
        time.sleep(2)
        redis.start()
        moving_again(task, 8 << 20)
        equal(len(trees.guids(COPY)), before, "snapshots before the end")
        lab.daemon.kill()
        lab.daemon.start()
        lab.daemon.call("migration_update", task_id=task, limit=0)
        # The lease of the one that died is over first.
        found = completed(task, 120)
        equal((found["attempts"], found["plan"]["steps"][0]["action"]), (2, "resume"), "how it went on")
        equal(trees.guids(COPY), trees.guids(SOURCE), "GUIDs")
        equal(trees.contents(COPY), trees.contents(SOURCE), "contents")
