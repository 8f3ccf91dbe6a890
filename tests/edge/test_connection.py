"""What clients that do not behave can do to a connection: nothing that lasts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from sandbox.edge.body import Gone, whole
from sandbox.edge.connection import LARGEST, PATIENT, Connection, Patience
from sandbox.edge.crowd import Crowd

SOON = Patience(headers=0.2, body=0.2, reading=0.2)
CHUNKED = b"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
Ask = Callable[..., Coroutine[Any, Any, bytes]]


class Echo:
    """An application that answers with the headers and the body of a request; it knows what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(scope["path"])
        try:
            body = await whole(receive, 1 << 20) or b""
        except Gone:
            self.asked.append("gone")
            return
        said = b"%r|%b" % (scope["headers"], body if scope["path"] != "/large" else b"x" * (8 << 20))
        headers = [(b"content-length", b"%d" % len(said))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": said})


@asynccontextmanager
async def served(app: Echo, patience: Patience, most: int = 100) -> AsyncIterator[int]:
    """The port on which this application is served."""
    config, state = uvicorn.Config(app, ws="none", log_level="warning"), ServerState()
    config.load()
    protocol = partial(
        Connection, config=config, server_state=state, app_state={}, crowd=Crowd(most), patience=patience
    )
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for connection in list(state.connections):
            connection.transport.abort()


def answers(*parts: bytes | float, app: Echo | None = None, patience: Patience = PATIENT, until: float = 5) -> bytes:
    """All that comes back over one connection for these bytes, with so many seconds between them."""

    async def ask() -> bytes:
        async with served(app or Echo(), patience) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for part in parts:
                if isinstance(part, float):
                    await asyncio.sleep(part)
                else:
                    writer.write(part)
            read = b""
            try:
                async with asyncio.timeout(until):
                    while got := await reader.read(1 << 16):
                        read += got
            except TimeoutError:
                read += b"<still open>"
            writer.close()
            return read

    return asyncio.run(ask())


def get(*headers: bytes, path: bytes = b"/x") -> bytes:
    return b"\r\n".join([b"GET %b HTTP/1.1" % path, b"Host: h", *headers, b"", b""])


LAST = get(b"Connection: close")


@pytest.mark.parametrize(
    "request_",
    [
        get(b"Name: " + b"x" * LARGEST),
        b"GET /" + b"x" * LARGEST + b" HTTP/1.1\r\n\r\n",
        get(*[b"N%d: x" % number for number in range(10_000)]),
        b"GET /x HTTP/1.1\r\nName: " + b"x" * LARGEST,
        b"GET /" + b"x" * LARGEST,
        CHUNKED + b"\r\n1;" + b"x" * LARGEST,
        CHUNKED + b"\r\n" + b"1;xxxxxxxxxxxxxxxxxxxxxxxxxx\r\nx\r\n" * 5000,
        CHUNKED + b"\r\n0\r\nTrailer: " + b"x" * LARGEST,
        CHUNKED + b"\r\n0\r\n" + b"Trailer: x\r\n" * 10_000,
        CHUNKED + b"Name: " + b"x" * 40_000 + b"\r\n\r\n0\r\nTrailer: " + b"x" * 40_000,
        b"\r\n" * LARGEST,
    ],
    ids=[
        "header",
        "path",
        "headers",
        "unending header",
        "unending path",
        "chunk's extension",
        "chunks' extensions",
        "trailer",
        "trailers",
        "headers and trailers",
        "empty lines",
    ],
)
def test_what_is_not_body_may_have_64_kilobytes_in_all(request_: bytes) -> None:
    app = Echo()
    assert answers(request_, app=app).startswith(b"HTTP/1.1 431 ")
    assert app.asked in ([], ["/x", "gone"])


def test_the_limit_is_of_one_request_and_not_of_its_body() -> None:
    large = get(b"Name: " + b"x" * (LARGEST - 100))
    body = b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n" + b"y" * 900_000
    chunks = CHUNKED + b"\r\n" + b"1\r\nz\r\n" * 50_000 + b"0\r\n\r\n"
    said = answers(large, 0.05, large, 0.05, body, 0.05, chunks, 0.05, LAST)
    assert said.count(b"HTTP/1.1 200 ") == 5
    assert (said.count(b"y" * 900_000), said.count(b"z" * 50_000)) == (1, 1)


def test_many_small_requests_that_come_at_once_are_answered_one_after_the_other() -> None:
    assert answers(get(b"Name: x") * 5000 + LAST).count(b"HTTP/1.1 200 ") == 5001


def test_nothing_in_a_trailer_counts() -> None:
    said = answers(
        CHUNKED + b"Connection: close\r\n\r\n", 0.05, b"2\r\nok\r\n0\r\nAuthorization: Bearer t\r\nName: x\r\n\r\n"
    )
    assert said.endswith(b"|ok")
    assert b"authorization" not in said


@pytest.mark.parametrize("offer", [b"h2c", b"websocket", b"TLS/1.0"])
@pytest.mark.parametrize(
    ("framing", "body", "sent"),
    [
        (b"Content-Length: 5", b"hello", b"hello"),
        (b"Transfer-Encoding: chunked", b"5\r\nhello\r\n0\r\nName: x\r\n\r\n", b"hello"),
        (b"Content-Length: 0", b"", b""),
        (b"Name: x", b"", b""),
    ],
)
@pytest.mark.parametrize("split", [False, True])
def test_an_offer_of_another_protocol_is_ignored(
    offer: bytes, framing: bytes, body: bytes, sent: bytes, split: bool
) -> None:
    head = [b"POST /x HTTP/1.1", b"Host: h", b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: " + offer]
    request = b"\r\n".join([*head, b"HTTP2-Settings: AAMAAABkAAQAAP__", framing, b"", b""]) + body
    parts: list[bytes | float] = [request + request]
    if split:
        parts = [part for byte in range(len(request)) for part in (request[byte : byte + 1], 0.0)] + [0.05, request]
    said = answers(*parts, 0.05, LAST)
    assert said.count(b"HTTP/1.1 200 ") == 3
    assert said.count(b"|" + sent + b"HTTP/1.1") == 2
    assert b"trailer" not in said


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b""),
        (b"\r\n", b""),
        (b"GET /x HTTP/1.1\r\nHo", b"HTTP/1.1 408 "),
        (b"POST /x HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf", b"HTTP/1.1 408 "),
        (CHUNKED + b"\r\n1\r\nx\r\n", b"HTTP/1.1 408 "),
        (CHUNKED + b"\r\n0\r\nTrail", b"HTTP/1.1 408 "),
    ],
    ids=["nothing", "an empty line", "half a head", "half a body", "half of some chunks", "half a trailer"],
)
def test_half_a_request_is_not_waited_for(sent: bytes, status: bytes) -> None:
    app = Echo()
    said = answers(sent, app=app, patience=SOON)
    assert said.startswith(status)
    assert b"<still open>" not in said
    assert app.asked in ([], ["/x", "gone"])


