"""A client of /stream/{id}."""
import http.client
import json
import socket

import lab
from daemon import PORT
from outcomes import Cut, Refused
from sockets import reset


def refused(status, body):
    """An error body as the sockets would say it."""
    error = json.loads(body)["error"]
    data = error["data"]
    token = (data.get("details") or {}).get("resume_token")
    return Refused(
        {"status": status, "reason": data["reason"], "error": error["message"], "code": error["code"],
         "resume_token": token})


class HTTPDownload:
    def __init__(self, url):
        self.connection = lab.daemon.connection(60)
        try:
            self.connection.request("GET", url, headers=lab.daemon.headers())
            self.answer = self.connection.getresponse()
        except ConnectionError as error:
            raise Cut(str(error)) from None
        self.started = dict(self.answer.getheaders())
        if self.answer.status != 200:
            body = self.answer.read()
            self.connection.close()
            raise refused(self.answer.status, body)

    def read(self, count):
        try:
            return self.answer.read(count)
        except (http.client.IncompleteRead, http.client.HTTPException, ConnectionError) as error:
            raise Cut(repr(error)[:200]) from None

    def close(self):
        self.answer.close()
        self.connection.close()

    def reset(self):
        if self.connection.sock is not None:
            reset(self.connection.sock)
        self.close()


class HTTPUpload:
    def __init__(self, url, length=None):
        self.connection = socket.create_connection(("127.0.0.1", PORT), timeout=60)
        self.isChunked = length is None
        framing = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
        who = "".join(f"{name}: {value}\r\n" for name, value in lab.daemon.headers().items())
        head = f"POST {url} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nContent-Type: application/octet-stream\r\n"
        self.connection.sendall(f"{head}{who}{framing}\r\n\r\n".encode())
        self.started = {}

    def write(self, data):
        try:
            self.connection.sendall(b"%x\r\n%b\r\n" % (len(data), data) if self.isChunked else data)
        except ConnectionError:
            self.answer()
            raise Cut("nobody reads any more") from None

    def half_close(self):
        """Ends the stream. Who breaks off the body instead gets no answer."""
        try:
            if self.isChunked:
                self.connection.sendall(b"0\r\n\r\n")
            else:
                self.connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # answered already

    def finish(self):
        if self.isChunked:
            self.half_close()
        return self.answer()

    def answer(self):
        answer = http.client.HTTPResponse(self.connection)
        try:
            answer.begin()
            body = answer.read()
        except (http.client.HTTPException, ConnectionError) as error:
            raise Cut(repr(error)[:200]) from None
        finally:
            self.connection.close()
        if answer.status != 200:
            raise refused(answer.status, body)
        return json.loads(body)

    def close(self):
        self.connection.close()

    def reset(self):
        reset(self.connection)
