"""HTTP as it is read and written."""
import unittest

from fake import Script, channel

from zfsapi._address import Address
from zfsapi._http import chunk, read_body, read_head, request
from zfsapi._network import run
from zfsapi.errors import ConnectionFailed, ProtocolError


def read(*pieces: bytes) -> tuple[int, bytes]:
    """Status and body of an answer that comes in these pieces."""

    async def reading() -> tuple[int, bytes]:
        source = channel(*pieces)
        head = await read_head(source)
        return head.status, b"".join([piece async for piece in read_body(source, head)])

    return run(reading())


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n, 10 bytes\r\n0\r\n\r\n"


class HTTPTests(unittest.TestCase):
    def test_chunks_are_joined_however_they_come(self) -> None:
        self.assertEqual(read(CHUNKED), (200, b"hello, 10 bytes"))
        self.assertEqual(read(*(CHUNKED[i:i + 1] for i in range(len(CHUNKED)))), (200, b"hello, 10 bytes"))

    def test_a_body_in_chunks_that_is_cut_anywhere_raises(self) -> None:
        for length in range(len(CHUNKED)):
            with self.subTest(length=length), self.assertRaises(ConnectionFailed):
                read(CHUNKED[:length])

    def test_a_body_with_a_length_is_cut_or_whole(self) -> None:
        head = b"HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\n"
        self.assertEqual(read(head + b"gone"), (404, b"gone"))
        with self.assertRaises(ConnectionFailed):
            read(head + b"gon")

    def test_what_is_no_answer_is_refused(self) -> None:
        for text in (
            b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 70_000,
            b"HTTP/1.1 200 OK\r\n folded: field\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 300,
            CHUNKED.replace(b"5;", b"-5;"), CHUNKED.replace(b"5;", b"4;"), CHUNKED.replace(b"5;", b"0x5;"),
        ):
            with self.subTest(text=text[:40]), self.assertRaises(ProtocolError):
                read(text)

    def test_no_content_has_no_body(self) -> None:
        self.assertEqual(read(b"HTTP/1.1 204 No Content\r\n\r\n"), (204, b""))

    def test_requests_and_chunks_are_written(self) -> None:
        self.assertEqual(request("POST", "/", {"Host": "h:1"}, b"{}"),
                         b"POST / HTTP/1.1\r\nHost: h:1\r\nContent-Length: 2\r\n\r\n{}")
        self.assertEqual(chunk(b"x" * 26), b"1a\r\n" + b"x" * 26 + b"\r\n")
        self.assertEqual(chunk(b""), b"0\r\n\r\n")


class AddressTests(unittest.TestCase):
    def test_addresses_are_read(self) -> None:
        for text, wanted in {
            "http://nas": "http://nas:8545", "https://nas:1/": "https://nas:1", "http://[::1]:5": "http://[::1]:5",
            "unix:///run/a.sock": "unix:///run/a.sock", "tcp://nas": "tcp://nas:9999",
        }.items():
            self.assertEqual(str(Address.parse(text)), wanted)

    def test_what_is_none_is_refused_without_its_text(self) -> None:
        for text in ("nas:8545", "http://", "http://a/b", "unix://a/b", "http://secret:word@nas", "http://a?b"):
            with self.subTest(text=text), self.assertRaises(ValueError) as caught:
                Address.parse(text)
            self.assertNotIn("secret", str(caught.exception))


class ChannelTests(unittest.TestCase):
    def test_what_was_read_ahead_comes_first(self) -> None:
        source = channel(b"line\r\nab", b"cdef")
        self.assertEqual(run(source.line()), b"line")
        self.assertEqual(run(source.exactly(3)), b"abc")
        self.assertEqual(run(source.some(10)), b"def")
        self.assertEqual(run(source.some(10)), b"")

    def test_a_script_keeps_what_was_not_wanted(self) -> None:
        script = Script(b"abc")
        self.assertEqual((run(script.read(2)), run(script.read(2)), run(script.read(2))), (b"ab", b"c", b""))
