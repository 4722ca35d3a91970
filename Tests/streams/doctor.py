"""`zfs-apid doctor` on a real host: what is right is said to be right, each fault is found, and nothing is changed."""
import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time

import lab
from daemon import CONFIGURATION, FOLDER, PORT, SOCKET
from report import equal, expect, test

USER = 65534
OTHER = f"{lab.SCRATCH}/doctor"


def doctor(*options, config=f"{FOLDER}/config.yaml", user=None):
    """The exit status, and the findings as `check: status: message; remedy`."""
    command = [lab.daemon.program, "doctor", "--json", "--config", config, *options]
    if user is not None:
        command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]
    start = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    expect(time.monotonic() - start < 15, "it took too long")
    expect(done.stdout, f"it said nothing: {done.stderr}")
    document = json.loads(done.stdout)
    found = [f"{each['check']}: {each['status']}: {each['message']}; {each['remedy'] or ''}"
             for each in document["findings"]]
    problems = sum(": problem: " in each for each in found)
    equal((document["ok"], document["problems"]), (problems == 0, problems), "what it counts")
    return done.returncode, found


def finding(found, start):
    """The only finding that begins so."""
    those = [each for each in found if each.startswith(start)]
    expect(len(those) == 1, lambda: f"{start!r} is not there once: {found}")
    return those[0]


def written(text):
    """A configuration beside that of the daemon."""
    os.makedirs(OTHER, exist_ok=True)
    os.chmod(OTHER, 0o755)
    with open(f"{OTHER}/config.yaml", "w") as file:
        file.write(CONFIGURATION.replace("HOST", "127.0.0.1") + text)
    return f"{OTHER}/config.yaml"


def traces():
    """Everything in the state folder, with what changes when it is touched, but for the log of a store that is in use.

    The daemon itself writes a count there when it is asked whether it is ready.
    """
    paths = [os.path.join(folder, name) for folder, folders, files in os.walk(f"{FOLDER}/state")
             for name in folders + files]
    return {path: (*os.lstat(path)[:7], os.lstat(path).st_mtime_ns) for path in paths if not path.endswith("-wal")}


@test("beside a daemon that runs and without one the doctor finds nothing wrong and changes nothing", 90)
def _():
    lab.daemon.call("token_list")
    for state in ("is served by zfs-apid (process", "is free"):
        before = traces()
        status, found = doctor()
        equal(status, 0, f"status with {found}")
        finding(found, "configuration: ok: ")
        expect("healthy pools: a, b, c" in finding(found, "zfs: ok: OpenZFS "), f"{found}")
        finding(found, "permissions: ok: ")
        expect("transfers.sqlite is whole" in finding(found, "store: ok: "), f"{found}")
        expect(state in finding(found, f"port: ok: server.http 127.0.0.1:{PORT} "), f"{found}")
        word = "held by zfs-apid (process" if "served" in state else "is free"
        expect(word in finding(found, f"port: ok: server.unix {SOCKET} "), f"{found}")
        expect(word in finding(found, "port: ok: server.tcp "), f"{found}")
        equal(traces(), before, "the state folder")
        equal([name for name in os.listdir("/var/tmp") if "doctor" in name], [], "copies")
        if "served" in state:
            lab.daemon.stop()
    lab.daemon.start()


@contextlib.contextmanager
def limping_pool(name):
    """A pool one of whose two disks is off."""
    files = [f"/dev/shm/{name}{index}" for index in range(2)]
    lab.sh("truncate", "-s", "80M", *files)
    loops = [lab.sh("losetup", "-f", "--show", file).strip() for file in files]
    try:
        lab.sh("zpool", "create", "-f", name, "mirror", *loops)
        lab.sh("zpool", "offline", name, loops[1])
        yield
    finally:
        subprocess.run(["zpool", "destroy", "-f", name])
        for loop, file in zip(loops, files):
            subprocess.run(["losetup", "-d", loop])
            os.unlink(file)


@contextlib.contextmanager
def damaged(path):
    """A file with bytes that do not belong there."""
    shutil.copy(path, f"{path}.good")
    try:
        with open(path, "r+b") as file:
            file.seek(4096)
            file.write(b"\x5a" * 40960)
        yield
    finally:
        shutil.move(f"{path}.good", path)


@test("a program on a port, a pool that is degraded, a store that is damaged and a disk without room are problems", 120)
def _():
    lab.daemon.call("token_list")
    lab.daemon.stop()
    store = f"{FOLDER}/state/transfers.sqlite"
    with limping_pool("limping"), damaged(store), socket.create_server(("127.0.0.1", PORT)):
        status, found = doctor()
    equal(status, 1, f"status with {found}")
    taken = finding(found, f"port: problem: server.http 127.0.0.1:{PORT} ")
    expect("is in use by python3 (process" in taken, taken)
    expect("zpool status limping" in finding(found, "zfs: warning: the pool limping is DEGRADED"), f"{found}")
    expect("is damaged" in finding(found, f"store: problem: {store}"), f"{found}")
    config = written("")
    with open(config) as file:
        text = file.read().replace(f"state_dir: {FOLDER}/state", f"state_dir: {lab.FULL}/state")
    with open(config, "w") as file:
        file.write(text)
    os.mkdir(f"{lab.FULL}/state", 0o700)
    status, found = doctor(config=config)
    equal(status, 1, f"status with {found}")
    finding(found, "space: problem: ")
    lab.daemon.start()


