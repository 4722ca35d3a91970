"""kill -9 of the daemon before and after each command of a migration, and many nights of one."""
import os
import signal
import subprocess

import lab
import trees
from daemon import PORT, zfs_processes
from migrations import completed, create, events, running
from report import equal, eventually, expect, test

SOURCE, COPY = "a/move", "b/move"
BIN = f"{lab.SCRATCH}/bin"

# Stands before the real program: kills the daemon before or after the command of a number.
KILLER = f"""#!/bin/bash
if [[ -e {BIN}/target ]]; then
  exec 9>{BIN}/lock; flock 9
  read -r target moment daemon <{BIN}/target
  number=$(( $(cat {BIN}/count) + 1 )); echo $number >{BIN}/count
  echo "$number $*" >>{BIN}/commands
  exec 9>&-
  if (( number == target )); then
    rm {BIN}/target
    if [[ $moment == after ]]; then /sbin/zfs "$@"; fi
    kill -9 "$daemon"
    exit 1
  fi
fi
exec /sbin/zfs "$@"
"""


def prepare(target, moment):
    for name in ("commands", "lock"):
        open(f"{BIN}/{name}", "w").close()
    with open(f"{BIN}/count", "w") as file:
        file.write("0\n")
    with open(f"{BIN}/target.new", "w") as file:
        file.write(f"{target} {moment} {lab.daemon.process.pid}\n")
    os.rename(f"{BIN}/target.new", f"{BIN}/target")


def is_completed(task):
    try:
        return lab.daemon.call("migration_get", task_id=task)["status"] == "completed"
    except OSError:
        return False  # It is killed now.


def held(dataset):
    rows = lab.sh("zfs", "list", "-H", "-d", "1", "-t", "snapshot", "-o", "userrefs,name", dataset).splitlines()
    return [row.split("\t")[1] for row in rows if row[0] != "0"]


def check(task, name):
    """What is true after a migration, whatever happened while it ran; asks ZFS alone."""
    found = completed(task)
    equal(lab.property(f"{COPY}@{name}", "guid"), lab.property(f"{SOURCE}@{name}", "guid"), "guid")
    equal(lab.property(COPY, "receive_resume_token"), "-", "a part that is left")
    tag = found["result"]["hold"]
    for dataset in (SOURCE, COPY):
        equal(held(dataset), [f"{dataset}@{name}"], f"held snapshots of {dataset}")
        equal(lab.holds(f"{dataset}@{name}"), [tag], f"holds of {dataset}")
    marks = lab.sh("zfs", "list", "-H", "-r", "-t", "bookmark", "-o", "name", SOURCE).split()
    equal(marks, [f"{SOURCE}#{tag}"], "bookmarks")
    equal(zfs_processes(), [], "processes")
    return found


@test("kill -9 before and after each command of a migration: it ends as if nothing had been", 900)
def _():
    os.makedirs(BIN, exist_ok=True)
    with open(f"{BIN}/zfs", "w") as file:
        file.write(KILLER)
    os.chmod(f"{BIN}/zfs", 0o755)
    lab.snapshot(SOURCE, 1)
    lab.daemon.more = f"zfs: {{path: [{BIN}, /usr/local/sbin, /usr/local/bin, /usr/sbin, /usr/bin, /sbin, /bin]}}\n"
    lab.daemon.stop()
    lab.daemon.start()
    try:
        check(create(f"{SOURCE}@{lab.SNAPSHOT}", COPY), lab.SNAPSHOT)
        kills, target, moment, name = 0, 1, "before", lab.SNAPSHOT
        while True:
            last, name = name, f"n{target}{moment}"
            lab.fill(f"/{SOURCE}/data", 256 << 10, seed=target)
            lab.sh("zfs", "snapshot", f"{SOURCE}@{name}")
            prepare(target, moment)
            task = create(f"{SOURCE}@{name}", COPY)
            eventually(60, lambda: lab.daemon.process.poll() is not None or is_completed(task), "the end or the kill")
            if lab.daemon.process.poll() is None:
                break
            kills += 1
            lab.daemon.process.wait()
            eventually(5, lambda: not zfs_processes(), "zfs ends with its daemon")
            lab.daemon.start()
            found = check(task, name)
            equal(events(task).count("completed"), 1, "times that it was completed")
            expect(found["attempts"] <= 2, f"attempts: {found['attempts']}")
            lab.sh("zfs", "destroy", f"{SOURCE}@{last}")
            lab.sh("zfs", "destroy", f"{COPY}@{last}")
            target, moment = (target, "after") if moment == "before" else (target + 1, "before")
        check(task, name)
        # The last commands are those that only tidy up.
        expect(kills >= 20, f"only {kills} kills")
        print(f"  {kills} kills", flush=True)
    finally:
        lab.daemon.more = ""
        if os.path.exists(f"{BIN}/target"):
            os.unlink(f"{BIN}/target")
        lab.daemon.stop()
        lab.daemon.start()


