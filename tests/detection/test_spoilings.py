"""Every way to spoil answers spoils some answer of the sandbox, and leaves the others as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from tests.detection import excuses
from tests.detection.answers import Answer, Question, Spoiling, untouched
from tests.detection.outcomes import Outcome, Outcomes
from tests.detection.proxy import Proxy, spoiling
from tests.detection.spoilings import ALL
from tests.detection.spoilings_over_time import Foreign, Frozen
from tests.detection.spoils import of_lists, with_header
from tests.server.running import serving

TOKEN = {"Authorization": "Bearer northgate-sandbox-token"}


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with serving(tmp_path_factory.mktemp("data")) as running, spoiling(running.url, lambda _: None) as proxy:
        yield proxy


def read(proxy: Proxy, path: str) -> requests.Response:
    return requests.get(f"{proxy.url}/api/v3{path}", headers=TOKEN, timeout=30)


def test_there_are_many_kinds_each_of_its_own_name() -> None:
    assert len({str(each) for each in ALL}) == len(ALL) > 1000


def test_what_is_excused_is_a_way_that_there_is() -> None:
    assert {way for each in excuses.all_of_them() for way in each.ways} <= {str(each) for each in ALL}


def test_what_nobody_can_read_is_counted_apart_and_what_breaks_nothing_not_at_all() -> None:
    outcomes = Outcomes()
    for way, by in (("seen", "check.shows: one"), ("unread", ""), ("harmless", "")):
        outcomes.add(Outcome(way, writes=False, spoilt=1, by=by))
    excused = {
        "unread": excuses.Excuse("ecf", ("unread",), "is not read", "It is said once."),
        "harmless": excuses.Excuse("ecf", ("harmless",), "breaks nothing", "Any order will do."),
    }
    told = outcomes.told(("seen", "unread", "harmless"), excused)
    assert "Only reading, 1 of 2 ways" in told
    assert "1 of those missed; without them, 1 of 1 ways" in told
    assert "| `unread` |  | It is said once. |" in told
    assert "`harmless`" not in told


def test_what_is_not_spoilt_arrives_as_it_was_sent_and_what_is_does_not(proxy: Proxy) -> None:
    straight = read(proxy, "/statements")
    assert (straight.status_code, straight.headers["content-type"]) == (200, "application/vnd.api+json")
    proxy.spoil = Spoiling("the first is lost", "/statements", of_lists(lambda records: records[1:]))
    bent, other = read(proxy, "/statements"), read(proxy, "/delivery-partners")
    proxy.spoil = lambda _: None
    assert bent.json()["data"] == straight.json()["data"][1:]
    assert other.json() == read(proxy, "/delivery-partners").json()
    assert proxy.spoilt == 1


def test_what_only_lays_the_same_out_otherwise_is_not_spoilt() -> None:
    answer = Answer("GET", "/api/v3/statements", "", 200, "application/vnd.api+json", b'{"data": []}')
    assert Spoiling("laid out otherwise", "/api/", lambda each: each.saying(each.json))(answer) is None


def test_a_number_is_no_truth() -> None:
    answer = Answer("GET", "/api/v3/statements", "", 200, "application/vnd.api+json", b'{"data": {"paid": true}}')
    other = Spoiling("truth is a number", "/api/", lambda each: each.saying({"data": {"paid": 1}}))(answer)
    assert other is not None


def test_headers_are_spoilt_too(proxy: Proxy) -> None:
    proxy.spoil = Spoiling("etag is left out", "/api/", with_header("etag", None))
    bent = read(proxy, "/statements")
    proxy.spoil = lambda _: None
    assert ("etag" in read(proxy, "/statements").headers, "etag" in bent.headers) == (True, False)


def test_what_is_misheard_is_asked_otherwise_and_counts_where_the_answer_is_another(proxy: Proxy) -> None:
    before = proxy.spoilt
    whole = read(proxy, "/statements")
    proxy.mishear = Spoiling("cohort filters nothing", "/statements", mishear=filtered_by_nothing).heard
    misheard, same = read(proxy, "/statements?filter[cohort]=2022"), read(proxy, "/statements?page[page]=1")
    proxy.mishear = untouched
    assert misheard.json() == whole.json() != read(proxy, "/statements?filter[cohort]=2022").json()
    assert same.json() == whole.json()
    assert proxy.spoilt == before + 1


def filtered_by_nothing(question: Question) -> Question:
    return replace(question, query="")


def test_what_a_record_showed_first_stays_for_each_who_asks() -> None:
    frozen = Spoiling("the state stays", "/", Frozen("state"))
    told = [frozen(declared(token, state)) for token, state in (("a", "submitted"), ("a", "voided"), ("b", "voided"))]
    assert [each and each.json["data"]["attributes"]["state"] for each in told] == [None, "submitted", None]


def test_a_foreign_record_is_one_that_another_of_the_same_world_was_shown() -> None:
    foreign = Foreign()
    assert [foreign(listed("one.a", "1")), foreign(listed("two.b", "2"))] == [None, None]
    mixed = foreign(listed("one.b", "3"))
    assert mixed is not None
    assert [each["id"] for each in mixed.json["data"]] == ["3", "1"]


def declared(token: str, state: str) -> Answer:
    said = {"data": {"id": "1", "type": "participant-declaration", "attributes": {"state": state}}}
    return Answer("GET", "/api/v3/participant-declarations/1", "", 200, "", json.dumps(said).encode(), token=token)


def listed(token: str, id: str) -> Answer:
    said = {"data": [{"id": id, "type": "statement", "attributes": {}}]}
    return Answer("GET", "/api/v3/statements", "", 200, "", json.dumps(said).encode(), token=token)
