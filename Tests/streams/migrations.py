"""Migrations as tasks: here, to another host and from one, over cuts, kills and stops."""
import contextlib
import json
import os
import signal
import time

import lab
import trees
from daemon import CallFailed, zfs_processes
from report import Failed, equal, eventually, expect, test

SOURCE, COPY = "a/move", "b/move"
USER = 65534
SSH = f"{lab.SCRATCH}/ssh"
SSHD = ("/usr/sbin/sshd", "-f", f"{SSH}/config")


def create(source, destination, **options):
    return lab.daemon.call("migration_create", source=source, destination=destination, **options)["task_id"]


def ended(task, seconds=120):
    """The task when it has ended."""
    def look():
        found = lab.daemon.call("migration_get", task_id=task)
        return found if found["status"] in ("completed", "failed", "cancelled") else None
    try:
        return eventually(seconds, look, f"the end of {task}")
    except Failed as error:
        raise Failed(f"{error}: {lab.daemon.call('migration_get', task_id=task)}") from None


def completed(task, seconds=120):
    found = ended(task, seconds)
    equal(found["status"], "completed", f"status: {found['error']}")
    return found


def running(task, bytes_at_least=1):
    """The progress of a task that moves bytes."""
    return eventually(30, lambda: (lambda progress: progress if progress.get("bytes_transferred", 0) >= bytes_at_least
                                   else None)(lab.daemon.call("migration_progress", task_id=task)), "bytes move")


def refused(call, *arguments, **options):
    try:
        raise AssertionError(call(*arguments, **options))
    except CallFailed as failure:
        return failure.reason


def events(task):
    return [event["event"] for event in lab.daemon.call("task_events", task_id=task)["events"]]


@contextlib.contextmanager
def other_host(address="127.0.0.1", within=()):
    """A host that is reached by ssh: this guest, at an address that it has where the words before a program lead."""
    os.makedirs(SSH, mode=0o700, exist_ok=True)
    os.makedirs("/run/sshd", exist_ok=True)
    for name in ("host", "user"):
        if not os.path.exists(f"{SSH}/{name}"):
            lab.sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{SSH}/{name}")
    with open(f"{SSH}/host.pub") as key, open(f"{SSH}/known_hosts", "w") as known:
        known.write(f"[{address}]:2222 {key.read()}")
    with open(f"{SSH}/config", "w") as file:
        file.write(f"Port 2222\nListenAddress {address}\nHostKey {SSH}/host\nAuthorizedKeysFile {SSH}/user.pub\n"
                   f"PermitRootLogin prohibit-password\nUsePAM no\nStrictModes no\nPidFile {SSH}/pid\n"
                   # What has lost its client ends, as ours does when it has lost its host.
                   "ClientAliveInterval 5\nClientAliveCountMax 3\n")
    # The shell there runs at each command what this machine's administrator has put into it, which can take seconds.
    open(os.path.expanduser("~/.bashrc"), "w").close()
    lab.sh(*within, *SSHD)
    lab.daemon.more = (f"ssh: {{port: 2222, user: root, identity_file: {SSH}/user, "
                       f"known_hosts_file: {SSH}/known_hosts, receive_buffer: 1}}\n")
    lab.daemon.stop()
    lab.daemon.start()
    try:
        yield address
    finally:
        lab.daemon.more = ""
        with open(f"{SSH}/pid") as file, contextlib.suppress(ProcessLookupError):
            os.kill(int(file.read()), signal.SIGTERM)
        lab.daemon.stop()
        lab.daemon.start()


def same(name=None):
    equal(trees.guids(COPY, name), trees.guids(SOURCE, name), "GUIDs")


