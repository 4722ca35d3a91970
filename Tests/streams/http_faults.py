"""What is particular to HTTP."""
import http.client
import os
import socket
import time

import lab
import ways
from daemon import PORT, zfs_processes
from http_streams import HTTPDownload
from outcomes import Cut, Refused
from report import equal, eventually, expect, test
from sockets import reset

SOURCE = "a/http"


def raw(data, read=True, timeout=15):
    """What the server answers to these bytes until it closes or says nothing more."""
    connection = socket.create_connection(("127.0.0.1", PORT), timeout=timeout)
    try:
        connection.sendall(data)
        parts = []
        while read and (part := connection.recv(1 << 16)):
            parts.append(part)
        return b"".join(parts)
    except ConnectionError:
        return b"".join(parts)
    finally:
        connection.close()


def path(operation, dataset, **options):
    return ways._path(ways.HTTP.session(operation, dataset, **options))


@test("the head of a stream says what it is")
def _():
    lab.snapshot(SOURCE, 1)
    download = ways.HTTP.download(SOURCE)
    head = {name.lower(): value for name, value in download.started.items()}
    equal(head["content-type"], "application/octet-stream", "type")
    equal(head["x-zfs-dataset"], SOURCE, "dataset")
    expect(head["x-zfs-snapshot"].endswith(lab.SNAPSHOT), "snapshot")
    expect("attachment" in head["content-disposition"], "disposition")
    equal(head["transfer-encoding"], "chunked", "framing")
    stream = ways.whole(download)
    equal(lab.sh_bytes("zfs", "send", "-c", f"{SOURCE}@{lab.SNAPSHOT}")[:8], stream[:8], "begin of the stream")


@test("errors before the first byte have a status and our body")
def _():
    lab.snapshot(SOURCE, 1)
    url = path("send", SOURCE, snapshot=lab.SNAPSHOT)
    lab.destroy(SOURCE)
    try:
        ways.whole(HTTPDownload(url))
        raise AssertionError("sent what is gone")
    except Refused as refusal:
        equal(refusal.answer["status"], 404, f"{refusal.answer}: status")
        expect(refusal.reason in ("dataset_not_found", "snapshot_not_found"), f"{refusal.answer}")


@test("a body that is shorter than its Content-Length is not received", 60)
def _():
    lab.snapshot(SOURCE, 2)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    # The whole stream, but less than was announced: nobody knows what is missing.
    cases = (len(stream), len(stream) - 1), (len(stream), len(stream) // 2), (len(stream) + 100, len(stream))
    for announced, sent in cases:
        for end in ("half-close", "reset"):
            upload = ways.HTTP.upload("b/http", length=announced)
            upload.write(stream[:sent])
            if end == "reset":
                time.sleep(0.2)
                upload.reset()
            else:
                upload.half_close()
                try:
                    answer = upload.answer()
                    expect(announced > len(stream), f"received: {answer}")
                except (Refused, Cut):
                    pass
            eventually(5, lambda: not zfs_processes(), "zfs receive ends")
            if announced == len(stream):
                equal(lab.names("b/http"), [], f"what is left of {sent} of {announced}, {end}")
            lab.destroy("b/http")


@test("a chunked body without its last chunk is not received, and one with Content-Length is", 60)
def _():
    lab.snapshot(SOURCE, 2)
    stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
    upload = ways.HTTP.upload("b/http")
    upload.write(stream[:-1])
    upload.connection.shutdown(socket.SHUT_WR)
    try:
        raise AssertionError(upload.answer())
    except (Refused, Cut):
        pass
    eventually(5, lambda: lab.names("b/http") == [], "nothing is left")
    upload = ways.HTTP.upload("b/http", length=len(stream))
    upload.write(stream)
    answer = upload.finish()
    equal((answer["success"], answer["bytes_received"], answer["dataset"]), (True, len(stream), "b/http"), "answer")
    expect(answer["duration"] >= 0 and "rate_mbps" in answer, f"{answer}")


@test("Expect: 100-continue is answered when the session was begun, and not when it is refused", 60)
def _():
    url = path("receive", "b/http")
    head = f"POST {{}} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n"
    connection = socket.create_connection(("127.0.0.1", PORT), timeout=10)
    connection.sendall(head.format(url).encode())
    told = connection.recv(4096)
    expect(told.startswith(b"HTTP/1.1 100"), f"{told}")
    reset(connection)
    told = raw(head.format("/stream/" + "0" * 32).encode())
    expect(told.startswith(b"HTTP/1.1 404"), f"{told[:200]}")
    eventually(3, lambda: not zfs_processes(), "zfs receive ends")


@test("HTTP/1.0 gets no stream whose end it could not see", 30)
def _():
    lab.snapshot(SOURCE, 1)
    url = path("send", SOURCE, snapshot=lab.SNAPSHOT)
    told = raw(f"GET {url} HTTP/1.0\r\nHost: 127.0.0.1:{PORT}\r\n\r\n".encode())
    status = int(told.split()[1])
    expect(status in (400, 426, 505), f"{told[:200]}")


@test("a stream that fails has no last chunk, and a killed zfs is a failure", 60)
def _():
    lab.snapshot(SOURCE, 60)
    url = path("send", SOURCE, snapshot=lab.SNAPSHOT)
    connection = socket.create_connection(("127.0.0.1", PORT), timeout=10)
    connection.sendall(f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n\r\n".encode())
    connection.recv(65536)
    for process in zfs_processes():
        os.kill(process, 9)
    told = b""
    try:
        while part := connection.recv(1 << 20):
            told = (told + part)[-100:]
    except ConnectionError:
        pass
    connection.close()
    expect(not told.endswith(b"0\r\n\r\n"), "it ended as if it were whole")


@test("requests behind a stream on the same connection do no harm", 60)
def _():
    lab.snapshot(SOURCE, 4)
    whole = len(ways.whole(ways.HTTP.download(SOURCE)))
    url = path("send", SOURCE, snapshot=lab.SNAPSHOT)
    request = f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n\r\n".encode()
    told = raw(request + b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 20 + b"\0garbage", timeout=8)
    expect(len(told) > whole, f"{len(told)} bytes of {whole}")
    equal(lab.daemon.get("/health")[0], 200, "health")


@test("HEAD and other methods start nothing", 30)
def _():
    lab.snapshot(SOURCE, 1)
    url = path("send", SOURCE, snapshot=lab.SNAPSHOT)
    for method in ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
        connection.request(method, url, headers={"Content-Length": "0"})
        status = connection.getresponse().status
        connection.close()
        expect(status in (200, 204, 405) if method in ("HEAD", "OPTIONS") else status == 405, f"{method}: {status}")
    equal(zfs_processes(), [], "processes")
    ways.whole(HTTPDownload(url))


@test("a client that stops reading is slowed down and not cut, and memory stays flat", 60)
def _():
    lab.snapshot(SOURCE, 60)
    before = lab.daemon.memory()
    for way in ways.ALL:
        download = way.download(SOURCE)
        download.read(1000)
        time.sleep(2)
        ways.whole(download)
    expect(lab.daemon.memory() - before < 20_000, f"{before} KB became {lab.daemon.memory()}")
