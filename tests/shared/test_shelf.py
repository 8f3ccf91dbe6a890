"""Worlds in PostgreSQL, as two processes have them: what one did, the other knows, and nothing is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
from sandbox.seeding.scenarios import scenarios
from sandbox.shared.shelf import SharedShelf
from sandbox.store.engine import MemoryStore
from sandbox.store.postgresql import PostgresKeeper
from sandbox.worlds.rate_limit import REQUESTS, RateLimit
from sandbox.worlds.worlds import Worlds
from tests.api import JANE, SetClock, played

from ..in_process import Client
from ..postgresql import Server, needs_postgresql

pytestmark = needs_postgresql

LOOP = asyncio.new_event_loop()
IDLE = timedelta(hours=2)
WRONG = "times-with-fractions"


class Process:
    """One that serves the worlds of a database."""

    def __init__(self, url: str, clock: SetClock) -> None:
        self.url = url
        self.store = MemoryStore(PostgresKeeper(url))
        if self.store.is_empty:
            self.store.replace_with(played("main", "documented"))
        self.shelf = SharedShelf(url, IDLE, clock)
        self.worlds = Worlds(self.store, Creation(ALL), clock, shelf=self.shelf, of_each=True)
        transport = httpx.ASGITransport(app=build_app(self.worlds))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    async def asking(self, method: str, path: str, token: str | None = None, **content: Any) -> httpx.Response:
        headers = content.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        return await self._client.request(method, path, headers=headers, **content)

    def ask(self, method: str, path: str, token: str | None = None, **content: Any) -> httpx.Response:
        return LOOP.run_until_complete(self.asking(method, path, token, **content))

    def made(self, id: str, **body: Any) -> str:
        """Northgate's token in a new world."""
        answer = self.ask("POST", "/sandbox/worlds", json={"id": id, **body})
        assert answer.status_code == 201, answer.text
        return str(next(each["token"] for each in answer.json()["providers"] if each["name"].startswith("Northgate")))

    def name(self, token: str) -> str | None:
        """What Jane is called."""
        answer = self.ask("GET", f"/api/v3/participants/ecf/{JANE}", token)
        return answer.json()["data"]["attributes"]["full_name"] if answer.status_code == 200 else None

    def rename(self, world: str, to: str) -> None:
        path = f"/sandbox/participants/{JANE}?world={world}"
        assert self.ask("PATCH", path, json={"full_name": to}).status_code == 200

    def worlds_listed(self) -> dict[str, Any]:
        return {world["id"]: world for world in self.ask("GET", "/sandbox/worlds").json()["worlds"]}

    def close(self) -> None:
        self.shelf.disconnect()
        self.store.close()


@pytest.fixture(scope="module")
def clock() -> SetClock:
    return SetClock(scenarios()["main"].starts_at)


@pytest.fixture(scope="module")
def url(postgresql: Server) -> str:
    return postgresql.new_database()


@pytest.fixture(scope="module")
def both(url: str, clock: SetClock) -> Iterator[tuple[Process, Process]]:
    pair = Process(url, clock), Process(url, clock)
    yield pair
    for process in pair:
        process.close()


@pytest.fixture
def one(both: tuple[Process, Process]) -> Iterator[Process]:
    yield both[0]
    for id in both[0].worlds_listed().keys() - {"main", "register"}:
        both[0].ask("DELETE", f"/sandbox/worlds/{id}")


@pytest.fixture
def other(both: tuple[Process, Process]) -> Process:
    return both[1]


def test_what_is_done_in_a_world_counts_in_every_process_and_in_no_other_world(one: Process, other: Process) -> None:
    tokens = {id: one.made(id) for id in ("a", "b")}
    assert other.name(tokens["a"]) == "Jane Smith"
    other.rename("a", "Jane Jones")
    assert [process.name(tokens["a"]) for process in (one, other)] == ["Jane Jones"] * 2
    assert [process.name(tokens["b"]) for process in (one, other)] == ["Jane Smith"] * 2
    assert one.name("northgate-sandbox-token") == "Jane Smith"
    assert [*other.worlds_listed()] == ["main", "register", "a", "b"]


