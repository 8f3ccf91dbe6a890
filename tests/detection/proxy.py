"""What stands between a client and the sandbox, and spoils answers of the API on their way."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

from tests.detection.answers import Answer, Mishear, Question, Spoil, untouched

BY_HOP: Final = frozenset({"connection", "content-length", "transfer-encoding", "content-type", "date", "server"})


@dataclass
class Proxy:
    """Where it is, and how many answers it has spoilt. `spoil` may be another at any time."""

    spoil: Spoil
    mishear: Mishear = untouched
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

    def misheard(self, question: Question) -> Question | None:
        """What is asked instead of it, if anything is."""
        if not question.path.startswith("/api/"):
            return None
        with self._lock:
            return self.mishear(question)

    def counts(self, answer: Answer, straight: Answer | None) -> None:
        """What was asked otherwise is spoilt, if another answer comes of it; a write is in any case."""
        if straight is None or (answer.status, answer.body) != (straight.status, straight.body):
            with self._lock:
                self.spoilt += 1


@contextmanager
def spoiling(upstream: str, spoil: Spoil, mishear: Mishear = untouched) -> Iterator[Proxy]:
    """A proxy before a sandbox, until the block ends."""
    proxy = Proxy(spoil, mishear)
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

        def _send(self, question: Question) -> HTTPResponse:
            place = f"{question.path}?{question.query}" if question.query else question.path
            self.upstream.request(question.method, place, question.body or None, dict(question.headers))
            return self.upstream.getresponse()

        def _ask(self, question: Question) -> tuple[Answer, bool]:
            try:
                came = self._send(question)
            except RemoteDisconnected:  # it has been idle for too long, and nothing was taken
                self.upstream.close()
                came = self._send(question)
            packed = came.getheader("content-encoding") == "gzip"
            content = gzip.decompress(came.read()) if packed else came.read()
            own = {name.lower(): value for name, value in came.getheaders() if name.lower() not in BY_HOP}
            kind = came.getheader("content-type", "")
            told = Answer(question.method, question.path, question.query, came.status, kind, content, own)
            return replace(told, token=question.token), packed

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
            path, _, query = self.path.partition("?")
            question = Question(self.command, path, query, headers, body)
            other = proxy.misheard(question)
            straight = self._ask(question)[0] if other and self.command == "GET" else None
            came, packed = self._ask(other or question)
            came = replace(came, method=self.command, path=path, query=query)
            if other:
                proxy.counts(came, straight)
            answer = proxy.passes(came)
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
