#!/usr/bin/env python3
"""Replicates a tree by zfs-apid, for every night. Needs nothing but Python 3.8.

    nightly.py SOURCE DESTINATION [--remote HOST] [--keep N] [--name NAME] [--api HOST:PORT]

Takes a snapshot of SOURCE and of all below it, migrates it with those in between that DESTINATION does not have, waits for the
end, and destroys the snapshots of this script but for the newest N. Started again with the name of a night that failed, it goes
on with that snapshot. A token, where one is needed, is in the environment as ZFS_API_TOKEN. The status is 0 when DESTINATION
has the snapshot.
"""
import argparse
import datetime
import http.client
import json
import os
import sys
import time

PREFIX = "nightly-"


class Failed(Exception):
    """What the daemon says went wrong."""

    def __init__(self, error):
        super().__init__(error["message"])
        self.reason = (error.get("data") or error)["reason"]


def call(method, **params):
    connection = http.client.HTTPConnection(options.api, timeout=120)
    headers = {"Content-Type": "application/json"}
    if "ZFS_API_TOKEN" in os.environ:
        headers["Authorization"] = f"Bearer {os.environ['ZFS_API_TOKEN']}"
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    connection.request("POST", "/", body, headers)
    answer = json.loads(connection.getresponse().read())
    connection.close()
    if "error" in answer:
        raise Failed(answer["error"])
    return answer["result"]


def wait(task):
    """The task when it has ended; the daemon may restart meanwhile."""
    last = 0
    while True:
        try:
            last = call("task_events", task_id=task, after=last, wait=60)["last"]
            found = call("migration_get", task_id=task)
        except OSError:
            time.sleep(1)
            continue
        if found["status"] in ("completed", "failed", "cancelled"):
            return found


def tidy(dataset):
    """Destroys old snapshots; what is held, as a point that a migration builds on, stays."""
    names = [name for name in call("snapshot_list", dataset=dataset)["snapshots"] if name.startswith(PREFIX)]
    for name in names[:-options.keep]:
        try:
            call("snapshot_destroy", dataset=dataset, snapshot=name, recursive=True)
        except Failed as error:
            if error.reason != "held":
                raise


def main():
    name = options.name or PREFIX + datetime.date.today().isoformat()
    try:
        call("snapshot_create", dataset=options.source, name=name, recursive=True)
    except Failed as error:
        if error.reason != "snapshot_exists":
            raise
    where = {"remote": options.remote} if options.remote else {}
    task = call("migration_create", source=f"{options.source}@{name}", destination=options.destination, recursive=True,
                intermediates=True, **where)["task_id"]
    print(f"task {task}", flush=True)
    found = wait(task)
    if found["status"] != "completed":
        raise Failed(found["error"] or {"message": f"somebody cancelled {task}", "reason": "cancelled"})
    tidy(options.source)
    if not options.remote:
        tidy(options.destination)
    print(f"{name}: {found['result']['bytes']} bytes in {found['result']['duration_seconds']} s")


arguments = argparse.ArgumentParser()
arguments.add_argument("source")
arguments.add_argument("destination")
arguments.add_argument("--remote", metavar="HOST")
arguments.add_argument("--keep", type=int, default=7, metavar="N")
arguments.add_argument("--name")
arguments.add_argument("--api", default="127.0.0.1:8545", metavar="HOST:PORT")
options = arguments.parse_args()
try:
    main()
except (Failed, OSError) as error:
    sys.exit(f"nightly: {error}")
