"""Completion in real shells, with a service that knows some names."""
import http.server
import json
import os
import subprocess
import tempfile
import threading
import unittest

from terminal import Terminal

PROGRAM = os.environ["ZFS_API"]
ANSWERS = {
    "dataset_list": {"datasets": ["tank", "tank/home"]},
    "pool_list": {"pools": ["backup", "tank"], "entries": []},
    "snapshot_list": {"dataset": "tank/home", "snapshots": ["monday"], "entries": []},
    "bookmark_list": {"dataset": "tank/home", "bookmarks": ["tank/home#mark"], "entries": []},
}
CASES = [
    ("zfs-api snap", "zfs-api snapshot"),
    ("zfs-api dataset get tank/ho", "tank/home"),
    ("zfs-api snapshot destroy tank/ho", "tank/home@"),
    ("zfs-api snapshot destroy tank/home@", "tank/home@monday"),
    ("zfs-api snapshot destroy tank/home@mon", "tank/home@monday"),
    ("zfs-api bookmark destroy tank/home#m", "tank/home#mark"),
    ("zfs-api pool status back", "backup"),
    ("zfs-api call pool_scr", "pool_scrub_"),
    ("zfs-api call stream_init operation=sen", "operation=send"),
    ("zfs-api send --ov", "--over"),
    ("zfs-api send --over un", "unix"),
]


class Service(http.server.BaseHTTPRequestHandler):
    """Answers as the daemon does."""

    def do_POST(self) -> None:
        """A call."""
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"jsonrpc": "2.0", "id": call["id"], "result": ANSWERS[call["method"]]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class CompletionTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory(prefix="zfs-api-"))
        os.mkdir(f"{cls.folder}/bin")
        os.symlink(PROGRAM, f"{cls.folder}/bin/zfs-api")
        cls.environment = {
            "PATH": f"{cls.folder}/bin:/usr/bin:/bin", "HOME": cls.folder, "TERM": "xterm", "PS1": "READY>",
            "LC_ALL": "C.UTF-8", "ZFS_API_ADDRESS": f"http://127.0.0.1:{server.server_port}",
        }
        for shell, name in (("bash", "bash"), ("zsh", "_zfs-api"), ("fish", "fish")):
            script = subprocess.run([PROGRAM, "completion", shell], stdout=subprocess.PIPE, check=True).stdout
            with open(f"{cls.folder}/{name}", "wb") as file:
                file.write(script)

    def expect(self, words: list[str], setup: str) -> None:
        """Each line is completed in a shell of its own."""
        for line, completed in CASES:
            with self.subTest(line), Terminal(words, self.environment) as terminal:
                self.assertTrue(terminal.shows("READY>"), terminal.screen())
                if setup:
                    terminal.type(setup + "; echo DO''NE\n")
                    self.assertTrue(terminal.shows("DONE") and terminal.shows("READY>"), terminal.screen())
                terminal.type(line + "\t")
                self.assertTrue(terminal.shows(completed), f"{completed} is not in {terminal.screen()!r}")

    def test_bash(self) -> None:
        self.expect(["bash", "--norc", "--noprofile", "-i"], f". {self.folder}/bash")

    def test_zsh(self) -> None:
        self.expect(["zsh", "-f", "-i"], f"fpath=({self.folder} $fpath); autoload -U compinit; compinit -u -D")

    def test_fish(self) -> None:
        prompt = f"function fish_prompt; echo -n 'READY>'; end; source {self.folder}/fish"
        self.expect(["fish", "--no-config", "-C", prompt], "")
