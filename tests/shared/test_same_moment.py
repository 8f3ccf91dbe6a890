"""Two equal declarations that different processes are sent at one moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from sandbox.seeding.scenarios import scenarios
from tests.api import SetClock

from ..postgresql import Server, needs_postgresql
from .test_shelf import LOOP, Process
from .test_waiting import held

pytestmark = needs_postgresql

SENT = {"declaration_type": "started", "course_identifier": "ecf-induction", "evidence_held": "other"}
DATES = {"ecf": "2024-11-14T09:00:00Z", "register": "2026-09-15T08:00:00Z"}
ECT = {
    "ecf": {"provider": "northgate"},
    "register": {"participant_type": "ect", "urn": "900401", "starts_on": "2026-09-01"},
}


@pytest.fixture(scope="module")
def processes(postgresql: Server) -> Iterator[tuple[Process, Process]]:
    url, clock = postgresql.new_database(), SetClock(scenarios()["main"].starts_at)
    with closing(Process(url, clock)) as one, closing(Process(url, clock)) as other:
        yield one, other


def declared(processes: tuple[Process, Process], edition: str, behaviour: str) -> list[httpx.Response]:
    """The answers to a declaration that both are sent while neither may write, and to one that comes after them."""
    one, other = processes
    id = f"{edition}-{behaviour}"
    token = one.made(id, edition=edition, behaviour=behaviour)
    if edition == "register":
        partnership = one.ask("POST", f"/sandbox/partnerships?world={id}", json={"urn": "900401", "cohort": "2026"})
        assert partnership.status_code == 201, partnership.text
    made = one.ask("POST", f"/sandbox/participants?world={id}", json=ECT[edition])
    assert made.status_code == 201, made.text
    attributes = SENT | {"participant_id": made.json()["participant"]["id"], "declaration_date": DATES[edition]}

    def declare(process: Process) -> asyncio.Task[httpx.Response]:
        content = {"json": {"data": {"attributes": attributes}}}
        return asyncio.create_task(process.asking("POST", "/api/v3/participant-declarations", token, **content))

    async def story() -> list[httpx.Response]:
        with held(one.url, "_worlds", f"id = '{id}'"):
            waiting = [declare(process) for process in processes]
            await asyncio.sleep(0.1)
            assert not any(each.done() for each in waiting)
        return [*await asyncio.gather(*waiting), await declare(one), await declare(other)]

    return LOOP.run_until_complete(story())


def test_are_made_once_and_answered_alike_by_register_which_refuses_a_later_one(
    processes: tuple[Process, Process],
) -> None:
    first, second, *later = declared(processes, "register", "deployed")
    assert (first.status_code, second.status_code) == (200, 200), second.text
    assert first.content == second.content
    assert [answer.status_code for answer in later] == [422, 422]


def test_are_answered_alike_by_documented_ecf_like_every_later_one(processes: tuple[Process, Process]) -> None:
    answers = declared(processes, "ecf", "documented")
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_are_made_once_by_deployed_ecf_which_refuses_every_other(processes: tuple[Process, Process]) -> None:
    answers = declared(processes, "ecf", "deployed")
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]
