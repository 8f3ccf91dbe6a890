"""Deployments to test: tiny servers that answer as they are told, and remember what they were asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

TOKEN = "token-of-a-real-provider"
LIST = '{"data": []}'
PASSED_ON = {"www-authenticate", "etag", "cache-control", "content-encoding", "vary"}


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def knows_token(self) -> bool:
        return self.headers.get("Authorization") == f"Bearer {TOKEN}"


@dataclass(frozen=True)
class Answer:
    status: int
    content: str | bytes = ""
    media_type: str = "application/vnd.api+json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Deployment:
    url: str
    asked: list[Question]
    connections: list[socket.socket] = field(default_factory=list)

    @property
    def methods(self) -> set[str]:
        return {question.method for question in self.asked}

    def hang_up(self) -> None:
        """Close every connection."""
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def deployed(answer: Callable[[Question], Answer | None]) -> Iterator[Deployment]:
    """A server whose every answer is made by a function; where that makes none, the connection is closed."""
    asked: list[Question] = []
    connections: list[socket.socket] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            question = Question(self.command, self.path, dict(self.headers), body)
            asked.append(question)
            if self.connection not in connections:
                connections.append(self.connection)
            made = answer(question)
            if made is None:
                self.close_connection = True
                return
            content = made.content.encode() if isinstance(made.content, str) else made.content
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            if made.media_type:
                self.send_header("Content-Type", made.media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield Deployment(f"http://127.0.0.1:{server.server_address[1]}", asked, connections)
        finally:
            server.shutdown()


def keeper(question: Question) -> Answer:
    """Answers any list, to the one token it knows; has no control API."""
    if not question.path.startswith("/api/"):
        return Answer(404, '{"error": "Resource not found"}')
    return Answer(200, LIST) if question.knows_token else Answer(401, '{"error": "HTTP Token: Access denied"}')


def standing_before(url: str, its_token: str) -> Callable[[Question], Answer]:
    """A proxy before a sandbox, which hides that it is one: no control API, and a token of its own."""
    session = requests.Session()

    def answer(question: Question) -> Answer:
        if not question.path.startswith("/api/"):
            return Answer(404, '{"error": "Resource not found"}')
        headers: dict[str, str | None] = {"Accept-Encoding": None}  # only what was asked for is passed on
        headers |= {name: value for name, value in question.headers.items() if name != "Host"}
        if authorization := question.headers.get("Authorization"):
            headers["Authorization"] = authorization.replace(TOKEN, its_token)
        with session.request(
            question.method, url + question.path, headers=headers, data=question.body, stream=True
        ) as said:
            content = said.raw.read(decode_content=False)
            passed_on = {name: value for name, value in said.headers.items() if name.lower() in PASSED_ON}
            return Answer(said.status_code, content, said.headers.get("Content-Type", ""), passed_on)

    return answer
