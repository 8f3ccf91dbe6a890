"""How refusals are worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

from sandbox.edge.wording import rule_header, worded
from sandbox.editions.ecf.refusals import refusal
from sandbox.rules.rule import Breach


@dataclass
class Milestone:
    starts: date = date(2021, 11, 19)


@dataclass
class Facts:
    milestone: Milestone
    now: datetime = datetime(2021, 11, 22, 9, 30, 15, tzinfo=UTC)


FACTS = Facts(Milestone())


def rule(title: str, detail: str, status: int = 422) -> dict[str, Any]:
    return {"value": {"errors": [{"title": title, "detail": detail}]}, "x-status": status}


CATALOGUE = {
    "a.early": rule("declaration_date", "It opens on {milestone.starts}."),
    "a.future": rule("declaration_date", "It lies ahead."),
    "a.type": rule("declaration_type", "Give a type."),
    "a.missing": {"value": {"error": "Resource not Found"}, "x-status": 404},
    "a.often": {"value": "Retry later\n", "x-status": 429},
}


def test_names_are_filled_in_from_the_facts() -> None:
    assert worded("{milestone.starts} and {now:%Y-%m-%dT%H:%M:%SZ}", FACTS) == "2021-11-19 and 2021-11-22T09:30:15Z"


def test_other_braces_are_left_alone() -> None:
    assert worded('Send {"data": {…}} or {}.', FACTS) == 'Send {"data": {…}} or {}.'


def test_several_breaches_of_one_attribute_share_its_entry() -> None:
    breaches = [Breach("a.early", FACTS), Breach("a.type", FACTS), Breach("a.future", FACTS)]
    answer = refusal(CATALOGUE, breaches)
    assert answer.status == 422
    assert orjson.loads(answer.body)["errors"] == [
        {"title": "declaration_date", "detail": "It opens on 2021-11-19., It lies ahead."},
        {"title": "declaration_type", "detail": "Give a type."},
    ]
    assert rule_header(breaches) == b"a.early, a.type, a.future"


def test_the_same_words_are_said_once() -> None:
    answer = refusal(CATALOGUE, [Breach("a.type"), Breach("a.type")])
    assert orjson.loads(answer.body)["errors"] == [{"title": "declaration_type", "detail": "Give a type."}]
    assert rule_header([Breach("a.type"), Breach("a.type")]) == b"a.type"


def test_a_refusal_of_the_whole_request_is_a_single_sentence() -> None:
    answer = refusal(CATALOGUE, [Breach("a.missing")])
    assert (answer.status, answer.body) == (404, b'{"error":"Resource not Found"}')


def test_one_that_is_plain_text_is_sent_as_plain_text() -> None:
    answer = refusal(CATALOGUE, [Breach("a.often")])
    assert (answer.media_type, answer.body) == (b"text/plain", b"Retry later\n")
