"""How fast the sandbox answers one record, as a share of what bare Starlette makes of the same bytes.

    .venv/bin/python benchmarks/edge_speed.py

Both are served by uvicorn in processes of their own and asked over one kept-alive connection each, in turns, so that
whatever else the machine does hits both alike. Prints requests per second, the median of the turns, and the share.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import statistics
import time
from datetime import UTC, datetime
from typing import Any

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.actors.script import play
from sandbox.app import build_app
from sandbox.clock import FrozenClock

JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
PATHS = {
    "one participant, v1": f"/api/v1/participants/ecf/{JANE}",
    "one participant, v3": f"/api/v3/participants/ecf/{JANE}",
}
TURNS = 9
SECONDS = 0.5  # a turn


def sandbox() -> ASGIApp:
    """The sandbox with its seed data."""
    now = datetime(2024, 11, 15, 9, tzinfo=UTC)
    return build_app(play("main", "documented", began_at=now), FrozenClock(now), "documented")


def bare(records: dict[str, Any]) -> ASGIApp:
    """Starlette with one route, that turns a record it has at hand into JSON."""

    async def answer(request: Request) -> Response:
        return Response(orjson.dumps(records[request.url.path]), media_type="application/vnd.api+json")

    return Starlette(routes=[Route("/api/{version}/participants/ecf/{id}", answer)])


def serve(app: ASGIApp, listening: socket.socket) -> None:
    """Serve until killed."""
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error", lifespan="off")).run(sockets=[listening])


def started(app: ASGIApp) -> tuple[multiprocessing.process.BaseProcess, int]:
    """A process that serves an application, and its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    process = multiprocessing.get_context("fork").Process(target=serve, args=(app, listening), daemon=True)
    process.start()
    return process, int(listening.getsockname()[1])


async def requests_per_second(port: int, path: str) -> float:
    """How many answers one connection gets in a second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer northgate-sandbox-token\r\n\r\n".encode()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        count += 1
    writer.close()
    return count / (time.perf_counter() - start)


async def fetched(port: int, path: str) -> Any:
    """The record that a path answers with."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.0\r\nAuthorization: Bearer northgate-sandbox-token\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return orjson.loads(answer.partition(b"\r\n\r\n")[2])


async def main() -> None:
    """Measure and print."""
    ours, our_port = started(sandbox())
    await asyncio.sleep(1)
    theirs, their_port = started(bare({path: await fetched(our_port, path) for path in PATHS.values()}))
    await asyncio.sleep(1)
    for name, path in PATHS.items():
        turns = [
            (await requests_per_second(our_port, path), await requests_per_second(their_port, path))
            for _ in range(TURNS)
        ]
        sandboxes, bares = (statistics.median(column) for column in zip(*turns, strict=True))
        share = statistics.median(mine / bare for mine, bare in turns)
        print(f"{name}: sandbox {sandboxes:,.0f}/s, bare Starlette {bares:,.0f}/s, share {share:.2f}")
    ours.kill()
    theirs.kill()


if __name__ == "__main__":
    asyncio.run(main())
