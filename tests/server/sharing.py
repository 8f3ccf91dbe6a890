"""Several processes that serve one PostgreSQL database, and connections to each of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from .running import Running, serving

WORKERS = 4
DECLARATIONS = "/api/v3/participant-declarations"
NORTHGATE = {"Authorization": "Bearer northgate-sandbox-token"}


@contextmanager
def shared(url: str, *options: str) -> Iterator[Running]:
    """Workers that serve a database until the block ends."""
    with serving(None, "--store", url, "--workers", str(WORKERS), *options) as sandbox:
        try:
            yield sandbox
        finally:
            assert sandbox.stop() == 0


def worker_of(answer: httpx.Response) -> str:
    """Which worker answered: what the ids of its requests begin with."""
    return answer.headers["X-Request-Id"].partition("-")[0]


@contextmanager
def connected(sandbox: Running, each: int) -> Iterator[Sequence[httpx.Client]]:
    """So many connections to each worker, those to different ones by turns."""
    found: dict[str, list[httpx.Client]] = {}
    opened: list[httpx.Client] = []
    try:
        deadline = time.monotonic() + 20
        while len(found) < WORKERS or any(len(clients) < each for clients in found.values()):
            assert time.monotonic() < deadline, "some worker takes no connections"
            client = httpx.Client(base_url=sandbox.url, timeout=20, verify=False)  # which is made faster
            opened.append(client)
            found.setdefault(worker_of(client.get("/health")), []).append(client)
        yield [client for turn in zip(*(clients[:each] for clients in found.values()), strict=True) for client in turn]
    finally:
        for client in opened:
            client.close()


def control(client: httpx.Client, path: str, body: Any = None) -> Any:
    answer = client.post(f"/sandbox{path}", json=body or {})
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def declare(client: httpx.Client, person: str, day: int) -> httpx.Response:
    """Say that someone started on a day of November 2024."""
    attributes = {
        "participant_id": person,
        "declaration_type": "started",
        "declaration_date": f"2024-11-{day:02}T09:00:00Z",
        "course_identifier": "ecf-induction",
    }
    sent_at = {"X-With-Server-Date": "2024-11-30T12:00:00Z"}
    return client.post(DECLARATIONS, json={"data": {"attributes": attributes}}, headers=NORTHGATE | sent_at)


def declared(client: httpx.Client, person: str) -> list[str]:
    """The ids of what is declared of someone."""
    answer = client.get(DECLARATIONS, params={"filter[participant_id]": person}, headers=NORTHGATE)
    return [declaration["id"] for declaration in answer.json()["data"]]


def titles(answer: httpx.Response) -> list[str]:
    return [error["title"] for error in answer.json()["errors"]]


def new_ect(client: httpx.Client) -> str:
    id: str = control(client, "/participants", {"provider": "northgate"})["participant"]["id"]
    return id
