"""The declaration date: given, a time, and not in the future."""

from __future__ import annotations

import pytest

from sandbox.rules.times import instant
from tests.api import Api
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import EVERY_VERSION

MISSING = over("declaration_date", "decl.date-given")
NO_TIME = over("declaration_date", "decl.date-format")
FUTURE = over("declaration_date", "decl.date-not-future")


@EVERY_VERSION
@pytest.mark.parametrize("blank", ["", "   "])
@refuses("decl.date-given")
def test_a_blank_date_is_no_date(northgate: Api, ect: str, blank: str) -> None:
    assert refusal(northgate, Api.declare, ect, "started", blank) == MISSING


@EVERY_VERSION
@refuses("decl.date-given")
def test_a_declaration_has_a_date(northgate: Api, ect: str) -> None:
    attributes = {"participant_id": ect, "declaration_type": "started", "course_identifier": "ecf-induction"}
    assert refusal(northgate, Api.post, "/participant-declarations", **attributes) == MISSING


@EVERY_VERSION
@refuses("decl.date-format")
@accepts("decl.date-format")
def test_a_date_is_a_time_and_not_a_day(northgate: Api, ect: str) -> None:
    assert refusal(northgate, Api.declare, ect, "started", "2024-10-14") == NO_TIME
    assert northgate.declare(ect, "started", "2024-10-14T09:00:00Z").status == 200


@pytest.mark.parametrize(
    "written",
    [
        "2024-10-14 09:00:00Z",
        "2024-10-14T09:00Z",
        "2024-10-14T09:00:00 01:00",
        "2024-10-14T09:00:00+1:00",
        "2024-10-14T09:00:00.Z",
        "2024-10-14T09:00:00ZZ",
        "20241014T090000Z",
        "2024-10-14T25:00:00Z",
        "2024-10-14T09:60:00Z",
        "2024-10-14T09:00:00+99:00",
        "2024-13-14T09:00:00Z",
        "2024-02-30T09:00:00Z",
        "0000-10-14T09:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "٢٠٢٤-10-14T09:00:00Z",
        "14/10/2024",
        "last Monday",
    ],
)
@refuses("decl.date-format")
def test_a_date_that_names_no_time_is_refused(northgate: Api, ect: str, written: str) -> None:
    assert refusal(northgate, Api.declare, ect, "started", written) == NO_TIME


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2024-10-14T09:00:00", "2024-10-14T09:00:00Z"),
        ("2024-10-14T09:00:00.987654321Z", "2024-10-14T09:00:00Z"),
        ("2024-10-14T09:00:00.5+00:00", "2024-10-14T09:00:00Z"),
        ("2024-10-14T09:00:00+01", "2024-10-14T08:00:00Z"),
        ("2024-10-14T09:00:00+0130", "2024-10-14T07:30:00Z"),
        ("2024-10-14T23:00:00-05:00", "2024-10-15T04:00:00Z"),
    ],
)
@accepts("decl.date-given", "decl.date-format")
def test_a_time_is_shown_in_utc_and_in_whole_seconds(northgate: Api, ect: str, written: str, shown: str) -> None:
    assert northgate.declare(ect, "started", written).attributes["declaration_date"] == shown


@EVERY_VERSION
@pytest.mark.parametrize("dated", ["2024-11-15T09:00:01Z", "2024-11-15T09:00:00.000001Z", "2024-11-15T08:00:01-01:00"])
@refuses("decl.date-not-future")
def test_a_moment_from_now_is_too_late(northgate: Api, ect: str, dated: str) -> None:
    assert refusal(northgate, Api.declare, ect, "started", dated) == FUTURE


@EVERY_VERSION
@pytest.mark.parametrize("dated", ["2024-11-15T09:00:00Z", "2024-11-15T10:00:00+01:00"])
@accepts("decl.date-not-future")
def test_exactly_now_is_not_the_future(northgate: Api, ect: str, dated: str) -> None:
    assert northgate.declare(ect, "started", dated).status == 200


@refuses("decl.date-not-future")
@accepts("decl.date-not-future", "clock.header")
def test_now_is_when_the_request_says_it_is(northgate: Api, ect: str) -> None:
    earlier, later = northgate.at("2024-10-14T12:00:00Z"), northgate.at("2024-12-02T12:00:00Z")
    assert refusal(earlier, Api.declare, ect, "started", "2024-10-14T12:00:01Z") == FUTURE
    assert refusal(later, Api.declare, ect, "started", "2024-12-02T12:00:01Z") == FUTURE
    assert later.declare(ect, "started", "2024-12-02T12:00:00Z").status == 200


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-10-14T09:00:00.123456789Z", "2024-10-14T09:00:00.123456+00:00"),
        ("2024-10-14T09:00:00.1Z", "2024-10-14T09:00:00.100000+00:00"),
        ("2024-10-14T09:00:00-23:59", "2024-10-15T08:59:00+00:00"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59+00:00"),
    ],
)
def test_a_time_is_kept_to_the_microsecond(written: str, read: str) -> None:
    moment = instant(written)
    assert moment is not None
    assert moment.isoformat() == read
