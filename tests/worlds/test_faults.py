"""What goes wrong on the way, where that was asked for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import pytest

from sandbox.app import build_app
from sandbox.editions import ALL
from sandbox.model import Fault, FaultKind
from sandbox.seeding.creation import Creation
from sandbox.store.engine import MemoryStore
from sandbox.worlds.faults import Strike, met
from sandbox.worlds.worlds import Worlds
from tests.api import JANE, at_once, played

T = TypeVar("T")

NOW = datetime(2021, 12, 10, 10, tzinfo=UTC)
DECLARATIONS = "/api/v3/participant-declarations"
STARTED = {
    "participant_id": JANE,
    "declaration_type": "started",
    "declaration_date": "2021-12-06T09:00:00Z",
    "course_identifier": "ecf-induction",
}


class Client:
    """Northgate, and the control API, in one process with the sandbox. Its world's clock stands."""

    def __init__(self) -> None:
        store = MemoryStore()
        store.replace_with(played("first-cohort", "documented"))
        self.worlds = Worlds(store, Creation(ALL), lambda: NOW)
        transport = httpx.ASGITransport(app=build_app(self.worlds))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://localhost")

    def meets(self, kind: str, **fault: Any) -> httpx.Response:
        """Ask for a fault."""
        return self.control("POST", "/faults", json={"kind": kind, **fault})

    def control(self, method: str, path: str, **content: Any) -> httpx.Response:
        return ran(self._client.request(method, f"/sandbox{path}", **content))

    def get(self, path: str, token: str = "northgate-sandbox-token") -> httpx.Response:
        return ran(self.getting(path, token))

    async def getting(self, path: str, token: str = "northgate-sandbox-token") -> httpx.Response:
        return await self._client.get(path, headers={"Authorization": f"Bearer {token}"})

    def declare(self, **changes: str) -> httpx.Response:
        headers = {"Authorization": "Bearer northgate-sandbox-token"}
        body = {"data": {"attributes": STARTED | changes}}
        return ran(self._client.post(DECLARATIONS, json=body, headers=headers))

    def declared(self) -> int:
        """How many declarations there are of Jane."""
        return len(self.get(f"{DECLARATIONS}?filter[participant_id]={JANE}").json()["data"])


_LOOP = asyncio.new_event_loop()


def ran(request: Coroutine[Any, Any, T]) -> T:
    return _LOOP.run_until_complete(request)


@pytest.fixture
def client() -> Client:
    return Client()


