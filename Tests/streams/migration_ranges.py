"""Migrations of many snapshots at once, over parts of older ones, and of destinations that go back."""
import lab
import trees
from daemon import zfs_processes
from migrations import COPY, SOURCE, completed, create, ended, running
from report import equal, expect, test


def names(dataset):
    return [name.split("@")[1] for name in lab.names(dataset) if name.startswith(f"{dataset}@")]


def changed(number):
    """A change of the source, and its snapshot."""
    lab.fill(f"/{SOURCE}/file{number}", 64 << 10, seed=number)
    lab.sh("zfs", "snapshot", f"{SOURCE}@s{number}")
    return f"{SOURCE}@s{number}"


def begun(snapshot, **options):
    """A part of a snapshot, left by a migration that was cancelled."""
    task = create(snapshot, COPY, limit=4, **options)
    running(task, 2 << 20)
    lab.daemon.call("migration_cancel", task_id=task)
    expect(lab.property(COPY, "receive_resume_token") != "-", "there is no part")


@test("snapshots in between go along in one stream when that is asked for", 120)
def _():
    lab.snapshot(SOURCE, 1)
    for number in range(1, 6):
        last = changed(number)
    task = completed(create(last, COPY, intermediates=True))
    equal([(step["action"], step["snapshots"]) for step in task["plan"]["steps"]], [("full", 1), ("incremental", 5)],
          "steps")
    equal(trees.guids(COPY), trees.guids(SOURCE), "GUIDs")
    equal([entry["snapshots"] for entry in task["result"]["datasets"]], [1, 5], "in the receipt")
    for number in range(6, 9):
        last = changed(number)
    # From a bookmark on, too.
    lab.free(SOURCE)
    for name in names(SOURCE)[:6]:
        lab.sh("zfs", "destroy", f"{SOURCE}@{name}")
    task = completed(create(last, COPY, intermediates=True))
    equal([step["snapshots"] for step in task["plan"]["steps"]], [1, 2], "steps")
    expect("#sync_" in task["plan"]["steps"][0]["from"], f"{task['plan']}")
    equal(names(COPY)[-3:], ["s6", "s7", "s8"], "snapshots")
    equal(trees.contents(COPY), trees.contents(SOURCE), "contents")


@test("a cut among many snapshots is gone on with at the one that was cut", 120)
def _():
    lab.snapshot(SOURCE, 1)
    completed(create(f"{SOURCE}@{lab.SNAPSHOT}", COPY))
    changed(1)
    lab.fill(f"/{SOURCE}/large", 24 << 20)
    changed(2)
    last = changed(3)
    begun(last, intermediates=True)
    equal(names(COPY), [lab.SNAPSHOT, "s1"], "what arrived")
    task = completed(create(last, COPY, intermediates=True))
    equal([(step["source"], step["action"]) for step in task["plan"]["steps"]],
          [(f"{SOURCE}@s2", "resume"), (last, "incremental")], "steps")
    equal(trees.guids(COPY), trees.guids(SOURCE), "GUIDs")
    equal(lab.holds(f"{COPY}@s3"), [task["result"]["hold"]], "holds of the last")
    equal(lab.holds(f"{SOURCE}@s2"), [], "holds of one in between")


@test("a part of an older snapshot is finished first, and one that cannot be is dropped only when asked", 180)
def _():
    first = lab.snapshot(SOURCE, 24)
    begun(first)
    second = changed(1)
    task = completed(create(second, COPY))
    equal([step["action"] for step in task["plan"]["steps"]], ["resume", "incremental"], "actions")
    equal(trees.guids(COPY), trees.guids(SOURCE), "GUIDs")
    lab.fill(f"/{SOURCE}/large", 24 << 20)
    begun(changed(2))
    lab.sh("zfs", "destroy", f"{SOURCE}@s2")
    third = changed(3)
    equal(ended(create(third, COPY))["error"]["reason"], "resume_conflict", "a part that nobody can finish")
    plan = lab.daemon.call("migration_plan", source=third, destination=COPY, on_conflict="rollback")
    equal(plan["rollbacks"], [{"dataset": COPY, "drops_part": True, "snapshot": f"{COPY}@s1", "destroys": []}], "plan")
    completed(create(third, COPY, on_conflict="rollback"))
    equal(names(COPY), [lab.SNAPSHOT, "s1", "s3"], "snapshots")
    equal(trees.contents(COPY), trees.contents(SOURCE), "contents")
    lab.free(SOURCE, COPY)
    lab.destroy(COPY)
    begun(third)
    lab.free(SOURCE)
    lab.sh("zfs", "destroy", third)
    completed(create(changed(4), COPY, on_conflict="rollback"))
    equal(names(COPY), ["s4"], "snapshots")


@test("a destination goes back to what both have only when asked, and loses only what was named", 120)
def _():
    first = lab.snapshot(SOURCE, 1)
    completed(create(first, COPY))
    second = changed(1)
    lab.sh("zfs", "mount", COPY)
    lab.fill(f"/{COPY}/own", 64 << 10)
    lab.sh("zfs", "snapshot", f"{COPY}@own")
    lab.fill(f"/{COPY}/more", 64 << 10)
    equal(ended(create(second, COPY))["error"]["reason"], "destination_diverged", "without being asked")
    wanted = [{"dataset": COPY, "drops_part": False, "snapshot": f"{COPY}@{lab.SNAPSHOT}", "destroys": [f"{COPY}@own"]}]
    equal(lab.daemon.call("migration_plan", source=second, destination=COPY, on_conflict="rollback")["rollbacks"],
          wanted, "plan")
    equal(names(COPY), [lab.SNAPSHOT, "own"], "a plan changes nothing")
    lab.sh("zfs", "hold", "mine", f"{COPY}@own")
    equal(ended(create(second, COPY, on_conflict="rollback"))["error"]["reason"], "held", "what somebody holds")
    equal(names(COPY), [lab.SNAPSHOT, "own"], "what is there")
    lab.sh("zfs", "release", "mine", f"{COPY}@own")
    task = completed(create(second, COPY, on_conflict="rollback"))
    equal(task["plan"]["rollbacks"], wanted, "in the task")
    equal(trees.guids(COPY), trees.guids(SOURCE), "GUIDs")
    # Nothing in common is left alone also then.
    lab.sh("zfs", "create", "b/move/other")
    lab.sh("zfs", "snapshot", "b/move/other@x")
    equal(ended(create(second, "b/move/other", on_conflict="rollback"))["error"]["reason"], "no_common_snapshot",
          "nothing in common")
    equal(names("b/move/other"), ["x"], "what is there")
    equal(zfs_processes(), [], "processes")
