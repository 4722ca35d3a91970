"""Clients of the transfer sockets, written from Docs/streaming.md alone."""
import json
import socket
import struct

import lab
from daemon import SOCKET, TRANSFER_PORT
from outcomes import Cut, Refused

FAILED = 0xFFFFFFFFFFFFFFFF
HEADER_REPLY = 8192


def connect(transport, timeout=60):
    if transport == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(timeout)
        connection.connect(SOCKET)
    else:
        connection = socket.create_connection(("127.0.0.1", TRANSFER_PORT), timeout=timeout)
        if lab.daemon.trust is not None:
            connection = lab.daemon.trust.wrap_socket(connection, server_hostname="127.0.0.1")
    return connection


def read(connection, count):
    """Exactly so many bytes."""
    parts = []
    while count:
        try:
            part = connection.recv(min(count, 1 << 20))
        except ConnectionError as error:
            raise Cut(str(error)) from None
        if not part:
            raise Cut(f"{count} bytes are missing")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_json(connection):
    return json.loads(read(connection, struct.unpack("!I", read(connection, 4))[0]))


def reset(connection):
    """Closes with RST where there is such a thing."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def show_token(connection, token):
    """The first half of the token protocol; gives the server's message."""
    token = token.encode() if isinstance(token, str) else token
    connection.sendall(struct.pack("!I", len(token)) + token)
    answer = read_json(connection)
    if answer["status"] != "started":
        raise Refused(answer)
    return answer


def show_header(connection, operation, metadata):
    """The first half of the header protocol; gives the server's message."""
    text = metadata if isinstance(metadata, bytes) else json.dumps(metadata).encode()
    connection.sendall(struct.pack("!II", operation, len(text)) + text)
    answer = json.loads(read(connection, HEADER_REPLY))
    if answer.get("status") != "started":
        raise Refused(answer)
    return answer


class _Connection:
    def __init__(self, connection, started):
        self.connection = connection
        self.started = started

    def close(self):
        self.connection.close()

    def reset(self):
        reset(self.connection)


class TokenDownload(_Connection):
    """A send by token. `read` gives b"" only after the end mark."""

    chunk = 0

    def read(self, count):
        if self.chunk == 0:
            (self.chunk,) = struct.unpack("!Q", read(self.connection, 8))
            if self.chunk == FAILED:
                raise Refused(read_json(self.connection))
            if self.chunk == 0:
                return b""
            assert self.chunk <= 16 << 20, f"a chunk of {self.chunk} bytes"
        try:
            part = self.connection.recv(min(count, self.chunk))
        except ConnectionError as error:
            raise Cut(str(error)) from None
        if not part:
            raise Cut("within a chunk")
        self.chunk -= len(part)
        return part


class RawDownload(_Connection):
    """A send by header: the end of the connection is the end of the stream, unless it is a reset."""

    def read(self, count):
        try:
            return self.connection.recv(count)
        except ConnectionError as error:
            raise Cut(str(error)) from None


class _Upload(_Connection):
    def write(self, data):
        try:
            self.connection.sendall(data)
        except ConnectionError:
            # The server gave up; it said why before it closed.
            self.answer()
            raise Cut("nobody reads any more") from None

    def half_close(self):
        try:
            self.connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the server was first

    def finish(self):
        """The end of the stream; gives what the server says of it."""
        self.half_close()
        return self.answer()

    def checked(self, answer):
        self.connection.close()
        if answer["status"] != "completed":
            raise Refused(answer)
        return answer


class TokenUpload(_Upload):
    def answer(self):
        return self.checked(read_json(self.connection))


class RawUpload(_Upload):
    def answer(self):
        line = b""
        while not line.endswith(b"\n"):
            try:
                part = self.connection.recv(4096)
            except ConnectionError as error:
                raise Cut(str(error)) from None
            if not part:
                break
            line += part
        if not line:
            raise Cut("no last line")
        return self.checked(json.loads(line))
