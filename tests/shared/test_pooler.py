"""Behind a pooler, whose connections are somebody else's between two transactions."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from sandbox.seeding.scenarios import scenarios
from tests.api import JANE, SetClock

from ..pgbouncer import needs_pgbouncer, pooling
from ..postgresql import Server, needs_postgresql
from .test_shelf import LOOP, Process
from .test_waiting import at_once, held

pytestmark = [needs_postgresql, needs_pgbouncer]


@pytest.fixture(scope="module", params=["session", "transaction"])
def url(request: pytest.FixtureRequest, postgresql: Server) -> Iterator[str]:
    direct = postgresql.new_database()
    with pooling(postgresql, request.param) as folder:
        yield direct.replace(f"host={postgresql.folder}", f"host={folder}&port=6432")


@pytest.fixture(scope="module")
def both(url: str) -> Iterator[tuple[Process, Process]]:
    clock = SetClock(scenarios()["main"].starts_at)
    pair = Process(url, clock), Process(url, clock)
    yield pair
    for process in pair:
        process.close()


def test_processes_share_worlds_as_without_one(both: tuple[Process, Process]) -> None:
    one, other = both
    token = one.made("a", rate_limit=True)
    one.rename("a", "Jane Jones")
    one.rename("main", "Jane Main")
    assert [other.name(each) for each in (token, "northgate-sandbox-token")] == ["Jane Jones", "Jane Main"]
    refused = other.ask("PUT", f"/api/v3/participants/ecf/{JANE}/resume", token)
    (asked, _) = one.ask("GET", "/sandbox/requests?world=a").json()["requests"]
    assert asked["id"] == refused.headers["X-Request-Id"]
    assert one.ask("GET", "/sandbox/readiness?world=a").json()["reports"][0]["requests"] == 2
    for world in ("a", "main"):
        assert other.ask("POST", f"/sandbox/worlds/{world}/reset").status_code == 200
    assert [one.name(each) for each in (token, "northgate-sandbox-token")] == ["Jane Smith", "Jane Smith"]
    assert one.ask("DELETE", "/sandbox/worlds/a").status_code == 204
    assert other.name(token) is None


def test_what_several_write_at_once_is_all_kept_while_somebody_holds_a_row(
    both: tuple[Process, Process], url: str
) -> None:
    ids = ["held", *(f"free-{number}" for number in range(6))]
    for id in ids:
        both[0].made(id)

    async def renamed(process: Process, world: str, number: int) -> int:
        path, name = f"/sandbox/participants/{JANE}?world={world}", {"full_name": f"Jane {number}"}
        return (await process.asking("PATCH", path, json=name)).status_code

    async def story() -> None:
        with held(url, "_worlds", "id = 'held'"):
            waiting = asyncio.create_task(both[0].asking("DELETE", "/sandbox/worlds/held"))
            await asyncio.sleep(0.1)
            assert await at_once(both[0].asking("GET", "/health"), both[1].asking("GET", "/ready")) == [200, 200]
            changes = [renamed(process, id, number) for number in range(4) for id in ids[1:] for process in both]
            assert set(await asyncio.gather(*changes)) == {200}
            assert not waiting.done()
        assert (await waiting).status_code == 204

    LOOP.run_until_complete(story())
    listed = [process.worlds_listed() for process in both]
    assert listed[0] == listed[1]
    assert set(ids[1:]) <= listed[0].keys()