@test("a snapshot, its increment and nothing new are migrated, and both sides hold them", 180)
def _():
    first = lab.snapshot(SOURCE, 8)
    plan = lab.daemon.call("migration_plan", source=first, destination=COPY)
    equal([step["action"] for step in plan["steps"]], ["full"], "plan")
    expect(plan["size_bytes"] > 4 << 20, f"{plan}")
    task = completed(create(first, COPY))
    receipt = task["result"]
    equal(receipt["datasets"][0]["guid"], lab.property(first, "guid"), "guid in the receipt")
    equal(receipt["datasets"][0]["destination_createtxg"], int(lab.property(f"{COPY}@{lab.SNAPSHOT}", "createtxg")),
          "createtxg in the receipt")
    expect(receipt["bytes"] > 4 << 20, f"{receipt}")
    same()
    for snapshot in (first, f"{COPY}@{lab.SNAPSHOT}"):
        equal(lab.holds(snapshot), [receipt["hold"]], f"holds of {snapshot}")
    expect(receipt["hold"].startswith("sync_20"), receipt["hold"])
    equal(events(task["id"]), ["created", "started", "completed"], "events")
    lab.fill(f"/{SOURCE}/more", 2 << 20)
    lab.sh("zfs", "snapshot", f"{SOURCE}@later")
    task = completed(create(f"{SOURCE}@later", COPY))
    equal(task["plan"]["steps"][0]["action"], "incremental", "action")
    same()
    equal(sorted(task["result"]["released"]),
          sorted(f"{snapshot} {receipt['hold']}" for snapshot in (first, f"{COPY}@{lab.SNAPSHOT}")), "released")
    equal((lab.holds(first), lab.holds(f"{COPY}@{lab.SNAPSHOT}")), ([], []), "holds of the first")
    equal(lab.holds(f"{COPY}@later"), [task["result"]["hold"]], "holds of the second")
    # Without the snapshot there is its bookmark.
    lab.free(SOURCE)
    lab.sh("zfs", "destroy", f"{SOURCE}@later")
    lab.sh("zfs", "snapshot", f"{SOURCE}@last")
    step = completed(create(f"{SOURCE}@last", COPY))["plan"]["steps"][0]
    equal((step["action"], step["from"]), ("incremental", f"{SOURCE}#{task['result']['hold']}"), "from a bookmark")
    task = completed(create(f"{SOURCE}@last", COPY, sync=False))
    equal(task["result"]["datasets"][0]["action"], "up_to_date", "action")
    equal(task["result"]["bytes"], 0, "bytes")
    equal(trees.contents(COPY), trees.contents(SOURCE), "contents")
    # To read it has changed it: the time of the last access.
    lab.sh("zfs", "snapshot", f"{SOURCE}@more")
    task = ended(create(f"{SOURCE}@more", COPY))
    equal((task["status"], task["error"]["reason"]), ("failed", "destination_modified"), "a changed destination")
    equal(lab.holds(f"{SOURCE}@more"), [], "holds that are left")


@test("a tree is migrated dataset by dataset, and what is missing above is made", 300)
def _():
    trees.make()
    destination = "b/move/far/tree"
    for name in (trees.FIRST, trees.LAST):
        task = completed(create(f"{trees.SOURCE}@{name}", destination, recursive=True), 200)
        actions = [step["action"] for step in task["plan"]["steps"]]
        # Some of the tree are newer than its first snapshot.
        expect(set(actions) == {"full"} if name == trees.FIRST else actions[0] == "incremental", f"{actions}")
    for name in lab.names(trees.SOURCE):
        if name.endswith((f"@{trees.FIRST}", f"@{trees.LAST}")):
            copy = destination + name[len(trees.SOURCE):]
            equal(lab.property(copy, "guid"), lab.property(name, "guid"), f"guid of {copy}")
    equal(lab.property(f"{destination}/secret", "keystatus"), "unavailable", "key of what was encrypted")
    expect(task["result"]["hold"] in lab.holds(f"{destination}/large/below@{trees.LAST}"), "hold below")


@test("a snapshot goes to another host and comes from one, over ssh, also compressed", 400)
def _():
    with other_host() as host:
        first = lab.snapshot(SOURCE, 8, "-o", "compression=off")
        for options in ({"compression": "zstd"}, {"sync": False}):
            completed(create(first, COPY, remote=host, **options))
            same()
            equal(trees.contents(COPY), trees.contents(SOURCE), "contents")
            lab.free(COPY, SOURCE)
            lab.destroy(COPY)
        task = create(f"{host}:{first}", COPY, compression="lz4", sync=False, limit=4)
        running(task)
        expect(lab.succeeds("pgrep", "-x", "mbuffer"), "there is no buffer")
        lab.daemon.call("migration_update", task_id=task, limit=0)
        completed(task)
        same()
        lab.daemon.call("migration_plan", source=first, destination=COPY, remote=host)
        task = ended(create("127.0.0.1:a/none@s", COPY))
        equal((task["status"], task["error"]["reason"]), ("failed", "snapshot_not_found"), "a source that is not there")