@test("a configuration that would be refused ends with 78, and no secret is shown", 60)
def _():
    config = written(f"auth: {{token_file: {OTHER}/token}}\n")
    with open(f"{OTHER}/token", "w") as file:
        file.write("this-is-the-secret-of-the-doctor")
    os.chmod(f"{OTHER}/token", 0o644)
    status, found = doctor(config=config)
    equal(status, 78, f"status with {found}")
    expect("chmod 0600" in finding(found, "configuration: problem: "), f"{found}")
    # The rest is looked at all the same.
    finding(found, "store: ok: ")
    expect("the-secret" not in repr(found), f"{found}")
    os.chmod(f"{OTHER}/token", 0o600)
    equal(doctor(config=config)[0], 0, "status with a file of its owner")
    status, found = doctor(config=written("auth: {pasword: x}\n"))
    equal(status, 78, f"status with {found}")
    finding(found, "configuration: problem: ")
    finding(found, "zfs: ok: ")


@test("an ordinary user is told what zfs allow must give for the configuration, and that works", 120)
def _():
    lab.snapshot("a/doctor", 1)
    lab.daemon.restart_clean(USER)
    try:
        lab.daemon.call("token_list")
        account = pwd.getpwuid(USER).pw_name
        _, found = doctor(user=USER)
        finding(found, f"delegation: warning: {account} may not do what an operator needs on a and below")
        finding(found, "store: ok: ")
        expect("answers /health" in finding(found, "port: ok: server.http "), f"{found}")
        config = written("auth: {peers: [{user: root, role: viewer, datasets: [a/doctor]}]}\n")
        status, found = doctor(config=config, user=USER)
        equal(status, 1, f"status with {found}")
        remedy = finding(found, "delegation: problem: ").split("as root: ")[1]
        lab.sh(*remedy.split())
        status, found = doctor(config=config, user=USER)
        finding(found, "delegation: ok: ")
        # Root is told that it looks at what is another user's.
        finding(doctor()[1], "permissions: warning: the state folder")
    finally:
        lab.daemon.restart_clean()


@contextlib.contextmanager
def host(address):
    """This guest as a host that is reached by ssh; gives section `ssh` without the names of two files."""
    folder = f"{OTHER}/ssh"
    os.makedirs(folder, mode=0o700, exist_ok=True)
    os.makedirs("/run/sshd", exist_ok=True)
    for name in ("host", "user", "stranger"):
        if not os.path.exists(f"{folder}/{name}"):
            lab.sh("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{name}")
    with open(f"{folder}/host.pub") as key, open(f"{folder}/known", "w") as known:
        known.write(f"[{address}]:2223 {key.read()}")
    open(f"{folder}/none", "w").close()
    with open(f"{folder}/config", "w") as file:
        file.write(f"Port 2223\nListenAddress {address}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\n"
                   f"PermitRootLogin prohibit-password\nUsePAM no\nStrictModes no\nPidFile {folder}/pid\n")
    # The shell there runs at each command what this machine's administrator has put into it, which can take seconds.
    open(os.path.expanduser("~/.bashrc"), "w").close()
    lab.sh("/usr/sbin/sshd", "-f", f"{folder}/config")
    try:
        yield (f"ssh: {{port: 2223, user: root, identity_file: {folder}/%s, known_hosts_file: {folder}/%s}}\n")
    finally:
        with open(f"{folder}/pid") as file, contextlib.suppress(ProcessLookupError):
            os.kill(int(file.read()), signal.SIGTERM)


@test("other hosts are reached as migrations reach them, and one that hangs holds nobody up", 120)
def _():
    # A port that takes connections and never says a word.
    with host("127.0.0.1") as ssh, socket.create_server(("127.0.0.2", 2223)):
        config = written(ssh % ("user", "known"))
        hosts = ("127.0.0.1", "127.0.0.2")
        status, found = doctor(*(word for name in hosts for word in ("--host", name)), config=config)
        equal(status, 1, f"status with {found}")
        expect("OpenZFS" in finding(found, "ssh: ok: root@127.0.0.1: login works"), f"{found}")
        finding(found, "ssh: problem: root@127.0.0.2: it did not answer within 8 s")
        for files, word in ((("stranger", "known"), "authorized_keys"), (("user", "none"), "ssh-keyscan")):
            status, found = doctor("--host", "127.0.0.1", config=written(ssh % files))
            equal(status, 1, f"status with {found}")
            expect(word in finding(found, "ssh: problem: root@127.0.0.1: "), f"{found}")
