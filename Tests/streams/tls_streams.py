"""The same over TLS, where bytes pass through the daemon itself."""
import contextlib
import os
import signal
import ssl
import struct
import subprocess

import lab
import trees
import ways
from daemon import TRANSFER_PORT, zfs_processes
from http_streams import HTTPDownload, refused
from outcomes import Cut, Refused
from report import equal, expect, test

SOURCE, COPY = "a/tls", "b/tls"
CERTIFICATE, KEY = f"{lab.SCRATCH}/certificate.pem", f"{lab.SCRATCH}/certificate.key"


@contextlib.contextmanager
def encrypted():
    """A daemon whose listeners on TCP speak TLS."""
    lab.sh("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
           "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", KEY, "-out", CERTIFICATE)
    lab.daemon.more = f"tls: {{certificate: {CERTIFICATE}, key: {KEY}}}\n"
    lab.daemon.stop()
    lab.daemon.trust = ssl.create_default_context(cafile=CERTIFICATE)
    lab.daemon.start()
    try:
        yield
    finally:
        lab.daemon.stop()
        lab.daemon.more, lab.daemon.trust = "", None
        lab.daemon.start()


def received(stream):
    """Whether a stream makes the same dataset."""
    lab.sh("zfs", "receive", COPY, input=stream)
    equal(trees.guids(COPY), trees.guids(SOURCE), "GUID")
    equal(trees.contents(COPY), trees.contents(SOURCE), "content")
    lab.destroy(COPY)


@test("streams go over TLS in both directions, by token and by HTTPS", 240)
def _():
    lab.snapshot(SOURCE, 16)
    with encrypted():
        stream = ways.whole(ways.TCP.download(SOURCE))
        received(stream)
        equal(ways.whole(ways.HTTP.download(SOURCE)), stream, "the stream by HTTPS")
        url = ways._path(ways.HTTP.session("receive", COPY))
        connection = lab.daemon.connection(60)
        connection.request("POST", url, stream, lab.daemon.headers())
        answer = connection.getresponse()
        equal(answer.status, 200, f"{answer.read()}")
        connection.close()
        equal(trees.guids(COPY), trees.guids(SOURCE), "GUID")
        equal(trees.contents(COPY), trees.contents(SOURCE), "content")
        lab.destroy(COPY)
        token = lab.daemon.call("token_create_receive", dataset=COPY)["token"].encode()
        told = subprocess.run(
            ["socat", "-t", "30", "-", f"OPENSSL:127.0.0.1:{TRANSFER_PORT},cafile={CERTIFICATE}"],
            input=struct.pack("!I", len(token)) + token + stream, stdout=subprocess.PIPE, timeout=60).stdout
        expect(b'"status":"completed"' in told, f"{told}")
        equal(trees.contents(COPY), trees.contents(SOURCE), "content")


@test("over TLS too a send that fails never looks whole, and a body that breaks off is not received", 240)
def _():
    lab.snapshot(SOURCE, 60)
    with encrypted():
        for way, wanted in ((ways.TCP, Refused), (ways.HTTP, Cut)):
            download = way.download(SOURCE)
            download.read(1000)
            for process in zfs_processes():
                os.kill(process, signal.SIGKILL)
            try:
                ways.whole(download)
                raise AssertionError(f"{way.name} looks whole")
            except wanted:
                download.close()
        stream = lab.sh_bytes("zfs", "send", f"{SOURCE}@{lab.SNAPSHOT}")
        connection = lab.daemon.connection(60)
        connection.putrequest("POST", ways._path(ways.HTTP.session("receive", COPY, resumable=False)))
        for name, value in {**lab.daemon.headers(), "Content-Length": str(len(stream))}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(stream[:len(stream) // 2])
        connection.close()
        lab.daemon.stop()
        equal(lab.names(COPY), [], "what is left")
        lab.daemon.start()


@test("over TLS a stream that was cut is refused and can be resumed", 120)
def _():
    lab.snapshot(SOURCE, 16)
    with encrypted():
        stream = ways.whole(ways.TCP.download(SOURCE))
        connection = lab.daemon.connection(60)
        connection.request(
            "POST", ways._path(ways.HTTP.session("receive", COPY, resumable=True)), stream[:len(stream) // 2],
            lab.daemon.headers())
        answer = connection.getresponse()
        refusal = refused(answer.status, answer.read())
        connection.close()
        expect(refusal.token, f"{refusal.answer}")
        rest = ways.whole(HTTPDownload(ways._path(
            ways.HTTP.session("send", SOURCE, snapshot=lab.SNAPSHOT, resume_token=refusal.token))))
        lab.sh("zfs", "receive", "-s", COPY, input=rest)
        equal(trees.guids(COPY), trees.guids(SOURCE), "GUID")
        equal(trees.contents(COPY), trees.contents(SOURCE), "content")
