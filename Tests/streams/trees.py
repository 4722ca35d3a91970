"""A tree of datasets of each kind, and how two are compared."""
import hashlib
import os

import lab
from report import eventually

SOURCE = "a/keep/tree"
KEY = f"{lab.SCRATCH}/key"
FIRST, MIDDLE, LAST = "first", "middle", "last"


def make():
    """The tree, with three snapshots; made once."""
    if lab.exists(SOURCE):
        return
    share = max(1, (lab.size >> 20) // 8)
    with open(KEY, "wb") as file:
        file.write(os.urandom(32))
    lab.sh("zfs", "create", "-p", "-o", "compression=lz4", "-o", "test:word=two words", SOURCE)
    lab.sh("zfs", "create", "-o", "recordsize=1M", "-o", "compression=zstd", f"{SOURCE}/large")
    lab.sh("zfs", "create", "-o", "compression=off", "-o", "atime=off", f"{SOURCE}/large/below")
    lab.sh("zfs", "create", "-o", "encryption=on", "-o", "keyformat=raw", "-o", f"keylocation=file://{KEY}",
           f"{SOURCE}/secret")
    lab.sh("zfs", "create", "-V", f"{share}M", "-o", "volblocksize=16k", f"{SOURCE}/volume")
    _write(share * 2, "large", "early")
    _write(share, "", "early")
    _write(share, "large/below", "early")
    _write(share, "secret", "early")
    with open(_device(f"{SOURCE}/volume"), "r+b") as volume:
        volume.write(os.urandom(share << 19))
    with open(f"/{SOURCE}/tiny", "w") as file:
        file.write("a few bytes, embedded")
    os.symlink("tiny", f"/{SOURCE}/link")
    os.mkdir(f"/{SOURCE}/folder")
    lab.sh("zfs", "snapshot", "-r", f"{SOURCE}@{FIRST}")
    os.rename(f"/{SOURCE}/tiny", f"/{SOURCE}/folder/small")
    os.truncate(f"/{SOURCE}/early", 4321)
    _write(share, "large", "late")
    lab.sh("zfs", "snapshot", "-r", f"{SOURCE}@{MIDDLE}")
    os.unlink(f"/{SOURCE}/large/early")
    _write(share, "secret", "late")
    with open(f"/dev/zvol/{SOURCE}/volume", "r+b") as volume:
        volume.seek(share << 18)
        volume.write(os.urandom(share << 17))
    lab.sh("zfs", "create", f"{SOURCE}/new")
    _write(share, "new", "late")
    lab.sh("zfs", "snapshot", "-r", f"{SOURCE}@{LAST}")


def _write(mebibytes, child, name):
    lab.fill(os.path.join("/", SOURCE, child, name), mebibytes << 20, seed=len(child))


def guids(dataset, until=None):
    """The GUID of each snapshot by its name below the dataset; those up to a snapshot of the tree, for one."""
    rows = [row.split("\t") for row in
            lab.sh("zfs", "list", "-H", "-r", "-t", "snapshot", "-o", "name,guid", dataset).split("\n")[:-1]]
    known = {None: (FIRST, MIDDLE, LAST, lab.SNAPSHOT), FIRST: (FIRST,)}[until]
    return {name[len(dataset):]: guid for name, guid in rows if name.split("@")[1] in known}


def properties(dataset):
    """What the sender set."""
    wanted = "compression,recordsize,atime,test:word,volblocksize,encryption,volsize"
    rows = [row.split("\t") for row in
            lab.sh("zfs", "get", "-H", "-p", "-r", "-t", "filesystem,volume", "-o", "name,property,value", wanted,
                   dataset).split("\n")[:-1]]
    return {(name[len(dataset):], key): value for name, key, value in rows}


def contents(dataset):
    """What is in each file system and volume: a digest by name. Loads the key of an encrypted one."""
    listed = lab.sh("zfs", "list", "-H", "-r", "-t", "filesystem,volume", "-o", "name,type,keystatus", dataset)
    rows = [row.split("\t") for row in listed.split("\n")[:-1]]
    for name, kind, keystatus in rows:
        if keystatus == "unavailable":
            lab.sh("zfs", "load-key", "-L", f"file://{KEY}", name)
        # All are mounted before one is read, since an empty mount point looks like a folder.
        if kind == "filesystem" and not os.path.ismount(f"/{name}"):
            lab.sh("zfs", "mount", name)
    return {name[len(dataset):]: _digest(_device(name)) if kind == "volume" else _walk(f"/{name}")
            for name, kind, _ in rows}


def _device(volume):
    """The device of a volume, which udev makes some time after the volume."""
    path = f"/dev/zvol/{volume}"
    eventually(20, lambda: os.path.exists(path), f"{path} is there")
    return path


def _walk(top):
    found = {}
    device = os.stat(top).st_dev
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if os.stat(os.path.join(folder, name)).st_dev == device]
        for name in folders + files:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            what = os.readlink(path) if os.path.islink(path) else _digest(path) if name in files else ""
            found[os.path.relpath(path, top)] = (oct(status.st_mode), status.st_mtime_ns, what)
    return found


def _digest(path):
    state = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:
        while part := file.read(1 << 20):
            state.update(part)
    return state.hexdigest()
