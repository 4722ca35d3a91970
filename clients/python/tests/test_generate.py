"""The typed methods, and what makes them."""
import ast
import inspect
import json
import pathlib
import subprocess
import sys
import unittest
from typing import Any

from daemon import Daemon, needs_daemon

import zfsapi
from zfsapi import methods
from zfsapi._retries import READS

FOLDER = pathlib.Path(__file__).parent.parent


def generate(document: Any) -> str:
    """The module that is made from a document."""
    done = subprocess.run([sys.executable, FOLDER / "generate"], input=json.dumps(document), text=True,
                          stdout=subprocess.PIPE, check=True)
    return done.stdout


def parameter(name: str, schema: Any, required: bool = False) -> Any:
    """A parameter of a method."""
    return {"name": name, "summary": f"The {name}.", "required": required, "schema": schema}


DOCUMENT = {"methods": [
    {"name": "thing.find_all", "summary": "Finds things.", "x-role": "viewer", "params": [
        parameter("place", {"type": "string"}, True),
        parameter("kind", {"type": "string", "enum": ["a", "b"], "default": "a"}),
        parameter("most", {"type": "integer", "description": "1 to 5"}),
        parameter("tags", {"type": "object", "additionalProperties": {"type": "string"}}),
    ], "result": {"schema": {"type": "object", "required": ["things"], "properties": {
        "things": {"type": "array", "items": {"type": "object", "required": ["from"], "properties": {
            "from": {"oneOf": [{"type": "string", "description": "where"}, {"type": "null"}]}}}},
        "done": {"const": True}}}}},
    {"name": "other", "summary": "Does nothing.", "x-role": "none", "params": [], "result": {"schema": {}}},
]}


class GeneratorTests(unittest.TestCase):
    def test_types_signatures_and_words_come_from_the_document(self) -> None:
        text = generate(DOCUMENT)
        ast.parse(text)
        for part in (
            'ThingFindAllThing = TypedDict("ThingFindAllThing", {\n    "from": str | None,  # where\n})',
            "    things: list[ThingFindAllThing]\n    done: NotRequired[Literal[True]]\n",
            '        self, place: str, *, kind: Literal["a", "b"] | None = None, most: int | None = None,\n',
            '            kind: The kind. Default: "a".\n            most: The most (1 to 5).\n',
            '"thing.find_all", {',
            "    async def other(self) -> Any:\n        return await self._call(\"other\", {})\n",
        ):
            self.assertIn(part, text)

    def test_both_variants_have_the_same_signatures_and_words(self) -> None:
        for name, method in inspect.getmembers(methods.Methods, inspect.isfunction):
            if not name.startswith("_"):
                later = getattr(methods.AsyncMethods, name)
                self.assertEqual(inspect.signature(method), inspect.signature(later))
                self.assertTrue(method.__doc__ and method.__doc__ == later.__doc__)


@needs_daemon
class DocumentTests(unittest.TestCase):
    document: Any

    @classmethod
    def setUpClass(cls) -> None:
        with Daemon() as daemon, zfsapi.Client(daemon.address) as client:
            cls.document = client.rpc_discover()

    def test_the_methods_are_those_of_the_daemon(self) -> None:
        self.assertEqual(
            generate(self.document), (FOLDER / "src/zfsapi/methods.py").read_text(),
            "make it again: curl -s http://127.0.0.1:8545/openrpc.json | clients/python/generate "
            ">clients/python/src/zfsapi/methods.py")

    def test_what_is_written_by_hand_fits(self) -> None:
        known = {method["name"]: {word["name"] for word in method["params"]} for method in self.document["methods"]}
        self.assertLessEqual(READS, set(known))
        options = set(zfsapi.MigrationOptions.__annotations__)
        self.assertEqual(options, known["migration_create"] - {"source", "destination"})
        self.assertLessEqual(set(zfsapi.SendOptions.__annotations__), known["stream_init"])