@test("what would do harm is refused, and nothing is changed", 120)
def _():
    first = lab.snapshot(SOURCE, 1)
    completed(create(first, COPY, sync=False))
    lab.sh("zfs", "snapshot", f"{COPY}@own")
    lab.sh("zfs", "snapshot", f"{SOURCE}@later")
    task = ended(create(f"{SOURCE}@later", COPY))
    equal((task["status"], task["error"]["reason"]), ("failed", "destination_diverged"), "diverged")
    equal(task["error"]["details"], {"common": f"{COPY}@{lab.SNAPSHOT}", "newer": [f"{COPY}@own"]}, "histories")
    equal(refused(lab.daemon.call, "migration_plan", source=f"{SOURCE}@later", destination=COPY),
          "destination_diverged", "plan")
    lab.sh("zfs", "create", "b/move/other")
    equal(ended(create(first, "b/move/other"))["error"]["reason"], "destination_exists", "without a snapshot")
    lab.sh("zfs", "snapshot", "b/move/other@x")
    equal(ended(create(first, "b/move/other"))["error"]["reason"], "no_common_snapshot", "nothing in common")
    equal(ended(create(f"{SOURCE}@none", COPY))["error"]["reason"], "snapshot_not_found", "no snapshot")
    equal([name for name in lab.names(COPY) if "@" in name],
          [f"{COPY}@{lab.SNAPSHOT}", f"{COPY}@own", "b/move/other@x"], "what is there")
    equal(lab.holds(first), [], "holds that are left")


@test("a migration is ended, and the next one goes on where it stopped", 180)
def _():
    first = lab.snapshot(SOURCE, 24)
    task = create(first, COPY, limit=4)
    running(task, 4 << 20)
    lab.daemon.call("migration_cancel", task_id=task)
    equal(zfs_processes(), [], "processes when it is answered")
    equal(lab.daemon.call("migration_get", task_id=task)["status"], "cancelled", "status")
    equal(lab.daemon.call("migration_cancel", task_id=task)["cancelled"], True, "a second time")
    equal(lab.holds(first), [], "holds that are left")
    again = completed(create(first, COPY))
    equal(again["plan"]["steps"][0]["action"], "resume", "action")
    same()
    equal(trees.contents(COPY), trees.contents(SOURCE), "contents")


@test("kill -9 and SIGTERM of the daemon while it migrates: the task goes on, once", 300)
def _():
    first = lab.snapshot(SOURCE, 24)
    for how in ("kill", "stop"):
        task = create(first, COPY, limit=4)
        running(task, 4 << 20)
        getattr(lab.daemon, how)()
        eventually(5, lambda: not zfs_processes(), "zfs ends with its daemon")
        lab.daemon.start()
        lab.daemon.call("migration_update", task_id=task, limit=0)
        found = completed(task)
        equal(found["attempts"], 2, "attempts")
        equal(found["plan"]["steps"][0]["action"], "resume", "action")
        expect("interrupted" in events(task), f"{events(task)}")
        same()
        equal(trees.contents(COPY), trees.contents(SOURCE), "contents")
        lab.free(COPY, SOURCE)
        lab.destroy(COPY)


@test("a limit holds, and can be changed while it runs", 120)
def _():
    first = lab.snapshot(SOURCE, 40, "-o", "compression=off")
    task = create(first, COPY, limit=2)
    running(task, 1 << 20)
    before = lab.daemon.call("migration_progress", task_id=task)["bytes_transferred"]
    start = time.monotonic()
    time.sleep(5)
    progress = lab.daemon.call("migration_progress", task_id=task)
    rate = (progress["bytes_transferred"] - before) / (time.monotonic() - start) / 1e6
    expect(1.8 < rate < 2.2, f"{rate} MB/s")
    expect(1 <= progress["rate_mbps"] <= 3 and 0 < progress["percentage"] < 100 and progress["eta_seconds"] > 0,
           f"{progress}")
    lab.daemon.call("migration_update", task_id=task, limit=0)
    completed(task, 30)


@test("two migrations into one place come after each other, and elsewhere at once", 120)
def _():
    first = lab.snapshot(SOURCE, 16)
    tasks = [create(first, COPY, limit=4), create(first, f"{COPY}/below"), create(first, "b/move2")]
    running(tasks[0])
    completed(tasks[2])
    equal([lab.daemon.call("migration_get", task_id=task)["status"] for task in tasks[:2]], ["running", "pending"],
          "status")
    lab.daemon.call("migration_cancel", task_id=tasks[1])
    lab.daemon.call("migration_update", task_id=tasks[0], limit=0)
    completed(tasks[0])
    listed = lab.daemon.call("migration_list", limit=2)
    equal([task["id"] for task in listed["tasks"]], [tasks[2], tasks[1]], "the newest first")
    more = lab.daemon.call("migration_list", limit=1, cursor=listed["next_cursor"])
    equal([task["id"] for task in more["tasks"]], [tasks[0]], "the next")
    equal(lab.daemon.call("migration_list", status="cancelled")["tasks"][0]["id"], tasks[1], "by status")


