"""What stands between a client and the sandbox, and spoils answers of the API on their way."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

from tests.detection.answers import Answer, Spoil

BY_HOP: Final = frozenset({"connection", "content-length", "transfer-encoding", "content-type", "date", "server"})


@dataclass
class Proxy:
    """Where it is, and how many answers it has spoilt. `spoil` may be another at any time."""

    spoil: Spoil
    url: str = ""
    spoilt: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def passes(self, answer: Answer) -> Answer:
        """The answer as it goes on."""
        if not answer.path.startswith("/api/"):
            return answer
        with self._lock:
            other = self.spoil(answer)
            self.spoilt += other is not None
        return other or answer


@contextmanager
def spoiling(upstream: str, spoil: Spoil) -> Iterator[Proxy]:
    """A proxy before a sandbox, until the block ends."""
    proxy = Proxy(spoil)
    place = urlsplit(upstream)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # so that an answer leaves as a whole

        def setup(self) -> None:
            super().setup()
            self.upstream = HTTPConnection(place.hostname or "", place.port)

        def finish(self) -> None:
            self.upstream.close()
            super().finish()

        def _ask(self, body: bytes, headers: dict[str, str]) -> HTTPResponse:
            try:
                self.upstream.request(self.command, self.path, body or None, headers)
                return self.upstream.getresponse()
            except RemoteDisconnected:  # it has been idle for too long, and nothing was taken
                self.upstream.close()
                self.upstream.request(self.command, self.path, body or None, headers)
                return self.upstream.getresponse()

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            came = self._ask(body, headers)
            path, _, query = self.path.partition("?")
            packed = came.getheader("content-encoding") == "gzip"
            content = gzip.decompress(came.read()) if packed else came.read()
            own = {name.lower(): value for name, value in came.getheaders() if name.lower() not in BY_HOP}
            kind = came.getheader("content-type", "")
            answer = proxy.passes(Answer(self.command, path, query, came.status, kind, content, own))
            content = gzip.compress(answer.body, 1) if packed else answer.body
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.type:
                self.send_header("content-type", answer.type)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _pass_on

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