def test_worlds_with_their_time_and_conduct_are_there_after_a_restart(one: Process, url: str, clock: SetClock) -> None:
    token = one.made("kept", rate_limit=True, defects=[WRONG])
    one.rename("kept", "Jane Jones")
    one.ask("PUT", "/sandbox/time?world=kept", json={"now": "2025-03-01T09:00:00Z", "frozen": True})
    one.ask("POST", "/sandbox/faults?world=kept", json={"kind": "503"})
    one.ask("GET", "/api/v3/statements", token)
    shown = one.worlds_listed()["kept"]
    assert (shown["now"], shown["rate_limit"], shown["defects"]) == ("2025-03-01T09:00:00Z", True, [WRONG])
    again = Process(url, clock)
    try:
        assert again.worlds_listed()["kept"] == shown
        assert again.name(token) == "Jane Jones"
        (request, *_) = again.ask("GET", "/sandbox/requests?world=kept&status=503").json()["requests"]
        assert (request["operation"], request["fault"]) == ("list_statements", "503")
    finally:
        again.close()


def test_a_reset_and_an_end_reach_every_process(one: Process, other: Process) -> None:
    token = one.made("a", defects=[WRONG])
    assert other.name(token) == "Jane Smith"
    one.rename("a", "Jane Jones")
    one.ask("PATCH", "/sandbox/worlds/a", json={"defects": []})
    one.ask("POST", "/sandbox/faults?world=a", json={"kind": "500", "share": 1})
    assert other.ask("POST", "/sandbox/worlds/a/reset").json()["defects"] == [WRONG]
    assert [process.name(token) for process in (one, other)] == ["Jane Smith"] * 2
    assert other.ask("DELETE", "/sandbox/worlds/a").status_code == 204
    for process in (one, other):
        assert process.name(token) is None
        assert process.ask("GET", "/sandbox/time?world=a").status_code == 404
    again = one.made("a")
    assert [other.name(token), other.name(again)] == [None, "Jane Smith"], "it is another world"


def test_what_is_exported_is_brought_in_and_begun_with(one: Process, other: Process) -> None:
    one.made("a")
    one.rename("a", "Jane Jones")
    exported = other.ask("GET", "/sandbox/worlds/a/export").json()
    brought = other.ask("POST", "/sandbox/worlds/import?id=b", json=exported).json()
    token = next(each["token"] for each in brought["providers"] if each["name"].startswith("Northgate"))
    one.rename("b", "Jane Brown")
    assert other.name(token) == "Jane Brown"
    one.ask("POST", "/sandbox/worlds/b/reset")
    assert other.name(token) == "Jane Jones"


def test_a_fault_strikes_as_often_as_it_was_asked_for_over_all_processes(one: Process, other: Process) -> None:
    token = one.made("a")
    one.ask("POST", "/sandbox/faults?world=a", json={"kind": "503", "requests": 5})

    async def statuses() -> list[int]:
        asked = [p.asking("GET", "/api/v3/statements", token) for _ in range(6) for p in (one, other)]
        return [answer.status_code for answer in await asyncio.gather(*asked)]

    assert sorted(LOOP.run_until_complete(statuses())) == [200] * 7 + [503] * 5
    assert other.ask("GET", "/sandbox/faults?world=a").json() == {"faults": []}


