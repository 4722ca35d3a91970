"""Migrations while the other host, the network, pools, keys, the clock or Redis fail under them."""
import contextlib
import os
import shutil
import signal
import time

import lab
import trees
from daemon import zfs_processes
from migration_nodes import shared
from migrations import COPY, SOURCE, SSH, SSHD, completed, create, ended, events, other_host, refused, running
from report import equal, eventually, expect, test

HERE, ELSEWHERE, THERE, FAR = "10.9.7.1", "10.9.7.3", "10.9.7.2", "far-host"
# Not `ip netns exec`: that has mounts of its own, and keeps what is mounted now.
WITHIN = ("nsenter", f"--net=/run/netns/{FAR}")
COPIED = f"{COPY}@{lab.SNAPSHOT}"


@contextlib.contextmanager
def far_host():
    """A host with a network of its own, that is reached by ssh; its pools are those of this one."""
    with lab.network(FAR, "far", HERE, THERE), other_host(THERE, WITHIN) as host:
        try:
            yield host
        finally:
            # Connections that are shared would wait for what is gone.
            link("up")
            kill_sshd()


@contextlib.contextmanager
def empty_redis():
    """Redis as the store of tasks, without those of earlier tests."""
    shutil.rmtree(f"{lab.SCRATCH}/redis", ignore_errors=True)
    with shared() as (redis, _):
        yield redis


def link(state):
    """Without it nothing arrives, and nobody is told so."""
    lab.sh("ip", "-n", FAR, "link", "set", "far1", state)


def kill_sshd():
    """All of them: the one that listens, and those of the connections."""
    for process in lab.sh("ip", "netns", "pids", FAR).split():
        with contextlib.suppress(OSError), open(f"/proc/{process}/comm") as name:
            if name.read().startswith("sshd"):
                os.kill(int(process), signal.SIGKILL)


def start_sshd():
    lab.sh(*WITHIN, *SSHD)


def get(task):
    return lab.daemon.call("migration_get", task_id=task)


def retried(task, seconds=20):
    """The task when its try has failed and it waits for the next one."""
    eventually(seconds, lambda: "retried" in events(task), "the end of the try")
    return get(task)


def failed(task, reason):
    """Checks that a task failed for a reason at its first try."""
    found = ended(task)
    equal((found["status"], (found["error"] or {}).get("reason"), found["attempts"]), ("failed", reason, 1),
          f"the end: {found['error']}")
    return found


def checked(first=f"{SOURCE}@{lab.SNAPSHOT}", copy=COPY, tags=(), is_there=True):
    """What is true in the end, whatever happened: no process, these holds alone, and the very snapshot or none."""
    equal(zfs_processes(), [], "processes")
    name = f"{copy}@{first.split('@')[1]}"
    equal(lab.exists(name), is_there, f"whether there is {name}")
    for snapshot in [first, name] if is_there else [first]:
        equal(sorted(lab.holds(snapshot)), sorted(tags), f"holds of {snapshot}")
    if is_there:
        equal(lab.property(name, "guid"), lab.property(first, "guid"), "guid")
        equal(lab.property(copy, "receive_resume_token"), "-", "a part that is left")


def went_on(task):
    """Checks that a task whose first try broke off came to its end by itself, with the rest of the stream."""
    found = completed(task)
    expect(found["attempts"] > 1, f"attempts: {found['attempts']}")
    equal([step["action"] for step in found["plan"]["steps"]], ["resume"], "actions")
    checked(tags=[found["result"]["hold"]])
    equal(trees.contents(COPY), trees.contents(SOURCE), "contents")


@test("a host that vanishes in the middle is noticed, and the migration goes on when it is back", 240)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 16)
        task = create(first, COPY, remote=host, limit=4)
        running(task, 4 << 20)
        link("down")
        start = time.monotonic()
        found = retried(task, 100)
        lasted = time.monotonic() - start
        expect(20 < lasted < 75, f"it was noticed after {lasted:.0f} s")
        equal((found["status"], found["error"]["reason"], found["error"]["retryable"]),
              ("pending", "host_unreachable", True), "the first try")
        # As behind a router that was started anew: nobody tells the host that the old connection is over, and its
        # `zfs receive` still waits for more.
        lab.sh("ip", "address", "delete", f"{HERE}/24", "dev", "far0")
        lab.sh("ip", "address", "add", f"{ELSEWHERE}/24", "dev", "far0")
        link("up")
        lab.daemon.call("migration_update", task_id=task, limit=0)
        went_on(task)