NIGHTLY = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../Docs/examples/nightly.py"))


def night(number, *more):
    """One night of the script of Docs/migrations.md: its process, and the task."""
    process = subprocess.Popen(
        ["python3", "-B", NIGHTLY, SOURCE, COPY, "--keep", "3", "--name", f"nightly-{number:02}", "--api",
         f"127.0.0.1:{PORT}", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return process, process.stdout.readline().split()[-1]


def ends_well(process):
    output, error = process.communicate(timeout=120)
    equal((process.returncode, error), (0, ""), f"the script: {output}")


@test("ten nights of three datasets by the script of the documentation, with a cut, a reboot and old snapshots that go", 600)
def _():
    children = ("", "/one", "/two")
    for child in children:
        lab.sh("zfs", "create", "-o", "atime=off", SOURCE + child)
    for number in range(1, 11):
        for child in children:
            lab.fill(f"/{SOURCE}{child}/file{number % 4}", (256 + 64 * number) << 10, seed=number)
        if number not in (4, 6):
            ends_well(night(number)[0])
            continue
        lab.fill(f"/{SOURCE}/two/large", 24 << 20, seed=number)
        process, task = night(number)
        lab.daemon.call("migration_update", task_id=task, limit=4)
        running(task, 6 << 20)
        if number == 4:
            # The receiving process dies in the middle; the next try goes on.
            for victim in zfs_processes():
                os.kill(victim, signal.SIGKILL)
            eventually(20, lambda: "retried" in events(task), "the end of the try")
        else:
            lab.daemon.kill()
            eventually(5, lambda: not zfs_processes(), "zfs ends with its daemon")
            lab.daemon.start()
        lab.daemon.call("migration_update", task_id=task, limit=0)
        ends_well(process)
        found = completed(task)
        equal(found["attempts"], 2, "attempts")
        expect(any(step["action"] == "resume" for step in found["plan"]["steps"]), f"{found['plan']}")
    names = ["nightly-08", "nightly-09", "nightly-10"]
    for child in children:
        for dataset in (SOURCE, COPY):
            equal([name.split("@")[1] for name in lab.names(dataset + child) if name.startswith(f"{dataset}{child}@")],
                  names, f"snapshots of {dataset}{child}")
            equal(held(dataset + child), [f"{dataset}{child}@nightly-10"], "held")
        for name in names:
            equal(lab.property(f"{COPY}{child}@{name}", "guid"), lab.property(f"{SOURCE}{child}@{name}", "guid"), "guid")
    equal(trees.contents(COPY), trees.contents(SOURCE), "contents")
    equal(lab.daemon.call("sync_prune")["total"], 0, "marks that nothing needs")
    # What cannot be done ends badly, and says why.
    lab.sh("zfs", "snapshot", f"{COPY}@own")
    process, _ = night(11)
    output, error = process.communicate(timeout=60)
    equal(process.returncode, 1, f"status: {output}")
    expect("on_conflict" in error and f"{COPY}@own" in error, error)
