"""The command line on real pools: streams, migrations, and how each ends."""
import json
import os
import subprocess
import tempfile
import unittest

import lab
from daemon import Daemon
from terminal import Terminal

PROGRAM = os.environ["ZFS_API"]


@lab.in_lab
class PoolTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        lab.prepare()
        lab.fill("tank/home", 24)
        cls.daemon = cls.enterClassContext(Daemon(http=18545, tcp=18999))
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.environment = {
            "PATH": os.environ["PATH"], "HOME": cls.folder, "TERM": "xterm", "ZFS_API_ADDRESS": cls.daemon.address}

    def run_shell(self, line: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Runs a line of bash in which `z` is the program."""
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; z() {{ {PROGRAM} \"$@\"; }}; {line}"], env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, status, f"{line}\n{done.stdout}{done.stderr}")
        return done

    def test_datasets_and_snapshots(self) -> None:
        self.run_shell("z dataset create tank/new/below -p -o compression=zstd")
        self.assertEqual(self.run_shell("z dataset get -q tank/new/below compression").stdout, "zstd\n")
        self.assertIn("parents", self.run_shell("z dataset create tank/none/below", 2).stderr)
        self.run_shell("z snapshot create -r tank/new@a && z snapshot create -q --tag hourly tank/new")
        rows = self.run_shell("z snapshot list -q tank/new").stdout.splitlines()
        self.assertTrue(rows[0].startswith("tank/new@a ") and "tank/new@hourly_" in rows[1], rows)
        self.assertIn("--destroy-newer", self.run_shell("z snapshot rollback -y tank/new@a", 3).stderr)
        self.run_shell("z snapshot rollback -y -r tank/new@a")
        self.run_shell("z hold add tank/new@a keep && z hold list tank/new@a | grep -q keep")
        self.assertIn("zfs-api hold list", self.run_shell("z snapshot destroy -y tank/new@a", 1).stderr)
        self.run_shell("z hold release tank/new@a keep && z bookmark create tank/new@a 'tank/new#a'")
        self.assertIn("--recursive", self.run_shell("z dataset destroy -y tank/new", 1).stderr)
        self.assertIn("tank/new/below\n", self.run_shell("z dataset destroy -n -r tank/new").stdout)
        self.assertIn("no terminal", self.run_shell("z dataset destroy -r tank/new", 6).stderr)
        self.run_shell("z dataset destroy -y -r tank/new")
        self.assertIn("zfs-api dataset list", self.run_shell("z dataset space tank/new", 2).stderr)

    def test_a_terminal_is_asked(self) -> None:
        self.run_shell("z dataset create tank/asked")
        for answer, there in (("n", True), ("y", False)):
            with Terminal([PROGRAM, "dataset", "destroy", "tank/asked"], self.environment) as terminal:
                self.assertTrue(terminal.shows("destroy tank/asked"), terminal.screen())
                self.assertTrue(terminal.shows("[y/N] "), terminal.screen())
                terminal.type(answer + "\n")
                self.assertTrue(terminal.shows("nothing was done" if there else "destroyed tank/asked"))
            self.assertEqual(lab.exists("tank/asked"), there)

    def test_streams_go_every_way(self) -> None:
        for number, route in enumerate(("auto", "tcp", "unix", "http", self.daemon.tcp)):
            target = f"backup/way{number}"
            self.run_shell(f"z send tank/home@monday --over {route} | z receive {target} --over {route}")
            self.assertEqual(lab.guid(f"{target}@monday"), lab.guid("tank/home@monday"))
            self.run_shell(f"z send tank/home@monday --over {route} >{self.folder}/stream")
            self.run_shell(f"z receive {target}/file --over {route} <{self.folder}/stream")
            self.assertIn("exists", self.run_shell(f"z receive {target} --over {route} <{self.folder}/stream", 4).stderr)
            self.run_shell(f"z dataset destroy -y -r {target}")

    def test_a_stream_that_is_cut_is_told_and_goes_on(self) -> None:
        self.run_shell("z send tank/home@monday | head -c 1000000 >/dev/null", 4)
        self.run_shell("z send tank/home@monday | head -c 9000000 | z receive backup/cut", 4)
        self.assertFalse(lab.exists("backup/cut"))
        cut = self.run_shell("z send -q tank/home@monday | head -c 9000000 | z receive --json -s backup/cut", 4)
        errors = [json.loads(line) for line in cut.stderr.splitlines() if line.startswith("{")]
        token = errors[0]["error"]["details"]["resume_token"]
        self.assertIn(f"--resume-token {token}", errors[0]["error"]["hint"])
        self.run_shell(f"z send tank/home@monday --resume-token {token} | z receive -s backup/cut")
        self.assertEqual(lab.guid("backup/cut@monday"), lab.guid("tank/home@monday"))
        self.run_shell("z receive -y -A backup/cut", 4)

    def test_migrations(self) -> None:
        plan = self.run_shell("z migrate tank/home@monday --to backup/moved --dry-run")
        self.assertIn("full", plan.stdout)
        done = self.run_shell("z migrate tank/home@monday --to backup/moved")
        self.assertIn("tank/home@monday is at backup/moved", done.stdout)
        self.assertEqual(lab.guid("backup/moved@monday"), lab.guid("tank/home@monday"))
        lab.sh("zfs", "create", "backup/other")
        lab.sh("zfs", "snapshot", "backup/other@x")
        self.run_shell("z migrate tank/home@monday --to backup/other", 5)
        task = self.run_shell("z migrate tank/home@monday --to backup/slow --limit 0.5 --detach").stdout.strip()
        self.run_shell(f"z task limit {task} 1 && z task cancel {task}")
        self.assertIn("cancelled", self.run_shell(f"z task watch {task}", 5).stderr)
        self.assertIn("cancelled", self.run_shell(f"z task show {task}").stdout)
        rows = self.run_shell("z task list -q --status completed").stdout
        self.assertIn("backup/moved", rows)
        events = self.run_shell(f"timeout 5 {PROGRAM} task watch --after 0 --json", 124).stdout.splitlines()
        self.assertEqual(json.loads(events[0])["event"], "created")

    def test_a_migration_shows_how_far_it_is(self) -> None:
        words = [PROGRAM, "migrate", "tank/home@monday", "--to", "backup/shown", "--limit", "6"]
        with Terminal(words, self.environment) as terminal:
            self.assertTrue(terminal.shows("["), terminal.screen())
            self.assertTrue(terminal.shows(" of "), terminal.screen())
            self.assertTrue(terminal.shows("waits for throttle", 20), terminal.screen())
            self.assertTrue(terminal.shows("is at backup/shown", 60), terminal.screen())


if __name__ == "__main__":
    unittest.main()
