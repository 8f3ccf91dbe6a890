"""Four processes that serve one PostgreSQL database: what one of them did counts for all, and rules hold over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from ..postgresql import Server, needs_postgresql
from .running import Running, run
from .sharing import (
    NORTHGATE,
    WORKERS,
    connected,
    control,
    declare,
    declared,
    new_ect,
    shared,
    titles,
    worker_of,
)

pytestmark = needs_postgresql

AT_ONCE = 16
PARTNERSHIPS = "/api/v3/partnerships/ecf"
HARBOUR = {"Authorization": "Bearer harbour-sandbox-token"}


@pytest.fixture(scope="module")
def url(postgresql: Server) -> str:
    """The address of a database with seeds."""
    url = postgresql.new_database()
    assert run("reset", "--store", url).returncode == 0
    return url


@pytest.fixture(scope="module")
def sandbox(url: str) -> Iterator[Running]:
    """Four workers that serve it."""
    with shared(url) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def clients(sandbox: Running) -> Iterator[Sequence[httpx.Client]]:
    """Sixteen connections, four to each worker: a connection stays with the worker that took it."""
    with connected(sandbox, AT_ONCE // WORKERS) as clients:
        yield clients


def at_once(
    clients: Sequence[httpx.Client], ask: Callable[[httpx.Client, int], httpx.Response]
) -> list[httpx.Response]:
    """The answers to requests that are sent when all of their senders are ready."""
    ready = Barrier(len(clients))

    def sent(number: int) -> httpx.Response:
        ready.wait()
        return ask(clients[number], number)

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(sent, range(len(clients))))
    assert len({worker_of(answer) for answer in answers}) == WORKERS
    return answers


def test_what_one_worker_did_the_others_know(clients: Sequence[httpx.Client]) -> None:
    for writer in clients[:WORKERS]:
        person = new_ect(writer)
        made = declare(writer, person, day=1).json()["data"]["id"]
        assert [declared(reader, person) for reader in clients] == [[made]] * AT_ONCE


def test_the_same_declaration_is_made_once_and_answered_alike_by_all(clients: Sequence[httpx.Client]) -> None:
    person = new_ect(clients[0])
    answers = at_once(clients, lambda client, _: declare(client, person, day=1))
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len({answer.content for answer in answers}) == 1
    assert declared(clients[0], person) == [answers[0].json()["data"]["id"]]


def test_of_different_declarations_of_one_milestone_one_is_made(clients: Sequence[httpx.Client]) -> None:
    person = new_ect(clients[0])
    answers = at_once(clients, lambda client, number: declare(client, person, day=number + 1))
    (made,) = [answer for answer in answers if answer.status_code == 200]
    assert declared(clients[0], person) == [made.json()["data"]["id"]]
    refused = [answer for answer in answers if answer is not made]
    assert [(answer.status_code, titles(answer)) for answer in refused] == [(422, ["base"])] * (AT_ONCE - 1)


def test_of_two_providers_that_confirm_one_school_many_times_one_does(clients: Sequence[httpx.Client]) -> None:
    partners = [
        control(
            clients[0],
            "/relationships",
            {"provider": rival, "delivery_partner_name": f"{rival} hub", "cohort": "2024"},
        )["relationship"]["delivery_partner"]["id"]
        for rival in ("northgate", "harbour")
    ]
    school = control(clients[0], "/schools/900405/programme", {"cohort": "2024", "programme": "provider_led"})[
        "school"
    ]["id"]

    def confirm(client: httpx.Client, number: int) -> httpx.Response:
        # Each worker is asked by both.
        rival = number // WORKERS % 2
        attributes = {"cohort": "2024", "school_id": school, "delivery_partner_id": partners[rival]}
        return client.post(PARTNERSHIPS, json={"data": {"attributes": attributes}}, headers=(NORTHGATE, HARBOUR)[rival])

    answers = at_once(clients, confirm)
    (confirmed,) = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer is not confirmed]
    assert [(answer.status_code, titles(answer)) for answer in refused] == [(422, ["school_id"])] * (AT_ONCE - 1)
    found = [
        partnership["id"]
        for token in (NORTHGATE, HARBOUR)
        for partnership in clients[0].get(PARTNERSHIPS, params={"page[per_page]": 100}, headers=token).json()["data"]
        if partnership["attributes"]["school_id"] == school
    ]
    assert found == [confirmed.json()["data"]["id"]]


def test_a_world_and_what_was_asked_of_it_are_every_worker_s(clients: Sequence[httpx.Client]) -> None:
    made = control(clients[0], "/worlds", {"id": "shared"})
    token = {"Authorization": f"Bearer {made['providers'][0]['token']}"}
    control(clients[1], "/faults?world=shared", {"kind": "503", "requests": AT_ONCE})
    answers = at_once(clients, lambda client, _: client.get(PARTNERSHIPS, headers=token))
    assert [answer.status_code for answer in answers] == [503] * AT_ONCE
    assert clients[2].get(PARTNERSHIPS, headers=token).status_code == 200
    for client, answer in zip(clients, reversed(answers), strict=True):
        path = f"/sandbox/requests/{answer.headers['X-Request-Id']}?world=shared"
        assert client.get(path).json()["request"]["fault"] == "503"
    assert clients[3].delete("/sandbox/worlds/shared").status_code == 204
    assert [client.get(PARTNERSHIPS, headers=token).status_code for client in clients] == [401] * AT_ONCE


def test_every_worker_tells_what_all_of_them_counted(clients: Sequence[httpx.Client]) -> None:
    def told(client: httpx.Client) -> float:
        lines = client.get("/metrics").text.splitlines()
        (line,) = [
            each for each in lines if each.startswith('ecf_sandbox_requests_total{operation="v3.list_statements"')
        ]
        return float(line.rpartition(" ")[2])

    for client in clients:
        assert client.get("/api/v3/statements", headers=NORTHGATE).status_code == 200
    assert {told(client) for client in clients} == {AT_ONCE}