@test("sshd is killed under a migration to its host and one from it, and both go on when there is one again", 180)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 16)
        for source, options in ((first, {"remote": host}), (f"{host}:{first}", {})):
            task = create(source, COPY, limit=4, **options)
            running(task, 4 << 20)
            kill_sshd()
            found = retried(task)
            equal((found["error"]["reason"], found["error"]["retryable"]), ("host_unreachable", True), "the first try")
            start_sshd()
            lab.daemon.call("migration_update", task_id=task, limit=0)
            went_on(task)
            lab.free(SOURCE, COPY)
            lab.destroy(COPY)


@test("a host with an unknown key or another one is refused at once, and gets nothing", 90)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 1)
        with open(f"{SSH}/user.pub") as key:
            another = f"[{host}]:2222 {key.read()}"
        for known in ("", another):
            with open(f"{SSH}/known_hosts", "w") as file:
                file.write(known)
            equal(refused(lab.daemon.call, "migration_plan", source=first, destination=COPY, remote=host),
                  "host_key_refused", "plan")
            for source, options in ((first, {"remote": host}), (f"{host}:{first}", {})):
                found = failed(create(source, COPY, **options), "host_key_refused")
                equal(found["progress"]["bytes_transferred"], 0, "bytes")
                equal(lab.names(COPY), [], "what is there")
                checked(is_there=False)


@test("a host without room says so, and the migration goes on where it stopped once there is some", 120)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 24)
        lab.sh("zfs", "create", "-o", "quota=8M", "b/small")
        copy = "b/small/copy"
        failed(create(first, copy, remote=host), "quota_exceeded")
        checked(copy=copy, is_there=False)
        lab.sh("zfs", "set", "quota=none", "b/small")
        found = completed(create(first, copy, remote=host))
        equal(found["plan"]["steps"][0]["action"], "resume", "action")
        checked(copy=copy, tags=[found["result"]["hold"]])
        lab.free(SOURCE, copy)
        # What is reserved for others is as good as full.
        lab.sh("zfs", "create", "b/others")
        lab.sh("zfs", "set", f"reservation={int(lab.property('b', 'available')) - (8 << 20)}", "b/others")
        failed(create(first, COPY, remote=host), "no_space")
        checked(is_there=False)


@test("a pool that is not imported is named, and one that a stream goes into is not exported", 120)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 16)
        lab.sh("zpool", "export", "b")
        try:
            for options in ({"remote": host}, {}):
                failed(create(first, COPY, **options), "pool_not_found")
        finally:
            lab.sh("zpool", "import", "-d", "/dev", "b")
        checked(is_there=False)
        task = create(first, COPY, remote=host, limit=4)
        running(task, 4 << 20)
        # A receive has the pool open, and -f does not change that: "pool is busy".
        expect(not lab.succeeds("zpool", "export", "-f", "b"), "the pool was exported")
        lab.daemon.call("migration_update", task_id=task, limit=0)
        found = completed(task)
        equal(found["attempts"], 1, "attempts")
        checked(tags=[found["result"]["hold"]])


@test("a snapshot is destroyed or made anew before its migration begins, and cannot be while it runs", 180)
def _():
    first = lab.snapshot(SOURCE, 16)
    gone, anew = lab.snapshot("a/gone", 1), lab.snapshot("a/anew", 1)
    task = create(first, COPY, sync=False, limit=4)
    waiting = [create(gone, f"{COPY}/gone"), create(anew, f"{COPY}/anew")]
    running(task, 4 << 20)
    # The stream has it open also without a hold: "dataset is busy".
    expect(not lab.succeeds("zfs", "destroy", first), "it was destroyed")
    equal([get(task)["status"] for task in waiting], ["pending", "pending"], "those behind it")
    before = lab.property(anew, "guid")
    for snapshot in (gone, anew):
        lab.sh("zfs", "destroy", snapshot)
    lab.fill("/a/anew/data", 2 << 20, seed=1)
    lab.sh("zfs", "snapshot", anew)
    lab.daemon.call("migration_update", task_id=task, limit=0)
    equal(completed(task)["attempts"], 1, "attempts")
    failed(waiting[0], "snapshot_not_found")
    equal(lab.names(f"{COPY}/gone"), [], "what is there")
    result = completed(waiting[1])["result"]
    guid = lab.property(anew, "guid")
    expect(guid != before, "it is the same one")
    equal(result["datasets"][0]["guid"], guid, "guid in the receipt")
    checked()
    checked(anew, f"{COPY}/anew", [result["hold"]])