@test("the marks of one destination stay when another one on the same host is migrated to", 180)
def _():
    first = lab.snapshot(SOURCE, 1)
    one = completed(create(first, COPY))["result"]["hold"]
    lab.sh("zfs", "snapshot", f"{SOURCE}@later")
    # Tags have seconds.
    time.sleep(1.1)
    two = completed(create(f"{SOURCE}@later", "b/move2"))["result"]
    equal((two["released"], lab.holds(first), lab.holds(f"{COPY}@{lab.SNAPSHOT}")), ([], [one], [one]), "marks of the first")
    time.sleep(1.1)
    three = completed(create(f"{SOURCE}@later", COPY))["result"]
    equal(three["released"], sorted([f"{first} {one}", f"{COPY}@{lab.SNAPSHOT} {one}"]), "released")
    equal((sorted(lab.holds(f"{SOURCE}@later")), lab.holds("b/move2@later")),
          (sorted([two["hold"], three["hold"]]), [two["hold"]]), "marks of the second")


@test("a destination that does not fit is kept aside by another name when that is asked for", 120)
def _():
    first = lab.snapshot(SOURCE, 2)
    completed(create(first, COPY, sync=False))
    lab.sh("zfs", "snapshot", f"{COPY}@own")
    lab.sh("zfs", "snapshot", f"{SOURCE}@later")
    there = trees.guids(COPY)
    plan = lab.daemon.call("migration_plan", source=f"{SOURCE}@later", destination=COPY, on_conflict="keep")
    expect(plan["kept_as"].startswith(f"{COPY}-kept-20"), f"{plan}")
    equal([step["action"] for step in plan["steps"]], ["full"], "actions")
    task = completed(create(f"{SOURCE}@later", COPY, on_conflict="keep"))
    kept = task["plan"]["kept_as"]
    equal((trees.guids(kept), lab.exists(f"{kept}@own")), (there, True), "what was there")
    equal(lab.property(f"{COPY}@later", "guid"), lab.property(f"{SOURCE}@later", "guid"), "guid")
    # What fits stays where it is.
    lab.sh("zfs", "snapshot", f"{SOURCE}@last")
    equal(completed(create(f"{SOURCE}@last", COPY, on_conflict="keep"))["plan"]["kept_as"], None, "kept as")


@test("properties go along, or are set, when that is asked for", 120)
def _():
    first = lab.snapshot(SOURCE, 1, "-o", "compression=gzip-3", "-o", "test:word=two words", "-o", "recordsize=64k")
    completed(create(first, COPY, sync=False))
    equal((lab.property(COPY, "compression"), lab.property(COPY, "test:word")), (lab.property("b", "compression"), "-"),
          "without")
    lab.destroy(COPY)
    completed(create(first, COPY, sync=False, with_properties=True, properties={"readonly": "on", "recordsize": "16k"}))
    equal([lab.property(COPY, name) for name in ("compression", "test:word", "readonly", "recordsize")],
          ["gzip-3", "two words", "on", "16384"], "with")


@test("a cancelled migration leaves its part only when it is to be kept", 120)
def _():
    first = lab.snapshot(SOURCE, 24)
    task = create(first, COPY, limit=4)
    running(task, 4 << 20)
    lab.daemon.call("migration_cancel", task_id=task, keep_partial=False)
    equal((lab.names(COPY), lab.holds(first)), ([], []), "what is left")


@test("a part that may not be dropped is told of, and stays for one who may", 120)
def _():
    first = lab.snapshot(SOURCE, 24)
    lab.sh("zfs", "allow", "-u", str(USER), "send,hold,release,bookmark", SOURCE)
    # Without "destroy".
    lab.sh("zfs", "allow", "-u", str(USER), "create,mount,receive,hold,release", "b")
    lab.daemon.restart_clean(USER)
    try:
        task = create(first, COPY, limit=4)
        running(task, 4 << 20)
        equal(refused(lab.daemon.call, "migration_cancel", task_id=task, keep_partial=False), "part_kept", "reason")
        equal((zfs_processes(), lab.holds(first)), ([], []), "what is left but the part")
        equal(lab.daemon.call("migration_get", task_id=task)["status"], "cancelled", "status")
        expect(lab.property(COPY, "receive_resume_token") != "-", "the part is gone")
        result = completed(create(first, COPY))["result"]
        equal(result["datasets"][0]["action"], "resume", "action")
    finally:
        lab.sh("zfs", "unallow", "-u", str(USER), "b")
        lab.daemon.restart_clean()


