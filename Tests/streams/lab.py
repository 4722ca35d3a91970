"""The guest: three pools, a folder for files, the daemon, and commands."""
import contextlib
import os
import shutil
import subprocess

from daemon import CallFailed, Daemon

# a sends, b receives, c has the files.
FILES = "/c/files"
FULL = "/run/streams/full"
SCRATCH = "/run/streams"
SNAPSHOT = "only"

daemon = None
size = 0


def prepare(program, mebibytes):
    global daemon, size
    if not os.path.exists("/run/zfs-lab/settings"):
        raise SystemExit("these tests make and destroy pools: run them by Tests/streams/run")
    size = mebibytes << 20
    for pool, disk in (("a", "ubda"), ("b", "ubdb"), ("c", "ubdc")):
        sh("zpool", "create", "-f", pool, f"/dev/{disk}")
    os.makedirs(FILES)
    os.makedirs(FULL)
    sh("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", FULL)
    daemon = Daemon(program)
    daemon.start()


def sh(*words, input=None):
    """Runs a program and gives its output; raises when it fails."""
    done = subprocess.run(words, input=input, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: status {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode(errors="replace")


def sh_bytes(*words):
    return subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout


def succeeds(*words):
    return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def exists(dataset):
    return succeeds("zfs", "list", dataset)


def names(dataset):
    """All file systems, volumes and snapshots from a dataset on; none when it does not exist."""
    listed = subprocess.run(
        ["zfs", "list", "-H", "-r", "-t", "all", "-o", "name", dataset], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if listed.returncode != 0 and b"does not exist" not in listed.stderr:
        raise RuntimeError(listed.stderr.decode())
    return listed.stdout.decode().split("\n")[:-1]


def property(dataset, name):
    return sh("zfs", "get", "-H", "-p", "-o", "value", name, dataset).rstrip("\n")


def fill(path, length, seed=0):
    """Writes a file: one mebibyte of noise, one that shrinks, and so on."""
    with open(path, "wb") as file:
        for index in range(0, length, 1 << 20):
            part = min(1 << 20, length - index)
            noisy = ((index >> 20) + seed) % 2 == 0
            file.write(os.urandom(part) if noisy else (os.urandom(4096) * 256)[:part])


def snapshot(dataset, mebibytes, *properties):
    """A new file system with so much data and one snapshot; gives the snapshot's name."""
    sh("zfs", "create", *properties, dataset)
    fill(f"/{dataset}/data", int(mebibytes * (1 << 20)))
    sh("zfs", "snapshot", f"{dataset}@{SNAPSHOT}")
    return f"{dataset}@{SNAPSHOT}"


def holds(snapshot):
    return [line.split("\t")[1] for line in sh("zfs", "holds", "-H", snapshot).splitlines()]


def free(*datasets):
    """Takes the holds of trees away."""
    for dataset in datasets:
        for line in sh("zfs", "list", "-H", "-r", "-t", "snapshot", "-o", "name,userrefs", dataset).splitlines():
            name, count = line.split("\t")
            if count != "0":
                for tag in holds(name):
                    sh("zfs", "release", tag, name)


@contextlib.contextmanager
def network(name, link, here, there):
    """A network namespace with an address of its own; the two ends of the link are called `link`0 and `link`1."""
    sh("ip", "netns", "add", name)
    try:
        sh("ip", "link", "add", f"{link}0", "type", "veth", "peer", "name", f"{link}1", "netns", name)
        sh("ip", "address", "add", f"{here}/24", "dev", f"{link}0")
        sh("ip", "link", "set", f"{link}0", "up")
        sh("ip", "-n", name, "address", "add", f"{there}/24", "dev", f"{link}1")
        sh("ip", "-n", name, "link", "set", f"{link}1", "up")
        yield
    finally:
        # The namespace alone would stay as long as a process is in it.
        succeeds("ip", "link", "delete", f"{link}0")
        sh("ip", "netns", "delete", name)


def destroy(dataset):
    if exists(dataset):
        subprocess.run(["zfs", "receive", "-A", dataset], stderr=subprocess.DEVNULL)
        if exists(dataset):
            sh("zfs", "destroy", "-R", dataset)


def clean():
    """Back to what every test begins with. What a test shares with later ones lies below a/keep."""
    if daemon.process is None or daemon.process.poll() is not None:
        daemon.start()
    for status in ("pending", "running"):
        for task in daemon.call("migration_list", status=status, limit=1000)["tasks"]:
            try:
                daemon.call("migration_cancel", task_id=task["id"])
            except CallFailed as error:
                # It ended by itself just now, or its host is gone with the test.
                if error.reason not in ("task_ended", "remote_unknown"):
                    raise
    free("a", "b")
    for pool in ("a", "b"):
        for dataset in sh("zfs", "list", "-H", "-d", "1", "-o", "name", pool).split():
            if dataset not in (pool, "a/keep"):
                try:
                    destroy(dataset)
                except RuntimeError as error:
                    print("cleaning:", error, flush=True)
    for folder in (FILES, FULL):
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            shutil.rmtree(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)