FORMS = {
    "429": (429, "text/plain", "Retry later\n"),
    "500": (500, "application/vnd.api+json", '{"error":"Internal server error"}'),
    "503": (503, "application/vnd.api+json", '{"error":"Service unavailable"}'),
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_failure_has_the_services_form_and_nothing_is_carried_out(client: Client, kind: str) -> None:
    client.meets(kind)
    failed = client.declare()
    assert (failed.status_code, failed.headers["content-type"], failed.text) == FORMS[kind]
    log = client.control("GET", f"/requests/{failed.headers['X-Request-Id']}").json()
    assert (log["request"]["status"], log["request"]["fault"]) == (int(kind), kind)
    assert client.declared() == 0
    assert client.declare().status_code == 200


@pytest.mark.parametrize("kind", FORMS)
def test_a_failure_may_come_after_the_request_was_carried_out(client: Client, kind: str) -> None:
    client.meets(kind, after=True)
    assert client.declare().status_code == int(kind)
    assert client.declared() == 1
    assert client.declare().status_code == 200
    assert client.declared() == 1


def test_what_is_refused_and_then_fails_shows_the_failure_only(client: Client) -> None:
    client.meets("500", after=True)
    assert client.declare(declaration_type="").status_code == 500


@pytest.mark.parametrize(("after", "declared"), [(False, 0), (True, 1)])
def test_a_dropped_connection_gives_no_answer(client: Client, after: bool, declared: int) -> None:
    client.meets("drop", after=after)
    with pytest.raises(ConnectionResetError):
        client.declare()
    assert client.declared() == declared


def test_a_truncated_answer_is_of_a_request_that_was_carried_out(client: Client) -> None:
    assert client.meets("truncate").json()["after"] is True
    with pytest.raises(ConnectionResetError):
        client.declare()
    assert client.declared() == 1


@pytest.mark.parametrize("sent", [{}, {"declaration_type": ""}])
def test_half_of_what_is_announced_is_sent_of_refusals_too(client: Client, sent: dict[str, str]) -> None:
    whole = client.declare(**sent)
    client.meets("truncate")
    parts: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": whole.request.content}

    async def send(message: Any) -> None:
        parts.append(message)

    async def cut_off() -> None:
        headers = [(b"authorization", b"Bearer northgate-sandbox-token"), (b"content-type", b"application/json")]
        scope = {"type": "http", "method": "POST", "path": DECLARATIONS, "query_string": b"", "headers": headers}
        with pytest.raises(ConnectionResetError):
            await build_app(client.worlds)(scope, receive, send)

    ran(cut_off())
    start, body = parts
    assert start["status"] == whole.status_code
    assert dict(start["headers"])[b"content-length"] == b"%d" % len(whole.content)
    assert body == {"type": "http.response.body", "body": whole.content[: len(whole.content) // 2], "more_body": True}


@pytest.mark.parametrize("after", [False, True])
def test_a_late_answer_is_whole_and_keeps_nobody_else_waiting(client: Client, after: bool) -> None:
    client.meets("latency", milliseconds=300, operation="get_participant", after=after)
    took: dict[str, float] = {}

    async def ask(name: str, path: str) -> httpx.Response:
        answer = await client.getting(path)
        took[name] = time.monotonic() - began
        return answer

    async def both() -> tuple[httpx.Response, httpx.Response]:
        late, quick = ask("late", f"/api/v3/participants/ecf/{JANE}"), ask("quick", "/api/v3/participants/ecf")
        return await asyncio.gather(late, quick)

    began = time.monotonic()
    late, quick = ran(both())
    assert took["quick"] < took["late"] >= 0.3
    assert late.status_code == quick.status_code == 200
    assert late.json()["data"]["id"] == JANE


def test_whatever_is_late_may_fail_as_well(client: Client) -> None:
    client.meets("latency", milliseconds=30)
    client.meets("503")
    began = time.monotonic()
    assert client.declare().status_code == 503
    assert time.monotonic() - began >= 0.03


def test_it_strikes_one_operation_of_every_version_or_of_one(client: Client) -> None:
    client.meets("500", operation="list_participants", requests=2)
    client.meets("503", operation="v3.get_participant")
    assert client.get(f"/api/v1/participants/ecf/{JANE}").status_code == 200
    assert client.get(f"/api/v3/participants/ecf/{JANE}").status_code == 503
    assert [client.get(f"/api/{version}/participants/ecf").status_code for version in ("v1", "v3", "v2")] == [
        500,
        500,
        200,
    ]


def test_it_strikes_whoever_has_a_token_only_and_no_other_world(client: Client) -> None:
    other = client.control("POST", "/worlds", json={"scenario": "first-cohort"}).json()
    client.meets("500", requests=1)
    assert client.get("/api/v3/participants/ecf", "nobody").status_code == 401
    assert client.get("/api/v3/participants/ecf", other["providers"][0]["token"]).status_code == 200
    assert client.get("/health").status_code == 200
    assert client.control("GET", "/time").status_code == 200
    assert client.get("/api/v3/participants/ecf").status_code == 500


def test_what_is_to_come_is_listed_with_how_often_it_struck_until_it_is_over_or_ended(client: Client) -> None:
    twice = client.meets("429", requests=2, operation="v3.list_participants").json()
    often = client.meets("500", share=1, seed=7, operation="v1.list_participants").json()
    assert twice == {
        "id": twice["id"],
        "kind": "429",
        "operation": "v3.list_participants",
        "milliseconds": 0,
        "requests": 2,
        "share": None,
        "seed": 0,
        "after": False,
        "struck": 0,
    }
    client.get("/api/v3/participants/ecf")
    client.get("/api/v1/participants/ecf")
    assert client.control("GET", "/faults").json() == {
        "faults": [twice | {"requests": 1, "struck": 1}, often | {"requests": None, "struck": 1}]
    }
    client.get("/api/v3/participants/ecf")
    assert [fault["id"] for fault in client.control("GET", "/faults").json()["faults"]] == [often["id"]]
    assert client.control("DELETE", f"/faults/{often['id']}").status_code == 204
    assert client.control("DELETE", f"/faults/{often['id']}").status_code == 404
    assert client.control("GET", "/faults").json() == {"faults": []}
    assert client.get("/api/v1/participants/ecf").status_code == 200


@pytest.mark.parametrize(("method", "path"), [("DELETE", "/faults"), ("POST", "/worlds/main/reset")])
def test_all_can_be_ended_at_once_and_a_reset_ends_them(client: Client, method: str, path: str) -> None:
    client.meets("500", share=1)
    client.meets("drop", share=1)
    assert client.control(method, path).status_code in (200, 204)
    assert client.get("/api/v3/participants/ecf").status_code == 200


@pytest.mark.parametrize(
    ("fault", "title"),
    [
        ({}, "body"),
        ({"kind": "flood"}, "kind"),
        ({"kind": 500}, "kind"),
        ({"kind": "500", "operation": "v1.create_everything"}, "operation"),
        ({"kind": "500", "operation": "v9.list_participants"}, "operation"),
        ({"kind": "latency"}, "milliseconds"),
        ({"kind": "latency", "milliseconds": 60001}, "milliseconds"),
        ({"kind": "500", "milliseconds": 5}, "milliseconds"),
        ({"kind": "500", "requests": 0}, "requests"),
        ({"kind": "500", "requests": 2, "share": 0.5}, "share"),
        ({"kind": "500", "share": 1.1}, "share"),
        ({"kind": "500", "seed": 1}, "seed"),
        ({"kind": "500", "often": True}, "body"),
    ],
)
def test_what_makes_no_sense_is_declined(client: Client, fault: dict[str, Any], title: str) -> None:
    declined = client.control("POST", "/faults", json=fault)
    assert declined.status_code == 422
    assert {error["title"] for error in declined.json()["errors"]} == {title}
    assert client.control("GET", "/faults").json() == {"faults": []}


def test_an_unknown_operation_is_told_which_there_are(client: Client) -> None:
    (error,) = client.meets("500", operation="x").json()["errors"]
    assert "create_declaration" in error["detail"]
    assert "v3." in error["detail"]


def test_there_are_not_more_than_a_hundred(client: Client) -> None:
    for _ in range(100):
        assert client.meets("500").status_code == 201
    assert client.meets("500").status_code == 422


def test_a_visit_says_what_struck_it(client: Client) -> None:
    client.meets("latency", milliseconds=0)
    client.meets("503", requests=1)
    client.get("/api/v3/participants/ecf")
    client.meets("latency", milliseconds=0)
    client.get("/api/v3/participants/ecf")
    client.get("/api/v3/participants/ecf")
    assert [visit.show()["fault"] for visit in at_once(client.worlds.main.asked.all())] == [None, "latency", "503"]


class Faults:
    def __init__(self, *wanted: Fault) -> None:
        self._left = wanted

    def strike(self, operation: str) -> Strike | None:
        strike, self._left = met(self._left, operation)
        return strike


def fault(kind: FaultKind = "500", **fault: Any) -> Fault:
    return Fault(id=str(uuid4()), kind=kind, **fault)


def struck(all: Faults, times: int = 200) -> list[bool]:
    return [all.strike("v3.list_participants") is not None for _ in range(times)]


def test_a_share_is_struck_by_chance_and_a_seed_brings_the_same_chance_back() -> None:
    first, again, other = (struck(Faults(fault(requests=None, share=0.25, seed=seed))) for seed in (1, 1, 2))
    assert first == again != other
    assert 25 <= sum(first) <= 75


def test_all_or_none_are_shares_too() -> None:
    assert all(struck(Faults(fault(requests=None, share=1.0))))
    assert not any(struck(Faults(fault(requests=None, share=0.0))))


def test_of_two_failures_the_first_asked_for_is_met_first_and_the_second_is_still_to_come() -> None:
    both = Faults(fault("500"), fault("503"))
    met = [strike.kind for strike in (both.strike("v3.x"), both.strike("v3.x")) if strike]
    assert met == ["500", "503"]
    assert both.strike("v3.x") is None


def test_waits_add_up_before_and_after() -> None:
    strike = Faults(
        fault("latency", milliseconds=20),
        fault("latency", milliseconds=30),
        fault("latency", milliseconds=400, after=True),
    ).strike("v3.x")
    assert strike is not None
    assert (strike.before, strike.after, strike.kind) == (0.05, 0.4, "latency")
    assert strike.is_carried_out
