"""The daemon under test: a process with a configuration of its own."""
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

PORT = 8545
TRANSFER_PORT = 9999
SOCKET = "/run/streams/transfer.sock"
FOLDER = "/run/streams/daemon"
CONFIGURATION = f"""
server:
  http: {{port: {PORT}, limits: {{connections_per_peer: 512}}}}
  tcp: {{port: {TRANSFER_PORT}, host: HOST}}
  unix: {{path: {SOCKET}}}
files: {{roots: [/c/files, /run/streams/full]}}
rate_limit: {{enabled: false}}
state_dir: {FOLDER}/state
logging: {{level: info}}
"""


class CallFailed(Exception):
    """An error that the daemon answered."""

    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.code = error["code"]
        self.reason = error["data"]["reason"]
        self.details = error["data"].get("details") or {}
        self.message = error["message"]


class Daemon:
    def __init__(self, program):
        self.program = program
        self.process = None
        self.idle_files = None
        # What differs from the configuration above, and from an ordinary start.
        self.host = "127.0.0.1"
        self.more = ""
        self.trust = None
        self.most_files = None
        self.warm_ups = []
        self.bearer = None

    def start(self, user=None):
        """Starts it with the state that it had, as root or as a user by number."""
        os.makedirs(FOLDER, exist_ok=True)
        os.chmod("/run/streams", 0o755)
        with open(f"{FOLDER}/config.yaml", "w") as file:
            file.write(CONFIGURATION.replace("HOST", self.host) + self.more)
        command = [self.program, "serve", "--config", f"{FOLDER}/config.yaml"]
        if user is not None:
            for folder, _, files in os.walk(FOLDER):
                for name in [folder, *(os.path.join(folder, file) for file in files)]:
                    os.chown(name, user, user)
            os.chmod("/run/streams", 0o777)
            command = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *command]
        if self.most_files is not None:
            command = ["prlimit", f"--nofile={self.most_files}", *command]
        with open(f"{FOLDER}/log", "a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        end = time.monotonic() + 30
        while True:
            try:
                if json.loads(self.get("/ready")[1])["checks"]["listeners"]["ok"]:
                    break
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("the daemon did not start\n" + self.log_tail())
            time.sleep(0.1)
        self.idle_files = None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def restart_clean(self, user=None):
        """Starts it as if for the first time."""
        self.stop()
        shutil.rmtree(FOLDER)
        # The lock of the socket stays when a daemon stops, and is its user's.
        pathlib.Path(f"{SOCKET}.lock").unlink(missing_ok=True)
        self.start(user)

    def issue(self, user, role, datasets=None):
        """A bearer token; with datasets, for those only."""
        command = [self.program, "token", "issue", "--config", f"{FOLDER}/config.yaml", "--user", user, "--role", role,
                   "--ttl", "3600", *(["--datasets", datasets] if datasets else [])]
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode().strip()

    def headers(self, more={}):
        """The headers of a request, with who asks."""
        return {"Connection": "close", **({"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}), **more}

    def connection(self, timeout):
        """A connection for HTTP, with TLS when there is a certificate to trust."""
        if self.trust is not None:
            return http.client.HTTPSConnection("127.0.0.1", PORT, timeout=timeout, context=self.trust)
        return http.client.HTTPConnection("127.0.0.1", PORT, timeout=timeout)

    def get(self, path):
        connection = self.connection(20)
        try:
            connection.request("GET", path, headers=self.headers())
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def call(self, method, **parameters):
        """The result of a method; raises CallFailed."""
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters})
        connection = self.connection(120)
        try:
            connection.request("POST", "/", body, self.headers({"Content-Type": "application/json"}))
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise CallFailed(answer["error"])
        return answer["result"]

    def metric(self, name):
        """The sum of a metric over its labels; None when there is none."""
        found = re.findall(rf"^{name}(?:\{{[^}}]*\}})? ([0-9.e+-]+)$", self.get("/metrics")[1], re.MULTILINE)
        return sum(map(float, found)) if found else None

    def children(self, word=""):
        """Processes that the daemon started, by a word of their command lines."""
        return [pid for pid in _processes() if _parent(pid) == self.process.pid and word in _command(pid)]

    def files(self):
        folder = f"/proc/{self.process.pid}/fd"
        found = []
        for name in os.listdir(folder):
            try:
                found.append(os.readlink(f"{folder}/{name}"))
            except OSError:
                pass  # closed meanwhile
        return sorted(re.sub(r"\[\d+\]", "", name) for name in found)

    def memory(self):
        """Kilobytes of memory of its own."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("RssAnon"))

    def settle(self):
        """Remembers what it has open when it does nothing."""
        if self.idle_files is None:
            self.call("token_list")
            self.call("stream_list")
            self.call("dataset_list")
            # The first of each way opens what stays open: a timer, the readers of the store.
            for warm_up in self.warm_ups:
                warm_up()
            time.sleep(0.5)
            self.idle_files = self.files()

    def expect_idle(self):
        """Nothing runs, and it has no more open than before the first test."""
        from report import eventually, expect

        expect(self.process.poll() is None, f"the daemon ended with {self.process.returncode}")
        eventually(5, lambda: not zfs_processes(), "no zfs process is left")
        if self.idle_files is None:
            return
        try:
            eventually(5, lambda: len(self.files()) <= len(self.idle_files), "descriptors back to idle")
        except Exception as error:
            raise type(error)(f"{error}: {_surplus(self.files(), self.idle_files)}") from None

    def log_tail(self):
        with open(f"{FOLDER}/log") as file:
            return "".join(file.readlines()[-12:])


def zfs_processes():
    """The zfs processes that send or receive, whoever started them."""
    return [pid for pid in _processes() if re.match(r"(\S*/)?zfs (send|receive|recv) ", _command(pid))]


def _processes():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _command(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _parent(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return int(file.read().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return 0


def _surplus(now, before):
    rest = list(before)
    more = []
    for name in now:
        rest.remove(name) if name in rest else more.append(name)
    return more
