"""How fast the sandbox answers with 10,000 participants loaded, beside bare Starlette: `benchmarks/run`.

The sandbox and Starlette with one route, which turns the same content at hand into the same bytes with orjson, are each
served by uvicorn in a process of their own, and asked in turns, one request after another over one connection, so that
whatever else the machine does hits both alike. Prints answers per second, the median of the turns, and the sandbox's
share; then how long a list takes right after a change, and how long a declaration takes until it is on the disk.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sandbox.actions.call import Moment
from sandbox.actors import dfe, school
from sandbox.actors.script import play
from sandbox.app import build_app
from sandbox.edge.door import new_id
from sandbox.edge.worlds import Worlds
from sandbox.model import LeadProvider, Partnership, School
from sandbox.store.store import TinyStore

NOW = datetime(2024, 11, 15, 9, tzinfo=UTC)
PARTICIPANTS = 10_000
JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
LIST = "/api/v3/participants/ecf"
PATHS = {"a list of 100, v1": "/api/v1/participants/ecf", "a list of 100, v3": LIST} | {
    f"one participant, {version}": f"/api/{version}/participants/ecf/{JANE}" for version in ("v1", "v3")
}
TURNS = 15
SECONDS = 0.3  # a turn
CHANGES = 60


def crowded() -> TinyStore:
    """The seeds of `main`, and enough new ECTs with Northgate to make 10,000 participants."""
    store = play("main", "documented", began_at=NOW)
    (northgate,) = [provider for provider in store.read().all(LeadProvider) if provider.name.startswith("Northgate")]
    theirs = store.read().find(Partnership, lead_provider_id=northgate.id)
    schools = [store.read().get(School, p.school_id) for p in theirs if p.cohort == "2024" and not p.challenged_at]
    moment = Moment(now=NOW, behaviour="documented", new_id=new_id)
    with store.write() as unit:
        for number in range(PARTICIPANTS - 308):
            ect = school.Registration(
                full_name=f"Ada Hart {number}",
                email=f"ada.{number}@example.com",
                participant_type="ect",
                cohort="2024",
                trn=f"{3_000_000 + number}",
            )
            place = schools[number % len(schools)]
            assert place is not None
            dfe.validate(unit, moment, school.register(unit, moment, place, ect), "eligible_to_start")
    return store


def sandbox(data: Path) -> ASGIApp:
    """The sandbox with 10,000 participants, kept in a folder."""
    store = TinyStore.open(data)
    store.replace_with(crowded())
    return build_app(Worlds(store, lambda: NOW))


def at_hand(content: dict[str, Any]) -> ASGIApp:
    """Starlette that turns what it has at hand into JSON."""

    async def answer(request: Request) -> Response:
        return Response(orjson.dumps(content[request.url.path]), media_type="application/vnd.api+json")

    return Starlette(routes=[Route("/{path:path}", answer)])


def serve(build: Callable[[], ASGIApp], listening: socket.socket) -> None:
    """Serve until killed."""
    config = uvicorn.Config(build(), access_log=False, log_level="error", lifespan="off")
    uvicorn.Server(config).run(sockets=[listening])


def started(build: Callable[[], ASGIApp]) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    """A process that serves an application, and a way to ask it."""
    listening = socket.create_server(("127.0.0.1", 0))
    process = multiprocessing.get_context("fork").Process(target=serve, args=(build, listening), daemon=True)
    process.start()
    return process, Connection(int(listening.getsockname()[1]))


class Connection:
    """One kept-alive connection, that asks as Northgate."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The content of an answer, which must be a good one."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer northgate-sandbox-token\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answered = await reader.readuntil(b"\r\n\r\n")
        length = int(answered.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        content = await reader.readexactly(length)
        assert answered.startswith(b"HTTP/1.1 200"), content
        return content

    async def answers_per_second(self, path: str) -> float:
        """How often a path is answered in a second."""
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < SECONDS:
            await self.ask("GET", path)
            count += 1
        return count / (time.perf_counter() - start)


async def changes(ours: Connection) -> tuple[float, float]:
    """How long a declaration takes, and the list right after it: the medians, in milliseconds."""
    declaring, listing = [], []
    people = orjson.loads(await ours.ask("GET", f"{LIST}?sort=-created_at&page[per_page]={CHANGES}"))["data"]
    for person in people:
        attributes = {
            "participant_id": person["id"],
            "declaration_type": "started",
            "declaration_date": "2024-10-01T09:00:00Z",
            "course_identifier": "ecf-induction",
        }
        start = time.perf_counter()
        await ours.ask("POST", "/api/v3/participant-declarations", orjson.dumps({"data": {"attributes": attributes}}))
        declared = time.perf_counter()
        await ours.ask("GET", LIST)
        declaring.append((declared - start) * 1000)
        listing.append((time.perf_counter() - declared) * 1000)
    return statistics.median(declaring), statistics.median(listing)


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        process, ours = started(lambda: sandbox(Path(folder)))
        content = {path: orjson.loads(await ours.ask("GET", path)) for path in PATHS.values()}
        other, bare = started(lambda: at_hand(content))
        for name, path in PATHS.items():
            turns = [(await ours.answers_per_second(path), await bare.answers_per_second(path)) for _ in range(TURNS)]
            mine, theirs = (statistics.median(column) for column in zip(*turns, strict=True))
            share = statistics.median(of_sandbox / of_bare for of_sandbox, of_bare in turns)
            print(f"{name}: {mine:,.0f}/s, {share:.2f} of bare Starlette ({theirs:,.0f}/s)")
        declaring, listing = await changes(ours)
        print(f"one declaration: {declaring:.1f} ms; a list of 100, v3, right after a change: {listing:.0f} ms")
        process.kill()
        other.kill()
        process.join()


if __name__ == "__main__":
    asyncio.run(main())