@test("a snapshot is made anew while its migration waits for another try: that one goes, but not behind a part", 180)
def _():
    def make_anew():
        lab.sh("zfs", "destroy", f"{SOURCE}@{lab.SNAPSHOT}")
        lab.fill(f"/{SOURCE}/more", 1 << 20)
        lab.sh("zfs", "snapshot", f"{SOURCE}@{lab.SNAPSHOT}")

    with far_host() as host:
        first = lab.snapshot(SOURCE, 12)
        kill_sshd()
        task = create(first, COPY, remote=host, sync=False)
        equal(retried(task)["error"]["reason"], "host_unreachable", "the first try")
        make_anew()
        start_sshd()
        equal(completed(task)["result"]["datasets"][0]["guid"], lab.property(first, "guid"), "guid in the receipt")
        checked()
        lab.destroy(COPY)
        task = create(first, COPY, remote=host, sync=False, limit=4)
        running(task, 4 << 20)
        kill_sshd()
        retried(task)
        make_anew()
        start_sshd()
        found = ended(task)
        equal((found["status"], found["error"]["reason"]), ("failed", "resume_conflict"), "behind a part of the old one")
        checked(is_there=False)


@test("somebody releases the hold of a migration while it runs, and both sides are held at its end", 90)
def _():
    first = lab.snapshot(SOURCE, 16)
    task = create(first, COPY, limit=4)
    running(task, 4 << 20)
    tags = lab.holds(first)
    equal([tag[:7] for tag in tags], ["sync_20"], "holds while it runs")
    lab.sh("zfs", "release", tags[0], first)
    lab.daemon.call("migration_update", task_id=task, limit=0)
    equal(completed(task)["result"]["hold"], tags[0], "hold in the receipt")
    checked(tags=tags)


@test("without its key an encrypted source goes raw, and an encrypted parent takes nothing", 120)
def _():
    key = f"{lab.SCRATCH}/hosts-key"
    with open(key, "wb") as file:
        file.write(os.urandom(32))
    encrypted = ("-o", "encryption=on", "-o", "keyformat=raw", "-o", f"keylocation=file://{key}")
    first = lab.snapshot(SOURCE, 4, *encrypted)
    lab.sh("zfs", "unmount", SOURCE)
    lab.sh("zfs", "unload-key", SOURCE)
    equal(lab.property(SOURCE, "keystatus"), "unavailable", "key")
    result = completed(create(first, COPY))["result"]
    checked(tags=[result["hold"]])
    for dataset in (SOURCE, COPY):
        lab.sh("zfs", "load-key", "-L", f"file://{key}", dataset)
    equal(trees.contents(COPY), trees.contents(SOURCE), "contents")
    plain, copy = lab.snapshot("a/plain", 1), "b/vault/plain"
    lab.sh("zfs", "create", *encrypted, "b/vault")
    lab.sh("zfs", "unmount", "b/vault")
    lab.sh("zfs", "unload-key", "b/vault")
    failed(create(plain, copy), "key_not_loaded")
    equal(lab.names(copy), [], "what is there")
    checked(plain, copy, is_there=False)
    lab.sh("zfs", "load-key", "b/vault")
    checked(plain, copy, [completed(create(plain, copy))["result"]["hold"]])


@test("the clock jumps an hour ahead and an hour back while a migration runs and while it waits", 240)
def _():
    # How far the clock was from the one that nobody sets.
    true = time.time() - time.monotonic()

    def jump(seconds):
        time.clock_settime(time.CLOCK_REALTIME, true + time.monotonic() + seconds)

    def told(task, start):
        """Checks what is told while it runs."""
        for _ in range(5):
            progress = lab.daemon.call("migration_progress", task_id=task)
            expect(0 < progress["percentage"] <= 100 and 0 <= progress["eta_seconds"] < 60
                   and 0 <= progress["elapsed_seconds"] <= time.monotonic() - start + 1 and progress["rate_mbps"] < 8,
                   f"{progress}")
            time.sleep(0.5)

    first = lab.snapshot(SOURCE, 40, "-o", "compression=off")
    try:
        start = time.monotonic()
        task = create(first, COPY, limit=4)
        running(task, 4 << 20)
        for hours in (1, -1):
            jump(hours * 3600)
            told(task, start)
        jump(0)
        for process in zfs_processes():
            os.kill(process, signal.SIGKILL)
        equal(retried(task)["error"]["reason"], "killed_by_signal", "the first try")
        jump(-3600)
        eventually(60, lambda: get(task)["attempts"] == 2, "another try within a minute")
        lab.daemon.call("migration_update", task_id=task, limit=0)
        went_on(task)
    finally:
        jump(0)


@test("Redis has no memory left while a migration ends, and its end is known once there is some", 120)
def _():
    with empty_redis() as redis:
        first = lab.snapshot(SOURCE, 8)
        task = create(first, COPY, limit=4)
        running(task, 1 << 20)
        redis("CONFIG", "SET", "maxmemory", "1mb")
        try:
            equal(refused(create, first, "b/move2"), "store_unavailable", "a new one")
            eventually(20, lambda: lab.exists(COPIED) and not zfs_processes(), "the end of the stream")
            time.sleep(2)
            equal(get(task)["status"], "running", "status")
        finally:
            redis("CONFIG", "SET", "maxmemory", "0")
        found = completed(task, 20)
        equal(found["attempts"], 1, "attempts")
        equal(events(task), ["created", "started", "completed"], "events")
        equal(lab.daemon.call("migration_list")["total"], 1, "tasks")
        checked(tags=[found["result"]["hold"]])


