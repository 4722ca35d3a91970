"""Both clients against a daemon that needs no ZFS for this."""
import asyncio
import os
import subprocess
import unittest

import certificates
import daemon
from daemon import Daemon, needs_daemon

import zfsapi
from zfsapi import AsyncClient, Client

PASSWORD = "correct horse battery"


@needs_daemon
class DaemonTests(unittest.TestCase):
    running: Daemon

    @classmethod
    def setUpClass(cls) -> None:
        cls.running = cls.enterClassContext(Daemon())

    def test_calls_go_over_tcp_and_a_unix_socket(self) -> None:
        for address in (self.running.address, self.running.unix):
            with self.subTest(address=address), Client(address) as client:
                self.assertEqual(client.token_list()["tokens"], [])
                self.assertIn("datasets", str(client.rpc_discover()))
                self.assertEqual(client.call("token_stats")["store"], "sqlite")

    def test_system_info_answers_or_says_what_is_missing(self) -> None:
        with Client(self.running.address) as client:
            try:
                self.assertTrue(client.system_info()["version"])
            except zfsapi.Unavailable as error:
                self.assertEqual(error.reason, "zfs_unavailable")

    def test_wrong_calls_have_their_classes(self) -> None:
        with Client(self.running.address) as client:
            with self.assertRaises(zfsapi.InvalidRequest):
                client.call("no_such_method")
            with self.assertRaises(zfsapi.InvalidParams) as caught:
                client.call("stream_cancel")
            self.assertEqual(caught.exception.details, {"parameter": "stream_id"})
            with self.assertRaises(zfsapi.InvalidParams) as caught:
                client.token_create_send("not//a name", "x")
            self.assertTrue(caught.exception.request_id)
            with self.assertRaises(zfsapi.NotFound):
                client.token_revoke("a" * 64)
            with self.assertRaises(zfsapi.NotFound):
                client.wait("00000000-0000-0000-0000-000000000000")

    def test_transfer_tokens_are_listed_and_revoked(self) -> None:
        with Client(self.running.address) as client:
            made = client.token_create_receive("tank/home", ttl=60)
            self.assertIn(made["token_id"], [token["id"] for token in client.token_list()["tokens"]])
            self.assertTrue(client.token_revoke(made["token"])["revoked"])
            with self.assertRaises(zfsapi.AuthenticationFailed) as caught:
                client.put(made["token"], self.running.tcp, b"nothing")
            self.assertEqual(caught.exception.reason, "token_invalid")

    def test_asynchronous_calls_run_at_once_and_are_cancelled(self) -> None:
        async def calls() -> None:
            async with AsyncClient(self.running.address) as client:
                waiting = [asyncio.create_task(client.task_events(wait=30)) for _ in range(5)]
                self.assertEqual(len(await asyncio.gather(*(client.token_stats() for _ in range(20)))), 20)
                for task in waiting:
                    task.cancel()
                ended = await asyncio.gather(*waiting, return_exceptions=True)
                self.assertTrue(all(isinstance(end, asyncio.CancelledError) for end in ended))
                with self.assertRaises(TimeoutError):
                    async with asyncio.timeout(0.3):
                        async for event in client.events():
                            self.fail(f"nothing happened, but there is {event}")
                # Connections of calls that were cancelled are not used again.
                self.assertEqual((await client.token_stats())["store"], "sqlite")

        asyncio.run(calls(), debug=True)

    def test_a_daemon_that_restarts_is_called_again(self) -> None:
        with Daemon() as running, Client(running.address) as client:
            client.token_stats()
            running.stop(15)
            with self.assertRaisesRegex(zfsapi.ConnectionFailed, "does the daemon run"):
                client.token_stats()
            running.start()
            client.token_stats()


@needs_daemon
class LoginTests(unittest.TestCase):
    def test_tokens_and_passwords_are_needed_without_the_localhost_rule(self) -> None:
        hashed = subprocess.run([daemon.PROGRAM, "hash-password"], input=PASSWORD + "\n", text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True).stdout.strip()
        more = ("auth:\n  localhost_bypass: false\n  users:\n"
                f"    - {{name: anna, role: viewer, password_hash: '{hashed}'}}\n")
        with Daemon(more) as running:
            with Client(running.address) as client:
                with self.assertRaises(zfsapi.AuthenticationFailed) as caught:
                    client.token_list()
                self.assertEqual(caught.exception.reason, "authentication_required")
                with self.assertRaises(zfsapi.AuthenticationFailed):
                    next(client.events())
                with self.assertRaises(zfsapi.AuthenticationFailed):
                    client.login("anna", "wrong")
                self.assertGreater(client.login("anna", PASSWORD), 0)
                self.assertEqual(client.token_list()["tokens"], [])
                with self.assertRaises(zfsapi.PermissionDenied):
                    client.token_create_receive("tank/home")
                self.assertTrue(client.auth_logout()["logged_out"])
                with self.assertRaises(zfsapi.AuthenticationFailed) as caught:
                    client.token_list()
                self.assertEqual(caught.exception.reason, "token_revoked")
            path = os.path.join(running.folder, "token")
            with open(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
                file.write(running.issue("admin") + "\n")
            for client in (Client(running.address, token_file=path),
                           Client(running.address, token_command=running.issuing("admin"))):
                with client:
                    self.assertEqual(client.token_create_receive("tank/home")["operation"], "receive")


@needs_daemon
class TLSTests(unittest.TestCase):
    def test_a_certificate_is_checked_unless_that_is_not_wanted(self) -> None:
        with certificates.daemon() as (running, ca_file):
            with self.assertRaisesRegex(zfsapi.ConnectionFailed, "give ca_file"):
                Client(running.address).token_list()
            for client in (Client(running.address, ca_file=ca_file), Client(running.address, verify=False)):
                with client:
                    self.assertEqual(client.token_list(), {"tokens": []})
            with self.assertRaises(zfsapi.ZFSAPIError):
                Client(running.address.replace("https:", "http:")).token_list()

            async def call() -> object:
                async with AsyncClient(running.address, ca_file=ca_file) as client:
                    return await asyncio.gather(client.token_list(), client.token_list())

            self.assertEqual(asyncio.run(call()), [{"tokens": []}] * 2)
            # A refusal reaches the client over the encrypted transfer socket, too.
            with self.assertRaises(zfsapi.AuthenticationFailed):
                Client(running.address, ca_file=ca_file).put("a" * 64, running.tcp, b"nothing")
