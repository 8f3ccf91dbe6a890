"""How a value may be written, where the deployed service reads it otherwise than its documents say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.editions.ecf.rules.deployed_spelling import SPELLING, declared_at
from sandbox.rules.spelling import STRICT
from tests.api import Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import EVERY_VERSION

JOSHUA = "0bba7aa7-fb81-4422-a8f5-d504c5f91826"
ALL = {"page[per_page]": "3000"}
SPELT = [str.upper, lambda id: f"{{{id}}}", lambda id: id.replace("-", "")]
NOON = datetime(2024, 10, 1, 12, tzinfo=UTC)


def deployed(version: str = "v3") -> Api:
    return World(behaviour="deployed").api(version)


def declared_of(api: Api) -> str:
    """Somebody of whom something was declared."""
    return str(api.get("/participant-declarations").data[0]["attributes"]["participant_id"])


@EVERY_VERSION
@pytest.mark.parametrize("spelt", SPELT)
@accepts("read.participant-id", "decl.participant-known")
def test_an_id_may_have_capitals_braces_or_no_hyphens(version: str, spelt: Any) -> None:
    api = deployed(version)
    id = declared_of(api)
    theirs = api.get("/participant-declarations", **{"filter[participant_id]": id}, **ALL).ids
    assert theirs
    assert api.get("/participant-declarations", **{"filter[participant_id]": spelt(id)}, **ALL).ids == theirs
    assert "participant_id" not in api.declare(spelt(id), "nothing", "2024-10-01T12:00:00Z").titles


@accepts("read.participant-id")
def test_an_id_with_a_space_beside_it_matches_nothing() -> None:
    filtered = {"filter[participant_id]": f" {declared_of(deployed())}"}
    assert deployed().get("/participant-declarations", **filtered).ids == []
    assert World().api().get("/participant-declarations", **filtered).ids != []


@pytest.mark.parametrize("written", ["2024x", "2024.5", " 2024 ", "2024,x", "+2024"])
@accepts("read.cohort-filter")
def test_a_cohort_is_read_by_the_number_it_begins_with(written: str) -> None:
    as_it_is = deployed().get("/participants/ecf", **{"filter[cohort]": "2024"}, **ALL).ids
    assert deployed().get("/participants/ecf", **{"filter[cohort]": written}, **ALL).ids == as_it_is != []


@accepts("read.cohort-filter")
def test_a_comma_alone_finds_nothing_and_a_blank_everything() -> None:
    for path in ("/participants/ecf", "/partnerships/ecf", "/statements"):
        assert deployed().get(path, **{"filter[cohort]": ","}).ids == []
        assert deployed().get(path, **{"filter[cohort]": " "}).ids == deployed().get(path).ids != []
        assert World().api().get(path, **{"filter[cohort]": ","}).ids == World().api().get(path).ids


@EVERY_VERSION
@pytest.mark.parametrize("cohort", ["2025x", 2025.5, " 2025 ", "2025"])
@accepts("sched.identifier")
def test_a_cohort_to_move_to_is_read_by_its_number_too(version: str, cohort: Any) -> None:
    sent = {"schedule_identifier": "ecf-standard-september", "course_identifier": "ecf-induction"}
    plain = deployed(version).put(f"/participants/ecf/{JOSHUA}/change-schedule", **sent, cohort="2025")
    spelt = deployed(version).put(f"/participants/ecf/{JOSHUA}/change-schedule", **sent, cohort=cohort)
    assert (spelt.status, spelt.json.keys()) == (plain.status, plain.json.keys())


@EVERY_VERSION
@pytest.mark.parametrize(("written", "page"), [("2abc", "2"), ("1.9", "1"), (" 2", "2"), ("+2", "2")])
@accepts("read.page")
def test_a_page_is_read_by_the_number_it_begins_with(version: str, written: str, page: str) -> None:
    def page_of(number: str) -> list[str]:
        return deployed(version).get("/participants/ecf", **{"page[page]": number, "page[per_page]": "3"}).ids

    assert page_of(written) == page_of(page)


@pytest.mark.parametrize("written", ["abc", "", "0", "-1", "0x2", "9" * 23, "9" * 19])
@refuses("read.page")
def test_a_page_without_a_number_or_beyond_counting_is_refused(written: str) -> None:
    refused = refusal(deployed(), Api.get, "/participants/ecf", **{"page[page]": written})
    assert refused == (400, ["Bad request"], ["read.page"])


@accepts("read.page")
def test_so_many_a_page_are_as_many_as_there_may_be() -> None:
    assert (
        deployed().get("/participants/ecf", **{"page[per_page]": "9" * 23}).ids
        == deployed().get("/participants/ecf", **ALL).ids
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-10-01t12:00:00z", NOON),
        ("2024-10-01T12:00:00,5Z", NOON.replace(microsecond=500_000)),
        ("2024-10-01T12:00:00.123456789Z", NOON.replace(microsecond=123_456)),
        ("2024-10-01T13:00:00+01", NOON),
        ("2024-10-01T06:30:00-0530", NOON),
        ("2024-09-31T12:00:00Z", NOON),
        ("2024-02-30T10:00:00Z", datetime(2024, 3, 1, 10, tzinfo=UTC)),
        ("2024-09-30T24:00:00Z", datetime(2024, 10, 1, tzinfo=UTC)),
        ("2024-10-01T11:59:60Z", NOON),
    ],
)
@accepts("decl.date-format")
def test_a_declaration_date_may_be_written_in_other_ways(written: str, read: datetime) -> None:
    assert declared_at(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "2024-10-01",
        "2024-10-01 12:00:00",
        "2024-10-01T12:00Z",
        " 2024-10-01T12:00:00Z",
        "2024-10-01T12:00:00Z\n",
        "2024-10-32T12:00:00Z",
        "2024-10-00T12:00:00Z",
        "2024-13-01T12:00:00Z",
        "2024-10-01T25:00:00Z",
        "2024-10-01T24:00:01Z",
        "2024-10-01T12:60:00Z",
        "9999-12-31T24:00:00Z",
        "20241001T120000Z",
    ],
)
@accepts("decl.date-format")
def test_but_not_in_any_way(written: str) -> None:
    assert declared_at(written) is None


@pytest.mark.parametrize("written", ["2024-10-01t12:00:00z", "2024-09-31T12:00:00Z", "2024-09-30T24:00:00Z"])
@accepts("read.updated-since")
def test_a_time_since_when_may_be_written_so_too(written: str) -> None:
    assert deployed().get("/partnerships/ecf", **{"filter[updated_since]": written}).status == 200
    assert World().api().get("/partnerships/ecf", **{"filter[updated_since]": written}).status == 400


@pytest.mark.parametrize(
    "written", ["2024-10-01T12:00:00,5Z", "2024-10-01", "2024-10-01 12:00:00", "2024-10-32T12:00Z"]
)
@refuses("read.updated-since")
def test_but_without_a_comma(written: str) -> None:
    refused = refusal(deployed(), Api.get, "/partnerships/ecf", **{"filter[updated_since]": written})
    assert refused == (400, ["Bad request"], ["read.updated-since"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-10-01", datetime(2024, 10, 1, tzinfo=UTC)),
        ("2024-10-01 12:00:00", NOON),
        ("2024-10-01 12:00:00 UTC", NOON),
        ("2024-10-01T12:00Z", NOON),
        ("2024-10-01T13:00:00.000+01:00", NOON),
        ("yesterday", datetime(2025, 1, 1, tzinfo=UTC)),
        ("", datetime(2025, 1, 1, tzinfo=UTC)),
        (None, datetime(2025, 1, 1, tzinfo=UTC)),
    ],
)
@accepts("clock.header", "clock.header-bad")
def test_a_server_date_may_be_written_in_almost_any_way(written: str | None, read: datetime) -> None:
    assert not SPELLING.is_no_server_date(written)
    assert SPELLING.time_of_request(written, datetime(2025, 1, 1, tzinfo=UTC)) == read


@EVERY_VERSION
@pytest.mark.parametrize("around", [" {}", "{} ", "{}\n"])
@refuses("participant.course-matches", "defer.reason", "vis.participant")
def test_a_text_is_taken_as_it_was_sent(version: str, around: str) -> None:
    course, reason = "ecf-induction", "career-break"
    api = deployed(version)
    assert refusal(api, Api.defer, JOSHUA, reason, around.format(course)).titles == ["course_identifier"]
    assert refusal(api, Api.defer, JOSHUA, around.format(reason), course) == over("reason", "defer.reason")
    assert World().api(version).defer(JOSHUA, around.format(reason), around.format(course)).status == 200


@pytest.mark.parametrize(("sent", "kept"), [("", ""), (None, None), ("other", "other"), (["other"], None)])
@accepts("decl.evidence")
def test_evidence_is_kept_as_it_was_sent_be_it_empty(sent: Any, kept: str | None) -> None:
    assert SPELLING.sent_evidence(sent) == kept
    assert STRICT.sent_evidence(sent) == (kept or None)


@accepts("body.json")
@refuses("body.json")
def test_text_x_json_is_json_to_the_deployed_service_alone() -> None:
    sent = {"headers": {"Content-Type": "text/x-json; charset=utf-8"}, "content": b'{"data":{"attributes":{}}}'}
    path = f"/participants/ecf/{JOSHUA}/defer"
    assert refusal(deployed(), Api.send, "PUT", path, **sent).status == 422
    assert refusal(World().api(), Api.send, "PUT", path, **sent) == (400, ["Bad request"], ["body.json"])


@refuses("body.json")
def test_a_body_of_no_type_at_all_is_none() -> None:
    sent = {"content": b'{"data":{"attributes":{}}}'}
    path = f"/participants/ecf/{JOSHUA}/defer"
    for world in (World(), World(behaviour="deployed")):
        assert refusal(world.api(), Api.send, "PUT", path, **sent) == (400, ["Bad request"], ["body.json"])


@refuses("read.null-byte")
def test_a_urn_with_a_null_byte_is_refused() -> None:
    refused = refusal(deployed(), Api.get, "/schools/ecf?filter[cohort]=2024&filter[urn]=%00")
    assert refused == (400, ["Bad request"], ["read.null-byte"])


@accepts("read.null-byte")
def test_any_other_urn_is_looked_for() -> None:
    assert deployed().get("/schools/ecf?filter[cohort]=2024&filter[urn]=none").ids == []
