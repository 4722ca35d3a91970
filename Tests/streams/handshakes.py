"""Handshakes that are wrong at each byte."""
import json
import socket
import struct
import threading
import time

import lab
from daemon import zfs_processes
from report import equal, eventually, expect, test
from sockets import connect, read, read_json, reset, show_header

SOURCE = "a/hand"


def answer(transport, data, half_close=False):
    """Everything that the server says to these bytes until it closes."""
    connection = connect(transport, timeout=15)
    try:
        connection.sendall(data)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        parts = []
        while part := connection.recv(1 << 16):
            parts.append(part)
        return b"".join(parts)
    except ConnectionError:
        return b""
    finally:
        connection.close()


def is_failure(data):
    """An error in the form of either protocol, or none at all."""
    if not data:
        return True
    if len(data) == 8192:
        return json.loads(data)["status"] == "failed"
    (length,) = struct.unpack("!I", data[:4])
    message = json.loads(data[4:])
    return length == len(data) - 4 and message["status"] == "failed" and bool(message["error"] and message["reason"])


@test("length prefixes and operations that mean nothing are refused at once", 120)
def _():
    for transport in ("tcp", "unix"):
        for prefix in (0, 3, 4, 15, 513, 1 << 16, 1 << 31, (1 << 32) - 1):
            start = time.monotonic()
            told = answer(transport, struct.pack("!I", prefix) + b"x" * 32)
            expect(is_failure(told), f"{prefix}: {told[:200]}")
            expect(time.monotonic() - start < 3, f"{prefix} took {time.monotonic() - start} s")
        for token in (bytes(32), b"\xff" * 32, b"x y" * 8, b"\r\n" * 20):
            told = answer(transport, struct.pack("!I", len(token)) + token)
            expect(told and is_failure(told), f"{token}: {told[:200]}")


@test("metadata that is too long, no JSON, or says what nobody knows is refused", 120)
def _():
    lab.snapshot(SOURCE, 1)
    good = {"dataset": SOURCE, "snapshot": lab.SNAPSHOT}
    texts = [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"dataset":"a"', b"{}", b'{"dataset":1}', b'{"dataset":"-R"}',
        b"[" * 5000, json.dumps({**good, "unknown": 1}).encode(), json.dumps({**good, "recursive": "yes"}).encode(),
        json.dumps({**good, "dataset": SOURCE + "@x"}).encode(), json.dumps({"dataset": SOURCE}).encode(),
        json.dumps({**good, "snapshot": "missing"}).encode(), json.dumps({**good, "dataset": "a/missing"}).encode(),
        json.dumps({**good, "snapshot": "a;b"}).encode(), json.dumps(good).encode() + b"}",
        b'{"dataset":"a/hand","dataset":"a/hand","snapshot":"only"}', json.dumps({**good, "pad": "x" * 65000}).encode()]
    for transport in ("tcp", "unix"):
        for text in texts:
            told = answer(transport, struct.pack("!II", 1, len(text)) + text)
            expect(told and is_failure(told), f"{text[:80]}: {told[:200]}")
        for length in (65537, 1 << 20, 1 << 30, (1 << 32) - 1):
            for operation in (1, 2):
                told = answer(transport, struct.pack("!II", operation, length) + b"{" * 100)
                expect(is_failure(told), f"{length}: {told[:200]}")
    equal(lab.names("b/hand"), [], "what was received")


@test("a connection may close or be reset at every byte of the handshake", 240)
def _():
    lab.snapshot(SOURCE, 1)
    token = lab.daemon.call("token_create_send", dataset=SOURCE, snapshot=lab.SNAPSHOT, max_uses=1000)["token"].encode()
    metadata = json.dumps({"dataset": SOURCE, "snapshot": lab.SNAPSHOT}).encode()
    for whole in (struct.pack("!I", len(token)) + token, struct.pack("!II", 1, len(metadata)) + metadata):
        for transport in ("tcp", "unix"):
            for count in range(0, len(whole) + 1):
                connection = connect(transport)
                connection.sendall(whole[:count])
                reset(connection) if count % 2 else connection.close()
    eventually(5, lambda: not zfs_processes(), "no zfs process")


@test("a handshake that stops half-way is cut after 10 seconds, and others are not delayed by it", 60)
def _():
    lab.snapshot(SOURCE, 1)
    starts = [b"", b"\0\0", struct.pack("!I", 64), struct.pack("!I", 64) + b"x" * 30, struct.pack("!II", 1, 100),
              struct.pack("!II", 1, 100) + b'{"dataset"']
    held = [connect(transport) for transport in ("tcp", "unix") for _ in starts]
    begun = time.monotonic()
    for connection, start in zip(held, starts * 2):
        connection.sendall(start)
    # One that sends a byte now and then has no more time than the others.
    dripping = connect("tcp")
    dripping.sendall(struct.pack("!I", 64))
    fast = time.monotonic()
    connection = connect("tcp")
    show_header(connection, 1, {"dataset": SOURCE, "snapshot": lab.SNAPSHOT})
    connection.close()
    expect(time.monotonic() - fast < 3, "a good client waits for the bad ones")
    for connection in held:
        connection.settimeout(20)
        try:
            while connection.recv(4096):
                pass
        except ConnectionError:
            pass
        lasted = time.monotonic() - begun
        expect(8 < lasted < 14, f"cut after {lasted} s")
        connection.close()
        if time.monotonic() - begun < 9.5:
            dripping.sendall(b"x")
    try:
        dripping.settimeout(4)
        while dripping.recv(4096):
            pass
    except ConnectionError:
        pass
    dripping.close()


@test("bytes that come with the handshake in one piece are part of the stream")
def _():
    lab.snapshot(SOURCE, 2)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    for transport in ("tcp", "unix"):
        for place in ("header", "token"):
            if place == "header":
                metadata = json.dumps({"dataset": "b/hand"}).encode()
                begin = struct.pack("!II", 2, len(metadata)) + metadata
            else:
                token = lab.daemon.call("token_create_receive", dataset="b/hand")["token"].encode()
                begin = struct.pack("!I", len(token)) + token
            connection = connect(transport)
            sender = threading.Thread(target=lambda: (
                connection.sendall(begin + stream), connection.shutdown(socket.SHUT_WR)))
            sender.start()
            if place == "header":
                equal(json.loads(read(connection, 8192))["status"], "started", "status")
                last = json.loads(connection.makefile("rb").readline())
            else:
                equal(read_json(connection)["status"], "started", "status")
                last = read_json(connection)
            sender.join()
            connection.close()
            equal(last["status"], "completed", f"{last}")
            equal(last["bytes"], len(stream), "bytes")
            lab.destroy("b/hand")


@test("a handshake that comes byte by byte is understood")
def _():
    lab.snapshot(SOURCE, 1)
    token = lab.daemon.call("token_create_send", dataset=SOURCE, snapshot=lab.SNAPSHOT)["token"].encode()
    connection = connect("tcp")
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in struct.pack("!I", len(token)) + token:
        connection.sendall(bytes([byte]))
        time.sleep(0.005)
    equal(read_json(connection)["status"], "started", "status")
    connection.close()
