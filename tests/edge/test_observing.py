"""What those who look after the sandbox are told: log lines, metrics, health."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from datetime import datetime

import pytest

from sandbox.logs import REQUESTS, JsonLines, TextLines, printable
from tests.api import JANE, Api, World

_LOOP = asyncio.new_event_loop()


@pytest.fixture
def lines() -> Iterator[list[logging.LogRecord]]:
    """What is logged of requests."""
    kept: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = kept.append  # type: ignore[assignment, method-assign]
    log = logging.getLogger(REQUESTS)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield kept
    log.setLevel(logging.NOTSET)
    log.removeHandler(handler)


def ask(world: World, path: str, method: str = "GET") -> tuple[int, str]:
    answer = _LOOP.run_until_complete(world.client.request(method, path))
    return answer.status_code, answer.text


def test_a_request_is_a_line_of_json_with_all_there_is_to_say_of_it(lines: list[logging.LogRecord]) -> None:
    world = World()
    reply = world.api().resume(JANE)
    said = json.loads(JsonLines().format(lines[-1]))
    assert datetime.fromisoformat(said.pop("time")).tzinfo is not None
    assert 0 <= said.pop("milliseconds") < 10_000
    assert said == {
        "world": "main",
        "provider": "Northgate Teaching Institute",
        "operation": "v3.resume_participant",
        "status": reply.status,
        "rules": reply.rules,
        "request_id": reply.response.headers["X-Request-Id"],
    }


def test_a_request_is_a_line_of_text_that_no_terminal_obeys(lines: list[logging.LogRecord]) -> None:
    world = World()
    Api(world, "v3", "stolen").get("/participants/ecf")
    ask(world, "/sandbox/worlds/a%1b%5b2J%0anext")
    first, second = (TextLines().format(record) for record in lines[-2:])
    assert "world=main provider=- operation=- status=401 rules=auth.token-required milliseconds=" in first
    assert "operation=worlds.get_world status=404 rules=-" in second
    assert first.isprintable()
    assert second.isprintable()


def test_what_cannot_be_seen_is_written_so_that_it_can() -> None:
    assert printable("a\x1b[2Jb\nc\u202e\udcff") == "a\\x1b[2Jb\\nc\\u202e\\udcff"
    assert printable("Zoë 😀") == "Zoë 😀"
    record = logging.LogRecord("x", logging.ERROR, "", 0, "GET %s failed", ("/a\nb",), None)
    assert TextLines().format(record) == "GET /a\\nb failed"


def test_metrics_tell_of_requests_refusals_durations_waits_and_worlds() -> None:
    world = World()
    before = ask(world, "/metrics")[1]
    (rule,) = world.api().resume(JANE).rules
    status, text = ask(world, "/metrics")

    def grown(name: str) -> float:
        return value(text, name) - value(before, name)

    def value(exposed: str, name: str) -> float:
        return sum(float(line.rpartition(" ")[2]) for line in exposed.splitlines() if line.rpartition(" ")[0] == name)

    assert status == 200
    assert grown('ecf_sandbox_requests_total{operation="v3.resume_participant",status="422"}') == 1
    assert grown(f'ecf_sandbox_rules_refused_total{{rule="{rule}"}}') == 1
    assert grown('ecf_sandbox_request_seconds_count{operation="v3.resume_participant"}') == 1
    assert grown("ecf_sandbox_store_wait_seconds_count") >= 1
    assert value(text, "ecf_sandbox_worlds") >= 1


def test_it_is_well_and_ready() -> None:
    for path in ("/health", "/ready"):
        status, text = ask(World(), path)
        assert (status, json.loads(text)["status"]) == (200, "ok")
