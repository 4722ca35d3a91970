"""Where tokens come from."""
import base64
import json
import os
import sys
import tempfile
import time
import unittest

from zfsapi import Client, TokenUnusable
from zfsapi._credentials import FromCommand, FromFile

SECRET = "s3cret-s3cret-s3cret"


class TokenFileTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "token")
        self.write(SECRET + "\n")

    def write(self, text: str, mode: int = 0o600) -> None:
        with open(self.path, "w") as file:
            file.write(text)
        os.chmod(self.path, mode)

    def test_a_private_file_is_read_each_time(self) -> None:
        credentials = FromFile(self.path)
        self.assertEqual(credentials.token(), SECRET)
        self.write("other")
        self.assertEqual(credentials.token(), "other")

    def test_a_file_that_others_can_read_is_refused(self) -> None:
        for mode in (0o640, 0o604, 0o660, 0o610):
            os.chmod(self.path, mode)
            with self.subTest(mode=oct(mode)), self.assertRaisesRegex(TokenUnusable, "chmod 600"):
                FromFile(self.path).token()

    def test_what_is_no_file_or_no_token_is_refused(self) -> None:
        os.mkfifo(self.path + ".pipe", 0o600)
        for path in (self.path + ".missing", self.path + ".pipe", os.path.dirname(self.path)):
            with self.subTest(path=path), self.assertRaises(TokenUnusable):
                FromFile(path).token()
        for text in ("", "two words", "two\nlines", "ä", "x" * 9000):
            self.write(text)
            with self.subTest(text=text[:9]), self.assertRaises(TokenUnusable) as caught:
                FromFile(self.path).token()
            self.assertNotIn("two", str(caught.exception))


class TokenCommandTests(unittest.TestCase):
    def command(self, text: str) -> FromCommand:
        return FromCommand([sys.executable, "-c", text])

    def test_a_command_is_asked_again_only_when_its_token_was_refused_or_ends(self) -> None:
        credentials = self.command("import time; print(time.time_ns())")
        first = credentials.token()
        self.assertEqual(credentials.token(), first)
        credentials.refused()
        self.assertNotEqual(credentials.token(), first)

        payload = base64.urlsafe_b64encode(json.dumps({"exp": time.time() + 5}).encode()).decode().rstrip("=")
        ending = self.command(f"import time; print('h.{payload}.' + str(time.time_ns()))")
        self.assertNotEqual(ending.token(), ending.token())

    def test_a_command_that_fails_is_named_without_what_it_printed(self) -> None:
        for text in (f"print('{SECRET}'); exit(3)", f"print('{SECRET} {SECRET}')"):
            with self.assertRaises(TokenUnusable) as caught:
                self.command(text).token()
            self.assertNotIn(SECRET, str(caught.exception))
        with self.assertRaisesRegex(TokenUnusable, "can not be run"):
            FromCommand(["/nowhere/to/be/found"]).token()


class SecretTests(unittest.TestCase):
    def test_a_client_does_not_show_its_token(self) -> None:
        self.assertEqual(repr(Client(token=SECRET)), "Client('http://127.0.0.1:8545')")

    def test_parameters_that_do_not_fit_are_refused(self) -> None:
        with self.assertRaises(ValueError):
            Client(token=SECRET, token_file="x")
        with self.assertRaises(ValueError):
            Client("tcp://nas:9999")
        with self.assertRaises(TokenUnusable):
            Client(token="a\r\nb: c")
        with self.assertRaises(ValueError):
            Client(token_command="pass show zfs")
