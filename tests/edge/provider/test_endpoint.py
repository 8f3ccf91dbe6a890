"""When an endpoint answers, and which time it writes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from starlette.types import ASGIApp, Message

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.model import ApiToken
from sandbox.seeding.creation import Creation
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import StoreProblem
from sandbox.worlds.worlds import Worlds
from tests.api import JANE, MENTOR, played

NOW = datetime(2021, 11, 22, 9, tzinfo=UTC)


class Ticking:
    """A clock that is a second later each time it is looked at."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


class Served:
    """The first cohort, served from a store whose disk can be watched."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.store.replace_with(played("first-cohort", "documented"))
        self.clock = Ticking()
        self.worlds = Worlds(self.store, Creation(ALL), self.clock)
        self.app: ASGIApp = build_app(self.worlds)

    async def send(self, method: str, path: str, body: asyncio.Future[bytes] | bytes = b"") -> tuple[int, Any]:
        """The status and the content of an answer; a body that is a future arrives when that is done."""
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body if isinstance(body, bytes) else await body}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"authorization", b"Bearer northgate-sandbox-token"), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": headers}
        await self.app(scope, receive, send)
        return sent[0]["status"], orjson.loads(sent[1]["body"])


@pytest.fixture
def served() -> Served:
    return Served()


def deferring(course: str) -> bytes:
    return orjson.dumps({"data": {"attributes": {"reason": "other", "course_identifier": course}}})


DEFER_JANE = ("PUT", f"/api/v3/participants/ecf/{JANE}/defer")
DEFER_MENTOR = ("PUT", f"/api/v3/participants/ecf/{MENTOR}/defer")


def test_what_was_answered_from_changes_that_were_lost_is_forgotten(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost() -> None:
        raise StoreProblem("lost")

    worlds = served.worlds
    with monkeypatch.context() as patch:
        patch.setattr(served.store, "durable", lost)
        assert asyncio.run(served.send("GET", f"/api/v3/participants/ecf/{JANE}"))[0] == 500
    assert not worlds.main.answers._answers


def test_whoever_sends_a_body_slowly_is_not_dated_before_what_was_kept_meanwhile(served: Served) -> None:
    async def race() -> tuple[Any, Any]:
        body: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        slow = asyncio.create_task(served.send(*DEFER_JANE, body))
        await asyncio.sleep(0)
        quick = await served.send(*DEFER_MENTOR, deferring("ecf-mentor"))
        body.set_result(deferring("ecf-induction"))
        return quick[1], (await slow)[1]

    quick, slow = asyncio.run(race())
    assert slow["data"]["attributes"]["updated_at"] > quick["data"]["attributes"]["updated_at"]


def test_whoever_waits_for_another_process_to_write_is_not_dated_before_what_that_wrote(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def after_others() -> Iterator[None]:
        clock.at += timedelta(hours=1)
        yield

    clock = served.clock
    monkeypatch.setattr(served.store, "exclusive", after_others)
    _, deferred = asyncio.run(served.send(*DEFER_JANE, deferring("ecf-induction")))
    assert deferred["data"]["attributes"]["updated_at"] >= f"{NOW + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"


def test_what_other_processes_wrote_is_looked_for_before_a_token_is(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def revoke() -> None:
        with served.store.write() as unit:
            for token in list(unit.all(ApiToken)):
                unit.delete(ApiToken, token.id)

    monkeypatch.setattr(served.store, "look", revoke)
    assert asyncio.run(served.send("GET", f"/api/v3/participants/ecf/{JANE}"))[0] == 401


@pytest.mark.parametrize(
    ("request_line", "body", "status"),
    [
        (("GET", f"/api/v3/participants/ecf/{JANE}"), b"", 200),
        (("GET", "/api/v1/participants/ecf/nobody"), b"", 404),
        (DEFER_JANE, deferring("ecf-induction"), 200),
        (DEFER_JANE, deferring("ecf-mentor"), 422),
        (DEFER_JANE, b"{", 400),
        (("GET", "/ready"), b"", 200),
    ],
)
def test_no_answer_leaves_before_the_disk_has_what_it_tells_of(
    served: Served, monkeypatch: pytest.MonkeyPatch, request_line: tuple[str, str], body: bytes, status: int
) -> None:
    async def ask() -> tuple[int, Any]:
        written = asyncio.get_running_loop().create_future()
        monkeypatch.setattr(served.store, "durable", lambda: written)
        asked = asyncio.create_task(served.send(*request_line, body))
        await asyncio.sleep(0.02)
        assert not asked.done()
        written.set_result(None)
        return await asked

    assert asyncio.run(ask())[0] == status


@pytest.mark.parametrize(
    ("request_line", "status"), [(("GET", f"/api/v3/participants/ecf/{JANE}"), 500), (("GET", "/ready"), 503)]
)
def test_when_the_disk_fails_nothing_is_told(
    served: Served, monkeypatch: pytest.MonkeyPatch, request_line: tuple[str, str], status: int
) -> None:
    async def fails() -> None:
        raise StoreProblem("the disk is full")

    monkeypatch.setattr(served.store, "durable", fails)
    answered, content = asyncio.run(served.send(*request_line))
    assert answered == status
    assert content in ({"error": "Internal server error"}, {"status": "failing", "problem": "the disk is full"})


def test_a_websocket_is_turned_away(served: Served) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": f"/api/v3/participants/ecf/{JANE}", "query_string": b"", "headers": []}
    asyncio.run(served.app(scope, receive, send))  # type: ignore[arg-type]
    assert sent == [{"type": "websocket.close", "code": 1000}]
