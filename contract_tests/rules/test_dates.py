"""The date of a declaration: it is given, it is a time, and that is not in the future."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from contract_tests.api import Api
from contract_tests.errors import LeftOut
from contract_tests.marks import accepts, refuses
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

NEVER_CLOSES = "ecf-reduced-september"
NO_TIMES = (
    "2024-10-14",
    "2024-10-14 09:00:00Z",
    "2024-10-14T09:00Z",
    "2024-10-32T09:00:00Z",
    "2024-10-14T25:00:00Z",
    "2024-10-14T08:59:61Z",
    "2024-10-14T08:60:00Z",
    "2024-10-13T24:00:01Z",
    "2024-10-00T09:00:00Z",
    "2024-10-14T09:00:00.\u0665Z",
    "14/10/2024",
    "last Monday",
)
TIMES = {  # as they are sent, and as they are shown
    "2024-10-14T09:00:00Z": "2024-10-14T09:00:00Z",
    "2024-10-14T09:00:00.987Z": "2024-10-14T09:00:00Z",
    "2024-10-14T09:00:00.1234567891Z": "2024-10-14T09:00:00Z",
    "2024-10-14T09:00:00+01:30": "2024-10-14T07:30:00Z",
    "2024-10-14T23:00:00-05:00": "2024-10-15T04:00:00Z",
    "2024-10-14T05:30:00-03:30": "2024-10-14T09:00:00Z",
}
LOOSELY = {  # what the rule does not promise, but the DfE's service takes
    "2024-10-14T09:00:00": "2024-10-14T09:00:00Z",
    "2024-10-14T09:00:00+01": "2024-10-14T08:00:00Z",
    "2024-10-14T09:00:00+0130": "2024-10-14T07:30:00Z",
}


@refuses("decl.date-given")
def test_a_declaration_without_a_date_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    undated = {"participant_id": someone.id, "declaration_type": "started", "course_identifier": someone.course}
    with api.nothing_changes(someone.id):
        api.post("/participant-declarations", **undated).is_refused(422, "declaration_date")
        api.post("/participant-declarations", **undated, declaration_date="").is_refused(422, "declaration_date")


@refuses("decl.date-format", "decl.date-given")
def test_a_date_that_is_no_time_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for written in NO_TIMES:
            api.declare(someone.id, "started", written).is_refused(422, "declaration_date")


@accepts("decl.date-given", "decl.date-format")
def test_a_time_is_shown_in_utc_and_to_the_second(api: Api, backstage: Backstage) -> None:
    _are_shown(TIMES, api, backstage)


@accepts("decl.date-format")
def test_a_time_may_be_written_as_loosely_as_the_dfe_takes_it(api: Api, backstage: Backstage, target: Target) -> None:
    if not target.sandbox and target.behaviour == "documented":
        raise LeftOut("it writes dates as loosely as only the deployed service promises to take them")
    _are_shown(LOOSELY, api, backstage)


def _are_shown(times: Mapping[str, str], api: Api, backstage: Backstage) -> None:
    """Raises ContractBroken unless times that are written so are accepted, and are shown so."""
    someone = backstage.person()
    for written, shown in times.items():
        made = api.declare(someone.id, "started", written)
        made.is_accepted().shows(declaration_date=shown)
        api.void(made.id).is_accepted()


@refuses("decl.date-not-future")
def test_nothing_is_declared_before_it_has_happened(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(schedule=NEVER_CLOSES)
    with api.nothing_changes(someone.id):
        future = api.declare(someone.id, "started", backstage.now + timedelta(hours=1))
        future.is_refused(422, "declaration_date")


@refuses("decl.date-not-future")
@accepts("decl.date-not-future")
def test_now_is_not_the_future_and_a_second_later_is(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(schedule=NEVER_CLOSES)
    for now in (datetime(2024, 10, 14, 12, tzinfo=UTC), datetime(2025, 10, 14, 12, tzinfo=UTC)):
        then = api.at(now)
        with api.nothing_changes(someone.id):
            then.declare(someone.id, "started", now + timedelta(seconds=1)).is_refused(422, "declaration_date")
        made = then.declare(someone.id, "started", now)
        then.void(made.is_accepted().id).is_accepted()


@refuses("decl.date-not-future")
@accepts("decl.date-not-future")
def test_half_a_second_from_now_is_the_future_and_less_of_this_second_is_not(
    api: Api, backstage: Backstage, target: Target
) -> None:
    if not target.sandbox:
        raise LeftOut("it sets the time to a part of a second, which only a sandbox promises to take")
    someone = backstage.person(schedule=NEVER_CLOSES)
    then = api.at("2024-10-14T12:00:00.5Z")
    with api.nothing_changes(someone.id):
        then.declare(someone.id, "started", "2024-10-14T12:00:00.55Z").is_refused(422, "declaration_date")
    for written in ("2024-10-14T12:00:00.450000Z", "2024-10-14T12:00:00.5000009Z"):
        then.void(then.declare(someone.id, "started", written).is_accepted().id).is_accepted()


@accepts("decl.date-not-future")
def test_a_zone_does_not_make_the_present_the_future(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    made = api.at("2024-10-14T12:00:00Z").declare(someone.id, "started", "2024-10-14T13:00:00+01:00")
    made.is_accepted().shows(declaration_date="2024-10-14T12:00:00Z")
    api.void(made.id).is_accepted()