@test("marks are listed with what they are needed for, and only what nothing needs is pruned", 120)
def _():
    first = lab.snapshot(SOURCE, 1)
    past = completed(create(first, COPY))["result"]["hold"]
    later, copy = f"{SOURCE}@later", f"{COPY}@later"
    lab.sh("zfs", "snapshot", later)
    tag = completed(create(later, COPY))["result"]["hold"]
    old = "sync_2020-01-02-03-04-05_nas"
    lab.sh("zfs", "hold", "mine", first)
    # As if it had not been released.
    lab.sh("zfs", "hold", past, first)
    lab.sh("zfs", "hold", old, first)
    lab.sh("zfs", "bookmark", first, f"{SOURCE}#{old}")
    lab.sh("zfs", "hold", "sync_2021-01-02-03-04-05_nas", later)
    def listed(method="sync_list", **options):
        # There are more below a/keep.
        return {(mark["name"], mark["tag"]): mark["needed_for"] for mark in lab.daemon.call(method, **options)["marks"]
                if mark["name"].startswith((SOURCE, COPY))}

    marks = listed()
    wanted = {
        (later, tag): "last", (copy, tag): "last", (f"{SOURCE}#{tag}", tag): "last",
        (later, "sync_2021-01-02-03-04-05_nas"): "newest",
        (first, old): "unknown", (f"{SOURCE}#{old}", old): "unknown", (first, past): None,
    }
    equal(marks, wanted, "marks")
    equal(lab.daemon.call("sync_list", dataset=COPY)["total"], 1, "of one dataset")
    for options, left in (({}, {None}), ({"unknown": True}, {None, "unknown"})):
        told = lab.daemon.call("sync_prune", dataset=SOURCE, **options)
        equal(told["dry_run"], True, "dry run")
        equal(sorted(mark["name"] for mark in told["marks"]),
              sorted(name for (name, _), reason in wanted.items() if reason in left), "told")
        equal(len(listed()), len(wanted), "nothing is done")
    lab.daemon.call("sync_prune", dry_run=False)
    equal(set(listed()), {key for key, reason in wanted.items() if reason}, "left")
    lab.daemon.call("sync_prune", dry_run=False, unknown=True)
    equal(set(listed()), {key for key, reason in wanted.items() if reason in ("last", "newest")}, "left of unknown ones")
    equal(lab.holds(first), ["mine"], "holds")


@test("events are followed over HTTP, and gone on with behind the last one", 60)
def _():
    first = lab.snapshot(SOURCE, 1)

    def follow(path, headers={}):
        connection = lab.daemon.connection(30)
        connection.request("GET", path, headers=lab.daemon.headers(headers))
        answer = connection.getresponse()
        equal((answer.status, answer.getheader("Content-Type")), (200, "text/event-stream"), "answer")
        equal(answer.readline(), b": events of zfs-apid\n", "the first line")
        equal(answer.readline(), b"retry: 1000\n", "the second line")
        equal(answer.readline()[:4], b"id: ", "where it begins")
        equal(answer.readline(), b"\n", "the end of the first event")
        return connection, answer

    def take(answer, count):
        taken = []
        while True:
            line = answer.readline().decode().rstrip("\n")
            if line.startswith("id: "):
                taken.append({"id": line[4:]})
            elif line.startswith(("event: ", "data: ")):
                taken[-1][line.split(": ")[0]] = line.split(": ", 1)[1]
            if line.startswith("data: ") and len(taken) == count:
                return taken

    connection, answer = follow("/events")
    task = create(first, COPY, sync=False)
    taken = take(answer, 3)
    equal([event["event"] for event in taken], ["created", "started", "completed"], "events")
    data = json.loads(taken[2]["data"])
    equal((data["task_id"], data["status"], str(data["sequence"])), (task, "completed", taken[2]["id"]), "data")
    connection.close()
    connection, answer = follow(f"/events?task_id={task}", {"Last-Event-ID": taken[0]["id"]})
    equal(take(answer, 2), taken[1:], "behind the first")
    # A stop does not wait for those who follow.
    start = time.monotonic()
    lab.daemon.stop()
    expect(time.monotonic() - start < 5, "the daemon stops late")
    equal(answer.read(), b"\n", "the end of the last event, and of the answer")
    connection.close()
    lab.daemon.start()
    for path, headers, status in (("/events?task_id=none", {}, 404), ("/events", {"Last-Event-ID": "x"}, 400)):
        connection = lab.daemon.connection(30)
        connection.request("GET", path, headers=lab.daemon.headers(headers))
        equal(connection.getresponse().status, status, path)
        connection.close()
