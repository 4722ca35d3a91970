"""Who may do what: a daemon that trusts nobody for being on this machine."""
import os
from contextlib import contextmanager

import lab
import ways
from daemon import CallFailed
from http_streams import HTTPDownload
from outcomes import Refused
from report import equal, test

SOURCE = "a/stranger"


@contextmanager
def distrustful():
    """Three callers with bearer tokens, of the roles operator, operator and viewer."""
    daemon = lab.daemon
    daemon.stop()
    daemon.more = "auth: {localhost_bypass: false}\n"
    daemon.start()
    daemon.expect_idle()
    try:
        yield tuple(daemon.issue(user, role) for user, role in (
            ("anna", "operator"), ("berta", "operator"), ("clara", "viewer")))
    finally:
        daemon.stop()
        daemon.more, daemon.bearer = "", None
        daemon.start()


def code(action):
    try:
        action()
    except CallFailed as error:
        return error.code
    except Refused as refusal:
        return refusal.answer.get("code")
    return None


@test("without trust in this machine: nothing without a token, nothing of others, nothing above one's role", 60)
def _():
    lab.snapshot(SOURCE, 1)
    with distrustful() as (anna, berta, clara):
        daemon = lab.daemon
        send = lambda: daemon.call("token_create_send", dataset=SOURCE, snapshot=lab.SNAPSHOT)["token"]
        equal(code(send), -32040, "a token for nobody")
        equal(code(lambda: ways.TCP_HEADER.download(SOURCE)), -32040, "a direct send for nobody")
        equal(code(lambda: ways.TCP_HEADER.upload("b/stranger")), -32040, "a direct receive for nobody")
        ways.whole(ways.UNIX_HEADER.download(SOURCE))
        daemon.bearer = clara
        equal(code(send), -32042, "a token for a viewer")
        equal(code(lambda: ways.HTTP.session("send", SOURCE, snapshot=lab.SNAPSHOT)), -32042, "a session for a viewer")
        daemon.bearer = berta
        for operation in (ways.TCP, ways.HTTP):
            equal(code(lambda: operation.upload("b/stranger")), -32042, "a receive for an operator")
        equal(code(lambda: daemon.call("receive_from_file", input_file=f"{lab.FILES}/x", target_dataset="b/stranger")),
              -32042, "a receive from a file for an operator")
        daemon.bearer = anna
        token = send()
        session = ways.HTTP.session("send", SOURCE, snapshot=lab.SNAPSHOT)["stream_id"]
        daemon.bearer = berta
        equal(code(lambda: daemon.call("token_revoke", token_id=token)), -32050, "to revoke another's token")
        equal(code(lambda: daemon.call("stream_cancel", stream_id=session)), -32050, "to cancel another's session")
        equal(daemon.call("token_list")["tokens"], [], "tokens of berta")
        equal(daemon.call("stream_list")["sessions"], [], "sessions of berta")
        for bearer, status in ((berta, 404), (None, 401)):
            daemon.bearer = bearer
            try:
                HTTPDownload(f"/stream/{session}").close()
                raise AssertionError("another's session was served")
            except Refused as refusal:
                equal(refusal.answer["status"], status, "status")
        daemon.bearer = anna
        whole = len(ways.whole(HTTPDownload(f"/stream/{session}")))
        # Whoever has the token may use it, in a header too, but only for what it is for.
        connection = ways.connect("tcp")
        daemon.bearer = None
        ways.show_header(connection, ways.SEND, {"token": token, "dataset": SOURCE})
        equal(len(ways.whole(ways.RawDownload(connection, None))), whole, "bytes by token in a header")
        daemon.bearer = anna
        for metadata in ({"dataset": "a"}, {"snapshot": "other"}, {"raw": True}):
            connection = ways.connect("tcp")
            try:
                ways.show_header(connection, ways.SEND, {"token": send(), **metadata})
                raise AssertionError(f"served beside {metadata}")
            except Refused:
                connection.close()
        connection = ways.connect("tcp")
        try:
            ways.show_header(connection, ways.RECEIVE, {"token": send()})
            raise AssertionError("received by a token to send")
        except Refused:
            connection.close()
        equal(lab.names("b/stranger"), [], "what was received")


@test("what a limited admin receives is not mounted, sets no mount point and runs nothing as root", 90)
def _():
    lab.sh("zfs", "create", "-o", "sharenfs=off", "-o", f"mountpoint={lab.SCRATCH}/evil", "-o", "canmount=on", "-o",
           "setuid=on", "-o", "exec=on", "-o", "devices=on", SOURCE)
    lab.sh("zfs", "create", f"{SOURCE}/child")
    program = f"{lab.SCRATCH}/evil/program"
    with open(program, "wb") as file:
        file.write(b"#!/bin/sh\nid\n")
    os.chmod(program, 0o4755)
    lab.sh("zfs", "snapshot", "-r", f"{SOURCE}@{lab.SNAPSHOT}")
    lab.sh("zfs", "create", "-V", "4M", f"{SOURCE}/volume")
    lab.sh("zfs", "snapshot", "-r", f"{SOURCE}@later")
    lab.sh("zfs", "unmount", SOURCE)
    full = lab.sh_bytes("zfs", "send", "-R", f"{SOURCE}@{lab.SNAPSHOT}")
    increment = lab.sh_bytes("zfs", "send", "-R", "-I", f"{SOURCE}@{lab.SNAPSHOT}", f"{SOURCE}@later")
    lab.sh("zfs", "create", "b/stranger")
    with distrustful():
        lab.daemon.bearer = lab.daemon.issue("dora", "admin", "b/stranger")
        for way in (ways.TCP, ways.UNIX, ways.HTTP):
            for stream in (full, increment):
                upload = way.upload("b/stranger/copy")
                upload.write(stream)
                upload.finish()
                for name in ("b/stranger/copy", "b/stranger/copy/child"):
                    equal(lab.property(name, "mounted"), "no", f"{name} mounted")
                    equal(lab.property(name, "mountpoint"), "/" + name, f"{name} mountpoint")
                    for key in ("setuid", "exec", "devices"):
                        equal(lab.property(name, key), "off", f"{name} {key}")
            equal(lab.property("b/stranger/copy/volume", "type"), "volume", "the volume")
            lab.destroy("b/stranger/copy")
        for outside in ("b", "b/other", "b/strangers", "a/stranger"):
            for way in (ways.TCP, ways.HTTP):
                equal(code(lambda: way.upload(outside)), -32042, f"a receive into {outside}")
