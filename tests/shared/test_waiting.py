"""Whoever waits for the database keeps nobody else of the process waiting."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Coroutine, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest

from sandbox.seeding.scenarios import scenarios
from sandbox.store import links
from tests.api import JANE, SetClock

from ..postgresql import Server, needs_postgresql
from .test_shelf import LOOP, Process

pytestmark = needs_postgresql

AT_ONCE = 1.0  # seconds, on a busy machine; whoever waits for a row does so for longer


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(scenarios()["main"].starts_at)


@pytest.fixture(scope="module")
def process(postgresql: Server, clock: SetClock) -> Iterator[Process]:
    process = Process(postgresql.new_database(), clock)
    yield process
    process.close()


@pytest.fixture
def url(process: Process) -> str:
    return process.url


def held(url: str, table: str, condition: str) -> psycopg.Connection[Any]:
    """A connection that holds rows for as long as it is open."""
    connection = psycopg.connect(url)
    connection.execute(f"SELECT 1 FROM ecf_sandbox.{table} WHERE {condition} FOR UPDATE")
    return connection


async def at_once(*asked: Coroutine[Any, Any, httpx.Response]) -> list[int]:
    began = time.monotonic()
    answers = await asyncio.gather(*asked)
    assert time.monotonic() - began < AT_ONCE
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize(
    ("method", "path", "kept"),
    [
        ("PATCH", f"/sandbox/participants/{JANE}?world=held", {"full_name": "Jane Jones"}),
        ("DELETE", "/sandbox/worlds/held", None),
    ],
)
def test_who_waits_for_a_row_that_is_held_keeps_nobody_else_waiting(
    process: Process, url: str, method: str, path: str, kept: dict[str, str] | None
) -> None:
    tokens = {id: process.made(id) for id in ("held", "free")}
    assert [process.name(token) for token in tokens.values()] == ["Jane Smith"] * 2  # nothing is left to fall due

    async def story() -> None:
        with held(url, "_worlds", "id = 'held'"):
            waiting = asyncio.create_task(process.asking(method, path, json=kept))
            await asyncio.sleep(0.1)
            reads = (process.asking("GET", f"/api/v3/participants/ecf/{JANE}", token) for token in tokens.values())
            assert await at_once(process.asking("GET", "/health"), process.asking("GET", "/ready"), *reads) == [200] * 4
            path_of_free = f"/sandbox/participants/{JANE}?world=free"
            assert await at_once(process.asking("PATCH", path_of_free, json={"full_name": "Jane Free"})) == [200]
            assert not waiting.done()
        assert (await waiting).is_success

    LOOP.run_until_complete(story())
    assert process.name(tokens["held"]) == ("Jane Jones" if kept else None)
    assert process.name(tokens["free"]) == "Jane Free"
    for id in tokens:
        process.ask("DELETE", f"/sandbox/worlds/{id}")


def test_many_held_worlds_leave_room_for_the_others(process: Process, url: str) -> None:
    for id in (*(f"held-{number}" for number in range(20)), "free"):
        process.made(id)

    async def renamed(world: str) -> httpx.Response:
        return await process.asking(
            "PATCH", f"/sandbox/participants/{JANE}?world={world}", json={"full_name": "Jane Jones"}
        )

    async def story() -> None:
        with held(url, "_worlds", "id LIKE 'held-%'"):
            waiting = [asyncio.create_task(renamed(f"held-{number}")) for number in range(20)]
            await asyncio.sleep(0.1)
            assert await at_once(renamed("free")) == [200]
            assert not any(each.done() for each in waiting)
        assert {answer.status_code for answer in await asyncio.gather(*waiting)} == {200}

    LOOP.run_until_complete(story())


def test_however_many_worlds_are_written_to_at_once_few_connections_are_used(
    postgresql: Server, clock: SetClock
) -> None:
    url = postgresql.new_database()
    database = url.split("@/")[1].split("?")[0]
    postgresql.ask("CREATE ROLE limited LOGIN CONNECTION LIMIT 22", url)
    postgresql.ask(f"ALTER DATABASE {database} OWNER TO limited", url)
    worlds = [f"one-of-{number}" for number in range(150)]
    with closing(Process(url.replace("ecf@", "limited@"), clock)) as process:
        for id in worlds:
            process.made(id)

        async def renamed(world: str) -> int:
            path = f"/sandbox/participants/{JANE}?world={world}"
            return (await process.asking("PATCH", path, json={"full_name": "Jane Jones"})).status_code

        async def story() -> None:
            assert set(await asyncio.gather(*map(renamed, worlds))) == {200}

        LOOP.run_until_complete(story())


def test_all_that_wait_for_a_world_are_told_together_that_it_was_held(
    process: Process, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.made("kept")
    monkeypatch.setattr(links, "PATIENCE", "300ms")

    async def story() -> None:
        with held(url, "_worlds", "id = 'kept'"):
            path = f"/sandbox/participants/{JANE}?world=kept"
            asked = (process.asking("PATCH", path, json={"full_name": f"Jane {n}"}) for n in range(8))
            began = time.monotonic()
            answers = await asyncio.gather(*asked)
            assert {answer.status_code for answer in answers} == {503}
            assert {answer.headers["retry-after"] for answer in answers} == {"5"}
            assert "ask again" in answers[0].json()["errors"][0]["detail"]
            assert time.monotonic() - began < 1.5, "not one after the other"

    LOOP.run_until_complete(story())
    process.rename("kept", "Jane Jones")


@pytest.mark.parametrize(
    ("table", "condition", "method", "path", "with_token"),
    [
        ("_worlds", "id = 'row-held'", "GET", f"/api/v3/participants/ecf/{JANE}", True),
        ("_uses", "true", "GET", "/api/v3/statements", True),
        ("_tallies", "true", "GET", "/api/v3/statements", True),
        ("_tallies", "true", "PATCH", "/sandbox/worlds/row-held", False),
        ("_requests", "true", "POST", "/sandbox/worlds/row-held/reset", False),
        ("_invitations", "true", "POST", "/sandbox/worlds", False),
        ("_origins", "true", "GET", "/sandbox/worlds", False),
    ],
)
def test_whichever_row_is_held_the_others_go_on(
    process: Process, url: str, clock: SetClock, table: str, condition: str, method: str, path: str, with_token: bool
) -> None:
    """Also in a world in which something has fallen due, so that even a read has to wait for its turn."""
    tokens = {id: process.made(id, rate_limit=True) for id in ("row-held", "row-free")}
    invitation = process.ask("POST", "/sandbox/invitations", json={"name": "ada"}).json()
    for token in tokens.values():
        process.ask("GET", "/api/v3/statements", token)
    clock.at += timedelta(minutes=2)
    bearer = tokens["row-held"] if with_token else invitation["token"] if table == "_invitations" else None

    async def story() -> None:
        body = {"rate_limit": True} if method == "PATCH" else None
        with held(url, table, condition):
            waiting = asyncio.create_task(process.asking(method, path, bearer, json=body))
            await asyncio.sleep(0.1)
            free = None if table == "_tallies" else tokens["row-free"]
            others = [process.asking("GET", "/api/v3/statements", free)] if free else []
            others += [
                process.asking("GET", each) for each in ("/health", "/metrics", "/sandbox/requests?world=row-free")
            ]
            assert set(await at_once(*others)) == {200}
        assert (await waiting).is_success

    LOOP.run_until_complete(story())
    process.ask("DELETE", f"/sandbox/invitations/{invitation['id']}")
    for id in tokens:
        process.ask("DELETE", f"/sandbox/worlds/{id}")


def test_a_read_for_which_something_has_fallen_due_in_a_held_world_is_to_be_asked_again(
    process: Process, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = process.made("due")
    monkeypatch.setattr(links, "PATIENCE", "300ms")

    async def story() -> None:
        with held(url, "_worlds", "id = 'due'"):
            answer = await process.asking("GET", "/api/v3/statements", token)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            (error,) = answer.json()["errors"]
            assert (error["title"], "Nothing is done" in error["detail"]) == ("Service unavailable", True)
        assert (await process.asking("GET", "/api/v3/statements", token)).status_code == 200

    LOOP.run_until_complete(story())


def test_health_is_told_while_the_database_stands_still(process: Process, postgresql: Server, url: str) -> None:
    token = process.made("still")
    assert process.name(token) == "Jane Smith"
    backends = [
        pid
        for (pid,) in postgresql.ask(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", url
        )
    ]

    async def story() -> None:
        for pid in backends:
            os.kill(int(str(pid)), signal.SIGSTOP)
        try:
            reading = asyncio.create_task(process.asking("GET", "/api/v3/statements", token))
            await asyncio.sleep(0.1)
            assert await at_once(process.asking("GET", "/health")) == [200]
            assert not reading.done()
        finally:
            for pid in backends:
                os.kill(int(str(pid)), signal.SIGCONT)
        assert (await reading).status_code == 200

    LOOP.run_until_complete(story())
