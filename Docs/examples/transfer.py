#!/usr/bin/env python3
"""Sends and receives ZFS streams over the transfer socket of zfs-apid. Needs nothing but Python 3.8.

    transfer.py fetch PLACE < token > stream            the daemon sends
    transfer.py put PLACE < stream 3< token             the daemon receives
    transfer.py fetch-direct PLACE DATASET SNAPSHOT > stream
    transfer.py put-direct PLACE DATASET < stream

PLACE is HOST:PORT or the path of a Unix socket. The token comes on standard input, or for put on descriptor 3: the list
of processes shows arguments to everybody. The direct forms speak the header protocol, for callers who need no token.
"""
import json
import os
import select
import socket
import struct
import sys

CHUNK = 1 << 20


class Failed(Exception):
    """What the daemon says went wrong."""


def connect(place):
    if place.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(place)
        return connection
    host, port = place.rsplit(":", 1)
    return socket.create_connection((host.strip("[]"), int(port)))


def read_exactly(connection, count):
    data = bytearray()
    while len(data) < count:
        piece = connection.recv(min(count - len(data), CHUNK))
        if not piece:
            raise Failed("the connection ended early")
        data += piece
    return bytes(data)


def read_number(connection, form):
    return struct.unpack(form, read_exactly(connection, struct.calcsize(form)))[0]


def read_message(connection):
    return json.loads(read_exactly(connection, read_number(connection, "!I")))


def expect(message, status):
    if message.get("status") != status:
        resume = message.get("resume_token")
        raise Failed(f"{message.get('reason')}: {message.get('error')}" + (f"\nresume token: {resume}" if resume else ""))
    return message


def begin_with_token(connection, token):
    connection.sendall(struct.pack("!I", len(token)) + token)
    expect(read_message(connection), "started")


def begin_direct(connection, operation, **metadata):
    text = json.dumps(metadata).encode()
    connection.sendall(struct.pack("!II", operation, len(text)) + text)
    expect(json.loads(read_exactly(connection, 8192)), "started")


def copy_chunks(connection, output):
    while True:
        left = read_number(connection, "!Q")
        if left == 0:
            return
        if left == 2**64 - 1:
            expect(read_message(connection), "completed")
        while left:
            piece = connection.recv(min(left, CHUNK))
            if not piece:
                raise Failed("the connection ended early")
            output.write(piece)
            left -= len(piece)


def copy_to_end(connection, output):
    # A failed send ends in a reset, which is an OSError here. On a Unix socket there is none: prefer tokens there.
    while piece := connection.recv(CHUNK):
        output.write(piece)


def upload(connection, source):
    """Sends until the end, or until the daemon wants no more; then its answer says why."""
    try:
        while piece := source.read(CHUNK):
            if select.select([connection], [], [], 0)[0]:
                return
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)
    except (BrokenPipeError, ConnectionResetError):
        pass


def main(arguments):
    verb, place, *names = arguments
    source, output = sys.stdin.buffer, sys.stdout.buffer
    with connect(place) as connection:
        if verb == "fetch":
            begin_with_token(connection, source.readline().strip())
            copy_chunks(connection, output)
        elif verb == "fetch-direct":
            begin_direct(connection, 1, dataset=names[0], snapshot=names[1])
            copy_to_end(connection, output)
        elif verb == "put":
            begin_with_token(connection, os.fdopen(3, "rb").readline().strip())
            upload(connection, source)
            print(json.dumps(expect(read_message(connection), "completed")), file=sys.stderr)
        elif verb == "put-direct":
            begin_direct(connection, 2, dataset=names[0])
            upload(connection, source)
            line = connection.makefile("rb").readline()
            print(json.dumps(expect(json.loads(line), "completed")), file=sys.stderr)
        else:
            raise ValueError
    output.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (ValueError, IndexError) as error:
        sys.exit(f"{error}\n{__doc__}")
    except (Failed, OSError) as error:
        sys.exit(str(error))
