"""How fast the sandbox answers one record, beside bare Starlette.

    .venv/bin/python benchmarks/edge_speed.py

Three servers answer the same bytes, each by uvicorn in a process of its own: the sandbox; Starlette with one route that
looks the same record up and shows it with the sandbox's own functions, but has no documents, tokens, clock or refusals;
and Starlette that merely turns a record at hand into JSON. They are asked in turns, one request after another over one
connection, so that whatever else the machine does hits all alike. Prints the requests per second, the median of the
turns, and the sandbox's share of each of the others.
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

from sandbox.actions.call import Call
from sandbox.actors.script import play
from sandbox.app import build_app
from sandbox.clock import FrozenClock
from sandbox.edge import v1, v3
from sandbox.edge.asked import Read
from sandbox.edge.door import new_id
from sandbox.edge.endpoint import encoded
from sandbox.edge.query import Query
from sandbox.model import LeadProvider

JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
PATHS = {
    "one participant, v1": f"/api/v1/participants/ecf/{JANE}",
    "one participant, v3": f"/api/v3/participants/ecf/{JANE}",
}
NOW = datetime(2024, 11, 15, 9, tzinfo=UTC)
TURNS = 15
SECONDS = 0.3  # a turn


def sandbox() -> ASGIApp:
    """The sandbox with its seed data."""
    return build_app(play("main", "documented", began_at=NOW), FrozenClock(NOW), "documented")


def same_work() -> ASGIApp:
    """Starlette that looks the record up and shows it as the sandbox does, and does nothing else."""
    store = play("main", "documented", began_at=NOW)
    (northgate,) = [provider for provider in store.read().all(LeadProvider) if provider.name.startswith("Northgate")]
    call = Call(now=NOW, behaviour="documented", new_id=new_id, provider=northgate)
    handlers = {"v1": v1.get_participant, "v3": v3.get_participant}

    async def answer(request: Request) -> Response:
        handler = handlers[request.path_params["version"]]
        shown = handler(Read(call, store.read(), request.path_params["id"], Query()))
        return Response(encoded(shown), media_type="application/vnd.api+json")

    return Starlette(routes=[Route("/api/{version}/participants/ecf/{id}", answer)])


def at_hand(records: dict[str, Any]) -> ASGIApp:
    """Starlette that turns a record it has at hand into JSON."""

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
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS:
        writer.write(request)
        await reader.readexactly(len(head) + length)
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
    same, same_port = started(same_work())
    await asyncio.sleep(1)
    ready, ready_port = started(at_hand({path: await fetched(our_port, path) for path in PATHS.values()}))
    await asyncio.sleep(1)
    for name, path in PATHS.items():
        turns = [
            [await requests_per_second(port, path) for port in (our_port, same_port, ready_port)] for _ in range(TURNS)
        ]
        rates = [statistics.median(column) for column in zip(*turns, strict=True)]
        of_same, of_ready = (statistics.median(turn[0] / turn[other] for turn in turns) for other in (1, 2))
        print(f"{name}: sandbox {rates[0]:,.0f}/s")
        print(f"  {of_same:.2f} of bare Starlette that does the same work ({rates[1]:,.0f}/s)")
        print(f"  {of_ready:.2f} of bare Starlette with the record at hand ({rates[2]:,.0f}/s)")
    for process in (ours, same, ready):
        process.kill()


if __name__ == "__main__":
    asyncio.run(main())
