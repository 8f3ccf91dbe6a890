"""The requests a world remembers, and why it refused what it refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api import JANE, PROVIDERS, Api, Reply, World
from tests.backstage import Backstage
from tests.openapi.documents import catalogue

from .why import asked, request_id, requests, why

EARLY = "2021-01-01T09:00:00Z"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def northgate(world: World) -> Api:
    return world.api()


def ids(found: list[dict[str, object]]) -> list[object]:
    return [each["id"] for each in found]


def test_an_answer_leads_to_what_was_asked_and_by_whom(world: World, northgate: Api) -> None:
    reply = northgate.get("/participants/ecf", **{"filter[cohort]": "2024"})
    said = why(world, reply)
    assert said["provider"]["name"].lower().startswith("northgate")
    assert said == {
        "id": request_id(reply),
        "at": "2024-11-15T09:00:00Z",
        "method": "GET",
        "path": "/api/v3/participants/ecf",
        "query": "filter%5Bcohort%5D=2024",
        "operation": "list_participants",
        "provider": said["provider"],
        "status": 200,
        "fault": None,
        "sent": {},
        "ignored": [],
        "hint": None,
        "broke": [],
    }


def test_a_refusal_is_explained_in_the_words_of_the_catalogue_and_of_the_answer(world: World, northgate: Api) -> None:
    ada = Backstage(world).person()
    reply = northgate.at("2024-11-16T10:00:00Z").declare(ada, "started", EARLY)
    said = why(world, reply)
    (broken,) = said["broke"]
    rule = catalogue()["decl.milestone-start"]
    assert (said["status"], said["at"]) == (422, "2024-11-16T10:00:00Z")
    assert said["sent"]["declaration_date"] == EARLY
    assert (broken["rule"], broken["summary"], broken["guidance"]) == (
        "decl.milestone-start",
        rule["summary"],
        rule["x-guidance"],
    )
    assert [{"title": broken["title"], "detail": broken["detail"]}] == reply.json["errors"]


def test_it_shows_the_facts_that_the_rule_saw(world: World, northgate: Api) -> None:
    ada = Backstage(world).person()
    (broken,) = why(world, northgate.declare(ada, "started", EARLY))["broke"]
    facts = broken["facts"]
    assert facts["now"] == "2024-11-15T09:00:00Z"
    assert facts["declared_at"] == EARLY
    assert (facts["milestone"]["starts"], facts["milestone"]["ends"]) == ("2024-06-01", "2024-12-31")
    assert facts["schedule"]["identifier"] == "ecf-standard-september"
    assert facts["participant"]["id"] == ada
    assert facts["placements"][0]["training"]["status"] == "active"
    assert facts["rival"] is None


def test_the_facts_stay_what_they_were(world: World, northgate: Api) -> None:
    ada = Backstage(world).person()
    reply = northgate.resume(ada)
    assert northgate.defer(ada).status == 200
    (broken,) = why(world, reply)["broke"]
    assert broken["facts"]["training"]["status"] == "active"


def test_every_rule_that_was_broken_is_there_in_the_order_of_the_header(world: World, northgate: Api) -> None:
    reply = northgate.post("/participant-declarations", participant_id=JANE, course_identifier="ecf-induction")
    assert len(reply.rules) > 1
    assert [broken["rule"] for broken in why(world, reply)["broke"]] == reply.rules


@pytest.mark.parametrize(
    ("ask", "rule"),
    [
        (lambda api: api.send("DELETE", "/participants/ecf"), "method.unknown"),
        (lambda api: api.get("/no-such-thing"), "path.unknown"),
        (lambda api: api.get("/participants/ecf/nobody"), "path.unknown"),
        (lambda api: api.get("/participants/ecf", filter="2024"), "read.filter-object"),
        (lambda api: api.send("POST", "/participant-declarations", content=b"{"), "body.json"),
        (lambda api: api.at("today").get("/participants/ecf"), "clock.header-bad"),
    ],
)
def test_requests_that_no_rule_of_the_programme_saw_are_explained_too(
    world: World, northgate: Api, ask: Callable[[Api], Reply], rule: str
) -> None:
    reply = ask(northgate)
    said = why(world, reply)
    assert [broken["rule"] for broken in said["broke"]] == reply.rules == [rule]
    assert (said["status"], said["provider"]["name"]) == (reply.status, "Northgate Teaching Institute")
    (broken,) = said["broke"]
    assert broken["detail"] in reply.response.text.replace('\\"', '"')


def test_who_has_no_token_fills_nobodys_log(world: World, northgate: Api) -> None:
    northgate.get(f"/participants/ecf/{JANE}")
    before = ids(requests(world))
    for token in ("stolen", "", "main.stolen", "x" * 5000):
        for path in ("/participants/ecf", "/no-such-thing"):
            assert Api(world, "v3", token).get(path).status in (401, 404)
    assert ids(requests(world)) == before


def test_of_a_long_path_or_query_only_the_beginning_is_remembered(world: World, northgate: Api) -> None:
    reply = northgate.get("/participants/ecf/" + "x" * 20_000, filter="y" * 20_000)
    said = why(world, reply)
    assert (len(said["path"]), len(said["query"])) == (2000, 2000)


def test_the_list_is_newest_first_and_as_long_as_asked_for(world: World, northgate: Api) -> None:
    replies = [northgate.get(f"/participants/ecf/{JANE}") for _ in range(3)]
    assert ids(requests(world, limit=2)) == [request_id(replies[2]), request_id(replies[1])]
    assert len(requests(world)) <= 50


def test_the_list_can_be_of_the_refused_of_a_status_and_of_one_provider(world: World) -> None:
    replies = {name: world.api(provider=name).get(f"/participants/ecf/{JANE}") for name in PROVIDERS}
    own = [name for name, reply in replies.items() if reply.status == 200]
    assert own
    assert len(own) < len(PROVIDERS)
    newest = {request_id(reply): reply.status for reply in replies.values()}

    def among_them(**query: object) -> set[object]:
        return set(ids(requests(world, **query))) & set(newest)

    assert among_them(refused="true") == among_them(status=404) == {id for id, it in newest.items() if it == 404}
    assert among_them(refused="false") == among_them(status=200) == {id for id, it in newest.items() if it == 200}
    harbour = Backstage(world).provider("harbour")
    for name in ("harbour", harbour.name, harbour.id):
        assert among_them(provider=name) == {request_id(replies["harbour"])}


def test_of_requests_with_the_same_id_it_is_the_newest(world: World, northgate: Api) -> None:
    same = {"X-Request-Id": "the-same"}
    northgate.send("GET", f"/participants/ecf/{JANE}", headers=same)
    newest = northgate.send("GET", "/participants/ecf/nobody", headers=same)
    assert why(world, newest)["status"] == 404


def test_an_unknown_id_is_not_found_and_an_unknown_filter_refused(world: World) -> None:
    assert asked(world, "/requests/no-such").status_code == 404
    wrongs: list[dict[str, Any]] = [{"limit": 0}, {"limit": "many"}, {"refused": "perhaps"}, {"status": 7}, {"page": 2}]
    for wrong in wrongs:
        assert asked(world, "/requests", **wrong).status_code == 422, wrong
    assert asked(world, "/requests", world="no-such").status_code == 404


def test_what_the_control_api_is_asked_is_not_remembered(world: World, northgate: Api) -> None:
    reply = northgate.get(f"/participants/ecf/{JANE}")
    requests(world)
    assert ids(requests(world, limit=1)) == [request_id(reply)]


def test_what_is_too_long_or_too_deep_to_be_read_is_cut_short(world: World, northgate: Api) -> None:
    deep: object = "the end"
    for _ in range(300):
        deep = [deep]
    reply = northgate.post("/participant-declarations", declaration_type="x" * 5000, evidence_held=deep)
    sent = why(world, reply)["sent"]
    assert sent["declaration_type"] == "x" * 1000 + "…"
    assert len(str(sent["evidence_held"])) < 50
