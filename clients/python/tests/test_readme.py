"""The examples of the README do what they say."""
import contextlib
import io
import pathlib
import re
import unittest
from typing import Any

import lab
from daemon import Daemon


@lab.in_lab
class ReadmeTests(unittest.TestCase):
    def test_the_examples_run_one_after_another(self) -> None:
        lab.prepare()
        text = (pathlib.Path(__file__).parent.parent / "README.md").read_text()
        examples = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        self.assertGreater(len(examples), 5)
        names: dict[str, Any] = {}
        printed = io.StringIO()
        with Daemon(http=8545, tcp=9999):
            for example in examples:
                with self.subTest(example=example.splitlines()[0]), contextlib.redirect_stdout(printed):
                    exec(compile(example, "README.md", "exec"), names)
            names["client"].close()
            names["other"].close()
        for part in ("tank/home@monday 20", "snapshot_exists - ", "-32002 dataset_not_found", "['backup/home@monday']",
                     "completed {", " created\n", "['backup', 'tank']"):
            self.assertIn(part, printed.getvalue())
        self.assertEqual(lab.guid("backup/copy@monday"), lab.guid("tank/home@monday"))
