"""Calls, retries and streams against daemons that misbehave."""
import asyncio
import io
import json
import unittest
from collections.abc import Iterator

from fake import FakeDaemon, answer, failure, result

import zfsapi
from zfsapi import AsyncClient, Client
from zfsapi.events import Parser

STREAM = {"stream_id": "abc", "url": "/stream/abc", "method": "GET", "expires_in": 300}
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"


class CallTests(unittest.TestCase):
    def test_what_is_not_given_is_not_sent(self) -> None:
        with FakeDaemon([result({"datasets": []})]) as daemon, Client(daemon.address, token="t0ken") as client:
            self.assertEqual(client.dataset_list("tank", depth=1), {"datasets": []})
        head, body = daemon.requests[0]
        self.assertEqual(json.loads(body), {
            "jsonrpc": "2.0", "id": 1, "method": "dataset_list", "params": {"dataset": "tank", "depth": 1}})
        self.assertIn("Authorization: Bearer t0ken\r\n", head)

    def test_a_password_goes_without_a_token_and_its_answer_is_shown_afterwards(self) -> None:
        with FakeDaemon([result({"token": "new", "expires_in": 60}), result({})]) as daemon:
            with Client(daemon.address, token="old") as client:
                self.assertEqual(client.login("anna", "word"), 60)
                client.system_info()
        self.assertNotIn("Authorization", daemon.requests[0][0])
        self.assertIn("Bearer new\r\n", daemon.requests[1][0])

    def test_a_connection_is_used_again_unless_it_ended(self) -> None:
        with FakeDaemon([result({}), result({})], [result({})]) as daemon, Client(daemon.address, retries=0) as client:
            client.dataset_create("tank/a")
            client.dataset_create("tank/b")
            self.assertTrue(daemon.ended.acquire(timeout=10))
            client.dataset_create("tank/c")
        self.assertEqual(len(daemon.requests), 3)

    def test_reads_are_tried_again_and_changes_are_not(self) -> None:
        busy = failure(503, -32052, "overloaded", retryable=True)
        with FakeDaemon([busy, result({"pools": []})]) as daemon, Client(daemon.address) as client:
            self.assertEqual(client.pool_list(), {"pools": []})
        with FakeDaemon([busy, result({})]) as daemon, Client(daemon.address) as client:
            with self.assertRaises(zfsapi.Unavailable):
                client.dataset_create("tank/a")
        self.assertEqual(len(daemon.requests), 1)

    def test_a_change_whose_answer_is_lost_is_never_sent_twice(self) -> None:
        with FakeDaemon([b""], [result({})]) as daemon, Client(daemon.address) as client:
            with self.assertRaises(zfsapi.ConnectionFailed) as caught:
                client.dataset_create("tank/a")
            self.assertEqual(len(daemon.requests), 1)
        self.assertEqual(caught.exception.reason, "connection_lost")
        with FakeDaemon([b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"], [result({})]) as daemon:
            self.assertEqual(daemon.client.pool_list(), {})

    def test_the_daemon_says_how_long_to_wait(self) -> None:
        limited = failure(429, -32000, "rate_limited", "Retry-After: 3600", retryable=True)
        with FakeDaemon([limited]) as daemon, Client(daemon.address) as client:
            with self.assertRaises(zfsapi.RateLimited) as caught:
                client.pool_list()
        self.assertEqual(caught.exception.retry_after, 3600)
        with FakeDaemon([limited.replace(b"3600", b"0"), result({})]) as daemon, Client(daemon.address) as client:
            self.assertEqual(client.pool_list(), {})

    def test_an_answer_that_does_not_come_is_waited_for_only_so_long(self) -> None:
        with FakeDaemon([b"HTTP/1.1 200 OK\r\n", b""]) as daemon, Client(daemon.address, timeout=0.2) as client:
            with self.assertRaises(zfsapi.ConnectionFailed) as caught:
                client.dataset_create("tank/a")
        self.assertEqual(caught.exception.reason, "no_answer")

    def test_something_else_at_the_address_is_noticed(self) -> None:
        page = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"
        problem = answer(404, {"title": "Not Found", "detail": "There is nothing at this path."})
        for text, kind in ((page, zfsapi.ProtocolError), (b"220 mail ESMTP\r\n", zfsapi.ProtocolError),
                           (result({}).replace(b'"id": 1', b'"id": 2'), zfsapi.ProtocolError),
                           (problem, zfsapi.InvalidRequest)):
            with self.subTest(text=text[:30]), FakeDaemon([text]) as daemon, self.assertRaises(kind):
                daemon.client.system_info()

    def test_without_a_daemon_the_error_says_what_to_do(self) -> None:
        with self.assertRaisesRegex(zfsapi.ConnectionFailed, "does the daemon run.*server.unix_http.path"):
            Client("unix:///nowhere/http.sock").pool_list()

    def test_certificates_that_are_not_there_are_named(self) -> None:
        with FakeDaemon([]) as daemon:
            client = Client(daemon.address.replace("http:", "https:"), ca_file="/nowhere/ca.pem")
            with self.assertRaisesRegex(zfsapi.ConnectionFailed, "/nowhere/ca.pem can not be used"):
                client.pool_list()


class StreamTests(unittest.TestCase):
    def test_a_stream_that_is_cut_raises_after_what_came(self) -> None:
        with FakeDaemon([result(STREAM)], [CHUNKED]) as daemon:
            came = io.BytesIO()
            with self.assertRaises(zfsapi.StreamCut), daemon.client.send("tank", "monday") as stream:
                stream.copy_to(came)
        self.assertEqual(came.getvalue(), b"hello")

    def test_a_stream_that_was_left_or_cut_does_not_end_like_a_whole_one(self) -> None:
        with FakeDaemon([result(STREAM)], [CHUNKED + CHUNKED[-10:]]) as daemon:
            with daemon.client.send("tank", "monday") as stream:
                self.assertEqual(next(iter(stream)), b"hello")
                self.assertEqual(next(iter(stream)), b"hello")
                for _ in range(2):
                    with self.assertRaises(zfsapi.StreamCut):
                        b"".join(stream)
        with FakeDaemon([result(STREAM)], [CHUNKED + b"0\r\n\r\n"]) as daemon:
            with daemon.client.send("tank", "monday") as stream:
                next(stream)
            with self.assertRaises(zfsapi.StreamCut):
                stream.copy_to(io.BytesIO())
            self.assertFalse(stream.whole)

    def test_a_whole_stream_ends(self) -> None:
        with FakeDaemon([result(STREAM)], [CHUNKED + b"0\r\n\r\n"]) as daemon:
            with daemon.client.send("tank", "monday", raw=True) as stream:
                self.assertEqual((b"".join(stream), b"".join(stream), stream.whole), (b"hello", b"", True))
        self.assertEqual(json.loads(daemon.requests[0][1])["params"], {
            "operation": "send", "dataset": "tank", "snapshot": "monday", "raw": True})

    def test_the_asynchronous_client_notices_a_cut_too(self) -> None:
        async def fetch(address: str) -> bytes:
            async with AsyncClient(address) as client, client.send("tank", "monday") as stream:
                return b"".join([piece async for piece in stream])

        with FakeDaemon([result(STREAM)], [CHUNKED]) as daemon, self.assertRaises(zfsapi.StreamCut):
            asyncio.run(fetch(daemon.address))

    def test_an_address_that_is_refused_gets_nothing(self) -> None:
        refusal = failure(409, -32051, "stream_in_use", retryable=True)

        def source() -> Iterator[bytes]:
            self.fail("the source was read")
            yield b""

        with FakeDaemon([result(STREAM)], [refusal]) as daemon, self.assertRaises(zfsapi.Conflict):
            daemon.client.receive(source(), "tank/a")
        self.assertIn("Expect: 100-continue\r\n", daemon.requests[1][0])

    def test_an_answer_before_the_end_stops_the_upload(self) -> None:
        refusal = b"HTTP/1.1 100 Continue\r\n\r\n" + failure(500, -32020, "no_space")

        def source() -> Iterator[bytes]:
            while True:
                yield b"x" * 1000

        with FakeDaemon([result(STREAM)], [refusal]) as daemon, self.assertRaises(zfsapi.TransferFailed):
            daemon.client.receive(source(), "tank/a")

    def test_a_receive_without_an_answer_raises(self) -> None:
        with FakeDaemon([result(STREAM)], [b"HTTP/1.1 100 Continue\r\n\r\n"]) as daemon:
            with self.assertRaises(zfsapi.StreamCut):
                daemon.client.receive(io.BytesIO(b"x" * 1000), "tank/a")

    def test_the_error_of_a_source_comes_through(self) -> None:
        def source() -> Iterator[bytes]:
            yield b"x"
            raise zfsapi.ConnectionFailed("the other daemon is gone", reason="connection_lost")

        with FakeDaemon([result(STREAM)], [b"HTTP/1.1 100 Continue\r\n\r\n", b""]) as daemon:
            with self.assertRaisesRegex(zfsapi.ZFSAPIError, "the other daemon"):
                daemon.client.receive(source(), "tank/a")


class EventTests(unittest.TestCase):
    TEXT = b': hello\nretry: 5\nid: 6\n\nid: 7\nevent: created\ndata: {"a":\ndata: 1}\n\nid: 8\ndata: cut'

    def test_events_are_read_however_they_come(self) -> None:
        parser = Parser()
        found = [text for i in range(len(self.TEXT)) for text in parser.feed(self.TEXT[i:i + 1])]
        self.assertEqual((found, parser.last_id, parser.retry), (['{"a":\n1}'], "8", 0.005))

    def test_a_new_connection_goes_on_behind_the_last_event(self) -> None:
        def events(*numbers: int) -> bytes:
            text = "retry: 1\n\n" + "".join(f'id: {number}\ndata: {{"sequence": {number}}}\n\n' for number in numbers)
            return (f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{len(text):x}\r\n{text}\r\n").encode()

        with FakeDaemon([events(1, 2)], [b""], [events(3) + b"0\r\n\r\n"], [events(4)]) as daemon:
            following = daemon.client.events(after=0)
            self.assertEqual([next(following)["sequence"] for _ in range(4)], [1, 2, 3, 4])
            following.close()
        known = [line for head, _ in daemon.requests for line in head.split("\r\n") if line.startswith("Last-Event")]
        self.assertEqual(known, [f"Last-Event-ID: {number}" for number in (0, 2, 2, 3)])

    def test_a_refusal_ends_them(self) -> None:
        with FakeDaemon([failure(401, -32040, "authentication_required")]) as daemon:
            with self.assertRaises(zfsapi.AuthenticationFailed):
                next(daemon.client.events())