@test("Redis comes back with what it had before two migrations ended: both are done again, and find nothing to do", 180)
def _():
    folder, old = f"{lab.SCRATCH}/redis", f"{lab.SCRATCH}/redis-old"
    with empty_redis() as redis:
        first = lab.snapshot(SOURCE, 12)
        tasks = [create(first, COPY, limit=4), create(first, COPY)]
        running(tasks[0], 4 << 20)
        redis.process.send_signal(signal.SIGSTOP)
        shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(folder, old)
        redis.process.send_signal(signal.SIGCONT)
        lab.daemon.call("migration_update", task_id=tasks[0], limit=0)
        before = [completed(task)["result"] for task in tasks]
        equal([result["datasets"][0]["action"] for result in before], ["full", "up_to_date"], "actions")
        last = create(first, "b/move2")
        completed(last)
        redis.stop()
        shutil.rmtree(folder)
        os.rename(old, folder)
        redis.start()
        eventually(10, lambda: lab.daemon.get("/ready")[0] == 200, "the daemon finds it")
        equal(sorted(task["id"] for task in lab.daemon.call("migration_list")["tasks"]), sorted(tasks), "tasks")
        equal(refused(lab.daemon.call, "migration_get", task_id=last), "task_not_found", "what it never had")
        after = [completed(task) for task in tasks]
        equal([task["attempts"] for task in after], [2, 1], "attempts")
        for task, result in zip(after, before):
            entry = task["result"]["datasets"][0]
            equal((entry["action"], entry["bytes"], entry["guid"]), ("up_to_date", 0, result["datasets"][0]["guid"]),
                  "what was done again")
        tag = after[1]["result"]["hold"]
        equal(lab.holds(COPIED), [tag], "holds")
        equal(lab.property(COPIED, "guid"), lab.property(first, "guid"), "guid")
        equal(lab.property("b/move2@" + lab.SNAPSHOT, "guid"), lab.property(first, "guid"), "guid of the other")


@test("a limit is exact to a fiftieth over ten seconds, here and over ssh at once", 120)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 48, "-o", "compression=off")
        tasks = []
        # A connection is slow before its windows have grown.
        for copy, count, options in (("b/move2", 6, {"remote": host, "compression": "none"}), (COPY, 1, {})):
            tasks.append(create(first, copy, limit=2, **options))
            running(tasks[-1], count << 20)

        def look(task):
            return time.monotonic(), lab.daemon.call("migration_progress", task_id=task)["bytes_transferred"]

        before = [look(task) for task in tasks]
        time.sleep(10)
        rates = [(now[1] - then[1]) / (now[0] - then[0]) / 1e6
                 for then, now in zip(before, [look(task) for task in tasks])]
        expect(all(1.96 <= rate <= 2.04 for rate in rates), f"{rates} MB/s")
        for task in tasks:
            lab.daemon.call("migration_update", task_id=task, limit=0)
        for task, copy in zip(tasks, ("b/move2", COPY)):
            tag = completed(task)["result"]["hold"]
            equal(lab.holds(f"{copy}@{lab.SNAPSHOT}"), [tag], f"holds of {copy}")


@test("what is told of a migration agrees with its stream also when that is compressed on the way", 120)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 12, "-o", "compression=off")
        for source, options in ((first, {"remote": host}), (f"{host}:{first}", {})):
            found = completed(create(source, COPY, compression="zstd", sync=False, **options))
            equal((found["progress"]["percentage"], found["progress"]["eta_seconds"]), (100, 0), f"{found['progress']}")
            expect(found["result"]["bytes"] >= 12 << 20, f"{found['result']}")
            checked()
            lab.destroy(COPY)


@test("a migration to another host or from one is cancelled, and no process is left there when that is answered", 120)
def _():
    with far_host() as host:
        first = lab.snapshot(SOURCE, 24)
        for source, options in ((first, {"remote": host}), (f"{host}:{first}", {})):
            task = create(source, COPY, limit=4, **options)
            running(task, 4 << 20)
            equal(len(zfs_processes()), 2, "processes while it runs")
            lab.daemon.call("migration_cancel", task_id=task)
            equal(zfs_processes(), [], "processes when it is answered")
            equal(get(task)["status"], "cancelled", "status")
            checked(is_there=False)
            lab.destroy(COPY)