def test_the_same_declaration_that_two_processes_are_sent_is_made_once(one: Process, other: Process) -> None:
    token = one.made("a")
    ect = one.ask("POST", "/sandbox/participants?world=a", json={"provider": "northgate"}).json()["participant"]["id"]
    attributes = {
        "participant_id": ect,
        "declaration_type": "started",
        "declaration_date": "2024-11-14T09:00:00Z",
        "course_identifier": "ecf-induction",
    }

    async def declared() -> list[httpx.Response]:
        content = {"json": {"data": {"attributes": attributes}}}
        path = "/api/v3/participant-declarations"
        return list(
            await asyncio.gather(*(p.asking("POST", path, token, **content) for _ in range(8) for p in (one, other)))
        )

    answers = LOOP.run_until_complete(declared())
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_why_something_was_refused_is_told_by_every_process(one: Process, other: Process) -> None:
    token = one.made("a")
    refused = one.ask("PUT", f"/api/v3/participants/ecf/{JANE}/resume", token)
    id = refused.headers["X-Request-Id"]
    said = [process.ask("GET", f"/sandbox/requests/{id}?world=a").json()["request"] for process in (one, other)]
    assert said[0] == said[1]
    assert (said[0]["status"], said[0]["provider"]["name"].split()[0]) == (400, "Northgate")
    assert said[0]["broke"][0]["rule"]
    assert one.ask("GET", f"/sandbox/requests/{id}").status_code == 404, "the main world was not asked"


def test_what_clients_have_shown_is_told_of_requests_that_reached_any_process(one: Process, other: Process) -> None:
    token = one.made("a")
    asked = ((one, "participants/ecf?page[per_page]=1"), (other, "statements"), (other, "unfunded-mentors/ecf"))
    for process, path in asked:
        assert process.ask("GET", f"/api/v3/{path}", token).status_code == 200
    one.ask("PUT", f"/api/v3/participants/ecf/{JANE}/resume", token)
    other.ask("POST", "/api/v3/participant-declarations", token, json={"data": {"attributes": {"nickname": "J"}}})
    one.ask("GET", f"/api/v3/statements?token={token}")
    (report, again) = (process.ask("GET", "/sandbox/readiness?world=a").json() for process in (one, other))
    assert report == again
    assert [each["requests"] for each in report["reports"]] == [5]
    for path in ("readiness.html?", "migration?", "migration?provider=northgate&"):
        assert len({process.ask("GET", f"/sandbox/{path}world=a").text for process in (one, other)}) == 1, path
    assert other.ask("GET", "/sandbox/migration?world=a").json()["reports"][0]["requests"] == 5
    other.ask("POST", "/sandbox/worlds/a/reset")
    assert one.ask("GET", "/sandbox/readiness?world=a").json()["reports"] == []


def test_what_is_kept_of_requests_tells_the_same_of_a_client_as_they_did(one: Process, clock: SetClock) -> None:
    in_memory = Client(build_app(Worlds(played("main", "documented").fork(), Creation(ALL), clock)))
    path, world = "/api/v3/participants/ecf", {"id": "a"}
    made = LOOP.run_until_complete(in_memory.request("POST", "/sandbox/worlds", json=world)).json()["providers"]
    tokens = one.made("a"), next(each["token"] for each in made if each["name"].startswith("Northgate"))
    attributes = {"course_identifier": "ecf-induction", "reason": "other", "nickname": "J"}
    sent: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", f"{path}?page[per_page]=2&sort=-updated_at&nothing=1", {}),
        ("GET", f"{path}?filter[updated_since]=2024-01-01T00:00:00Z", {}),
        ("GET", f"{path}/{JANE}", {}),
        ("PUT", f"{path}/{JANE}/defer", {"json": {"data": {"attributes": attributes}}}),
        ("PUT", f"{path}/{JANE}/defer", {"content": b"{"}),
        ("GET", "/api/v3/nothing-here", {}),
    ]
    for number, (method, asked, content) in enumerate(sent):
        headers = [{"Authorization": f"Bearer {token}", "X-Request-Id": f"r{number}"} for token in tokens]
        one.ask(method, asked, headers=headers[0], **content)
        LOOP.run_until_complete(in_memory.request(method, asked, headers=headers[1], **content))
    for told in ("readiness", "migration"):
        kept = one.ask("GET", f"/sandbox/{told}?world=a").json()
        assert kept["reports"]
        assert kept == LOOP.run_until_complete(in_memory.get(f"/sandbox/{told}?world=a")).json()


