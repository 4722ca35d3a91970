"""The token protocol of the transfer sockets."""
import json
import struct
import unittest

from fake import Script, channel

from zfsapi import TransferFailed, ZFSAPIError
from zfsapi._address import Address
from zfsapi._channel import Channel
from zfsapi._frames import begin, read_chunks, read_message
from zfsapi._network import run
from zfsapi.errors import ConnectionFailed, ProtocolError


def message(**members: object) -> bytes:
    """A message of the server."""
    text = json.dumps(members).encode()
    return struct.pack("!I", len(text)) + text


def chunks(*pieces: bytes) -> bytes:
    """The bytes of a send."""

    async def reading() -> bytes:
        return b"".join([piece async for piece in read_chunks(channel(*pieces))])

    return run(reading())


WHOLE = struct.pack("!Q", 5) + b"hello" + struct.pack("!Q", 1) + b"!" + struct.pack("!Q", 0)
FAILED = struct.pack("!Q", 5) + b"hello" + struct.pack("!Q", 2**64 - 1) + message(
    status="failed", error="it broke", reason="io_error", code=-32010, retryable=False, request_id="r-2")


class FrameTests(unittest.TestCase):
    def test_the_token_is_shown_with_its_length(self) -> None:
        script = Script(message(status="started", operation="send"))
        self.assertEqual(run(begin(Channel(script, Address("tcp", "h", 1)), "a" * 64))["operation"], "send")
        self.assertEqual(script.written, b"\0\0\0\x40" + b"a" * 64)

    def test_a_refusal_has_its_class(self) -> None:
        refusal = message(status="failed", error="no", reason="token_invalid", code=-32041, retryable=False)
        with self.assertRaises(ZFSAPIError) as caught:
            run(begin(channel(refusal), "a" * 64))
        self.assertEqual((caught.exception.code, caught.exception.reason), (-32041, "token_invalid"))

    def test_a_whole_stream_is_read_however_it_comes(self) -> None:
        self.assertEqual(chunks(WHOLE), b"hello!")
        self.assertEqual(chunks(*(WHOLE[i:i + 1] for i in range(len(WHOLE)))), b"hello!")

    def test_a_stream_that_is_cut_anywhere_raises(self) -> None:
        for length in range(len(WHOLE)):
            with self.subTest(length=length), self.assertRaises(ConnectionFailed):
                chunks(WHOLE[:length])

    def test_a_send_that_failed_raises_what_the_daemon_says(self) -> None:
        with self.assertRaises(TransferFailed) as caught:
            chunks(FAILED)
        self.assertEqual((caught.exception.message, caught.exception.reason, caught.exception.request_id),
                         ("it broke", "io_error", "r-2"))

    def test_what_is_no_frame_is_refused(self) -> None:
        with self.assertRaises(ProtocolError):
            chunks(struct.pack("!Q", 17 << 20))
        for text in (struct.pack("!I", 1 << 30), struct.pack("!I", 3) + b"xyz", message(status="other"), message()):
            with self.assertRaises(ProtocolError):
                run(read_message(channel(text), "started"))

    def test_the_resume_token_of_a_failed_receive_is_kept(self) -> None:
        text = message(status="failed", error="m", reason="stream_incomplete", code=-32020, resume_token="1-abc")
        with self.assertRaises(TransferFailed) as caught:
            run(read_message(channel(text), "completed"))
        self.assertEqual(caught.exception.resume_token, "1-abc")
