"""The five ways in which a stream goes over a connection, behind one face.

`download` and `upload` ask for the right to a transfer as that way does (a token, a session, or nothing) and begin it.
"""
import lab
from http_streams import HTTPDownload, HTTPUpload
from sockets import (
    RawDownload, RawUpload, TokenDownload, TokenUpload, connect, show_header, show_token)

SEND, RECEIVE = 1, 2


class TokenWay:
    def __init__(self, transport):
        self.transport = transport
        self.name = f"{transport} by token"

    def download(self, dataset, snapshot=lab.SNAPSHOT, **options):
        token = lab.daemon.call("token_create_send", dataset=dataset, snapshot=snapshot, **options)["token"]
        connection = connect(self.transport)
        return TokenDownload(connection, _closing(connection, show_token, token))

    def upload(self, dataset, **options):
        token = lab.daemon.call("token_create_receive", dataset=dataset, **options)["token"]
        connection = connect(self.transport)
        return TokenUpload(connection, _closing(connection, show_token, token))


class HeaderWay:
    def __init__(self, transport):
        self.transport = transport
        self.name = f"{transport} by header"

    def download(self, dataset, snapshot=lab.SNAPSHOT, **options):
        connection = connect(self.transport)
        metadata = {"dataset": dataset, "snapshot": snapshot, **options}
        return RawDownload(connection, _closing(connection, show_header, SEND, metadata))

    def upload(self, dataset, **options):
        connection = connect(self.transport)
        return RawUpload(connection, _closing(connection, show_header, RECEIVE, {"dataset": dataset, **options}))


class HTTPWay:
    name = "HTTP"
    transport = "http"

    def session(self, operation, dataset, **options):
        return lab.daemon.call("stream_init", operation=operation, dataset=dataset, **options)

    def download(self, dataset, snapshot=lab.SNAPSHOT, **options):
        return HTTPDownload(_path(self.session("send", dataset, snapshot=snapshot, **options)))

    def upload(self, dataset, length=None, **options):
        options.setdefault("resumable", False)
        return HTTPUpload(_path(self.session("receive", dataset, **options)), length)


def _path(session):
    url = session["url"]
    return url if url.startswith("/") else "/" + url.split("/", 3)[3]


def _closing(connection, show, *arguments):
    try:
        return show(connection, *arguments)
    except Exception:
        connection.close()
        raise


TCP, UNIX = TokenWay("tcp"), TokenWay("unix")
TCP_HEADER, UNIX_HEADER = HeaderWay("tcp"), HeaderWay("unix")
HTTP = HTTPWay()
ALL = [TCP, UNIX, TCP_HEADER, UNIX_HEADER, HTTP]


def warm_up():
    """One transfer over each way, both directions."""
    if not lab.exists("a/keep/warm"):
        lab.sh("zfs", "create", "-p", "a/keep/warm")
        lab.sh("zfs", "snapshot", f"a/keep/warm@{lab.SNAPSHOT}")
    for way in ALL:
        source, target = way.download("a/keep/warm"), way.upload("b/warm")
        relay(source, target)
        target.finish()
        source.close()
        lab.destroy("b/warm")


def relay(source, target, count=None):
    """Moves the bytes of a download to an upload, all or so many; gives their number."""
    moved = 0
    while count is None or moved < count:
        part = source.read(1 << 20 if count is None else min(1 << 20, count - moved))
        if not part:
            break
        target.write(part)
        moved += len(part)
    return moved


def whole(download):
    """All bytes of a download."""
    parts = []
    while part := download.read(1 << 20):
        parts.append(part)
    download.close()
    return b"".join(parts)