def test_a_client_cannot_put_off_the_end_by_a_byte_now_and_then() -> None:
    trickle = [part for _ in range(8) for part in (b"x", 0.05)]
    assert answers(b"GET /x HTTP/1.1\r\nName: ", *trickle, patience=SOON).startswith(b"HTTP/1.1 408 ")
    assert answers(b"POST /x HTTP/1.1\r\nContent-Length: 99\r\n\r\n", *trickle, patience=SOON).startswith(
        b"HTTP/1.1 408 "
    )


def test_a_later_request_is_not_waited_for_either_but_some_time_may_lie_between() -> None:
    said = answers(get(), 0.4, get(), 0.05, b"GET /x HT", patience=SOON)
    assert said.count(b"HTTP/1.1 200 ") == 2
    assert said.count(b"HTTP/1.1 408 ") == 1


def test_an_answer_that_nobody_reads_is_given_up() -> None:
    async def ask() -> None:
        app = Echo()
        async with served(app, SOON) as port:
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
            writer.write(get(path=b"/large"))
            await asyncio.sleep(0.1)
            for _ in range(40):
                if writer.transport.is_closing():
                    break
                await asyncio.sleep(0.05)
                writer.write(b"\r\n")  # so that this side hears of it
            assert writer.transport.is_closing()

    asyncio.run(ask())


def test_a_request_that_is_no_http_is_told_so() -> None:
    assert answers(b"HELO example\r\n\r\n").startswith(b"HTTP/1.1 400 ")


def test_more_connections_than_there_is_room_for_are_ended_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    async def ask() -> list[bytes]:
        async with served(Echo(), PATIENT, most=2) as port:
            opened = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
            await asyncio.sleep(0.05)
            read = []
            for reader, writer in opened:
                try:
                    writer.write(LAST)
                    read.append((await reader.read())[:15])
                except ConnectionError:
                    read.append(b"")
                writer.close()
            return read

    with caplog.at_level(logging.WARNING):
        assert asyncio.run(ask()) == [b"HTTP/1.1 200 OK"] * 2 + [b""] * 3
    assert [record.message.split(",")[0] for record in caplog.records] == ["2 connections are open"]


class Counted:
    """A transport that knows what was written to it, piece by piece."""

    def __init__(self, transport: asyncio.Transport, written: list[bytes]) -> None:
        self._transport = transport
        self._written = written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, said: bytes) -> None:
        self._written.append(said)
        self._transport.write(said)


async def asked(app: Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]) -> list[bytes]:
    """What a server with this application writes for one request, piece by piece."""
    config, state, written = uvicorn.Config(app, ws="none", log_level="warning"), ServerState(), list[bytes]()
    config.load()

    class Watched(Connection):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(Counted(transport, written))  # type: ignore[arg-type]

    protocol = partial(Watched, config=config, server_state=state, app_state={}, crowd=Crowd(1))
    async with await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(LAST)
        assert await reader.read() == b"".join(written)
        writer.close()
    return written


def test_an_answer_is_written_in_one_piece() -> None:
    (answer,) = asyncio.run(asked(Echo()))
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"|")


def test_a_head_does_not_wait_for_a_body_that_takes_its_time() -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        for letter in (b"a", b"b"):
            await asyncio.sleep(0.01)
            await send({"type": "http.response.body", "body": letter, "more_body": letter == b"a"})

    head, *body = asyncio.run(asked(slow))
    assert (head[-4:], body) == (b"\r\n\r\n", [b"a", b"b"])