def test_a_token_is_counted_over_all_processes(one: Process, other: Process, clock: SetClock) -> None:
    token = one.made("a", rate_limit=True)

    async def counted() -> None:
        served = [await process.worlds.reach("a") for process in (one, other)]
        limits = [world.rate_limit for world in served if world is not None]
        for number in range(REQUESTS):
            limit = limits[number % 2]
            assert isinstance(limit, RateLimit)
            await limit.count(f"Bearer {token}")

    LOOP.run_until_complete(counted())
    assert [process.ask("GET", "/api/v3/statements", token).status_code for process in (one, other)] == [429] * 2
    clock.at += timedelta(minutes=5)
    assert other.ask("GET", "/api/v3/statements", token).status_code == 200


def test_a_world_that_no_process_is_asked_for_ends_and_is_said_to_have(
    one: Process, other: Process, clock: SetClock
) -> None:
    used, left = one.made("used"), one.made("left")
    for _ in range(5):
        clock.at += IDLE / 2
        assert other.name(used)
    assert one.name(used)
    assert one.name(left) is None
    assert "has ended" in other.ask("GET", "/sandbox/worlds/left").json()["errors"][0]["detail"]
    assert other.ask("GET", "/sandbox/worlds/main").status_code == 200
    one.made("left")
    assert "left" in other.worlds_listed()


def test_no_owner_has_more_than_their_worlds_whichever_process_they_ask(one: Process, other: Process) -> None:
    invitation = one.ask("POST", "/sandbox/invitations", json={"name": "ada", "quota": 3}).json()

    async def statuses() -> list[int]:
        asked = [p.asking("POST", "/sandbox/worlds", invitation["token"]) for _ in range(4) for p in (one, other)]
        return [answer.status_code for answer in await asyncio.gather(*asked)]

    assert sorted(LOOP.run_until_complete(statuses())) == [201] * 3 + [422] * 5
    assert len(other.ask("GET", "/sandbox/worlds", invitation["token"]).json()["worlds"]) == 3
    one.ask("DELETE", f"/sandbox/invitations/{invitation['id']}")
    assert other.ask("GET", "/sandbox/worlds", invitation["token"]).status_code == 401


def test_a_new_world_takes_little_time_and_next_to_no_place(one: Process, url: str, postgresql: Server) -> None:
    one.made("first")

    def bytes_taken() -> int:
        tables = "'_worlds', '_world_changes', '_world_records', '_uses', '_origins'"
        ((taken,),) = postgresql.ask(
            f"SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relname IN ({tables})", url
        )
        assert isinstance(taken, int)
        return taken

    before, took = bytes_taken(), []
    for number in range(40):
        began = time.perf_counter()
        LOOP.run_until_complete(one.worlds.make(f"many-{number}", "main", None))
        took.append(time.perf_counter() - began)
    assert sorted(took)[20] < 0.02
    assert bytes_taken() - before < 40 * 8_000


def test_a_world_nobody_has_made_takes_no_name_that_a_database_cannot_read(one: Process) -> None:
    for id in ("%00", "A", "a" * 50, "é", "'"):
        assert one.ask("GET", f"/sandbox/worlds/{id}").status_code == 404
        assert one.ask("GET", f"/sandbox/requests/{id}").status_code == 404
        assert one.ask("DELETE", f"/sandbox/invitations/{id}").status_code == 404


def test_the_clock_of_a_world_runs_on_for_all(one: Process, other: Process, clock: SetClock) -> None:
    one.made("a")
    before = datetime.fromisoformat(one.worlds_listed()["a"]["now"])
    clock.at += timedelta(hours=1)
    assert datetime.fromisoformat(other.worlds_listed()["a"]["now"]) - before == timedelta(hours=1)
