"""How a value may be written, where the deployed service reads it otherwise than its documents say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS, Query, alike, paged, some
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.schools import register
from contract_tests.target.backstage import Backstage

SPELT: Final[tuple[Callable[[str], str], ...]] = (str.upper, "{{{}}}".format, lambda id: id.replace("-", ""))
ROLLING: Final = {  # as they are sent, and as they are shown
    "2024-10-14t09:00:00z": "2024-10-14T09:00:00Z",
    "2024-10-14T09:00:00,5Z": "2024-10-14T09:00:00Z",
    "2024-09-31T09:00:00Z": "2024-10-01T09:00:00Z",
    "2024-10-13T24:00:00Z": "2024-10-14T00:00:00Z",
    "2024-10-14T08:59:60Z": "2024-10-14T09:00:00Z",
}
SINCE: Final = {  # as a time is sent, and what it stands for
    "2024-10-01t12:00:00z": "2024-10-01T12:00:00Z",
    "2024-09-31T12:00:00Z": "2024-10-01T12:00:00Z",
    "2024-09-30T24:00:00Z": "2024-10-01T00:00:00Z",
}
LAST_RECORD: Final = 2**63 - 1
SERVER_DATES: Final = {  # of the year to come
    "{}-12-24": "{}-12-24T00:00:00Z",
    "{}-12-24 16:30:01": "{}-12-24T16:30:01Z",
    "{}-12-24T16:30Z": "{}-12-24T16:30:00Z",
    "{}-12-24t16:30:01z": "{}-12-24T16:30:01Z",
    "{}-12-24 16:30:01 gmt": "{}-12-24T16:30:01Z",
    "{}-12-24T16:30:60+0130": "{}-12-24T15:01:00Z",
    "{}-06-24": "{}-06-24T00:00:00Z",
    "{}-06-24T16:30": "{}-06-24T16:30:00Z",
    "{}-06-24 16:30:01 +01": "{}-06-24T15:30:01Z",
}


@behaviour("deployed")
@accepts("read.participant-id")
def test_an_id_in_a_filter_may_have_capitals_braces_or_no_hyphens(api: Api) -> None:
    id = _declared_of(api)
    for spelt in SPELT:
        alike(api, DECLARATIONS, {"filter[participant_id]": id}, {"filter[participant_id]": spelt(id)})


@only("v3")
@behaviour("deployed")
@accepts("read.participant-id")
def test_with_a_space_beside_it_it_is_none(api: Api) -> None:
    id = _declared_of(api)
    for spelt in (f" {id}", f"{id} "):
        require_equal([], api.get(DECLARATIONS, **{"filter[participant_id]": spelt}).data)


@behaviour("deployed")
@accepts("decl.participant-known")
def test_so_may_an_id_in_a_body(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    for spelt in SPELT:
        made = api.declare(spelt(someone.id), "started", someone.milestone().middle)
        made.is_accepted().shows(participant_id=someone.id)
        api.void(made.id).is_accepted()


@behaviour("deployed")
@accepts("read.cohort-filter")
def test_a_year_in_a_filter_is_the_number_that_it_begins_with(api: Api) -> None:
    for written in ("2024x", "2024.5", " 2024 ", "+2024"):
        alike(api, PARTICIPANTS, _cohort("2024"), _cohort(written))
    require_equal([], api.get(PARTICIPANTS, **_cohort(",")).data)


@behaviour("documented")
@accepts("read.cohort-filter")
def test_by_the_guidance_what_only_begins_with_a_year_is_none(api: Api) -> None:
    for written in ("2024x", "2024.5"):
        require_equal([], api.get(PARTICIPANTS, **_cohort(written)).data)
    alike(api, PARTICIPANTS, {}, _cohort(","))


@pytest.mark.parametrize("cohort", ["2023x", 2023.5, 2023, " 2023 "])
@behaviour("deployed")
@accepts("sched.identifier", "sched.cohort")
def test_so_is_the_year_to_move_to(api: Api, backstage: Backstage, cohort: Any) -> None:
    id = backstage.act("POST", "/participants", cohort="2024")["participant"]["id"]
    api.change_schedule(id, "ecf-standard-september", cohort=cohort).is_accepted()
    api.shows_training(id, cohort="2023")


@behaviour("deployed")
@accepts("read.page")
def test_a_page_is_the_number_that_it_begins_with(api: Api) -> None:
    for written, number in (("2abc", 2), ("1.9", 1), (" 2", 2), ("+2", 2), ("0_2", 2)):
        alike(api, PARTICIPANTS, paged(number, 3), paged(number, 3) | {"page[page]": written})


@only("v3")
@behaviour("deployed")
@refuses("read.page")
@accepts("read.page")
def test_there_are_as_many_pages_as_a_database_counts(api: Api) -> None:
    for page, size in ((LAST_RECORD + 1, 1), (LAST_RECORD // 3000 + 1, 5000)):
        require_equal([], api.get(PARTICIPANTS, **paged(page, size)).data)
    for page in (LAST_RECORD + 2, 10 * LAST_RECORD):
        api.get(PARTICIPANTS, **paged(page, 1)).is_refused(400, "Bad request")


@behaviour("documented")
@refuses("read.page")
def test_by_the_guidance_what_only_begins_with_a_number_is_no_page(api: Api) -> None:
    for query in ("page[page]=2abc", "page[page]=1.9", "page=2", "page=", "page[]=2", "page[page][]=2"):
        api.send("GET", f"{PARTICIPANTS}?{query}").is_refused(400, "Bad request")
    for written in ("+2", " 2", "2 ", "0_2", "2.0", "1e0", "\u0662", "\u00b2"):
        for name in ("page", "per_page"):
            api.get(PARTICIPANTS, **{f"page[{name}]": written}).is_refused(400, "Bad request")


@behaviour("deployed")
@accepts("decl.date-format")
def test_a_declaration_date_that_there_is_not_rolls_over(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    for written, shown in ROLLING.items():
        made = api.declare(someone.id, "started", written)
        made.is_accepted().shows(declaration_date=shown)
        api.void(made.id).is_accepted()


@behaviour("documented")
@refuses("decl.date-format")
def test_by_the_guidance_there_is_no_such_date(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for written in ("2024-09-31T09:00:00Z", "2024-10-13T24:00:00Z", "2024-10-14T09:00:00,5Z"):
            api.declare(someone.id, "started", written).is_refused(422, "declaration_date")


@behaviour("deployed")
@accepts("read.updated-since")
def test_a_time_since_when_may_be_written_so_too(api: Api) -> None:
    for written, meant in SINCE.items():
        alike(api, PARTICIPANTS, {"filter[updated_since]": meant}, {"filter[updated_since]": written})


@behaviour("deployed")
@accepts("read.updated-since")
def test_without_a_zone_it_is_of_utc_and_with_one_of_that(api: Api, stage: Backstage) -> None:
    someone = register(stage, at="2024-09-04T09:00:00Z")
    for written, found in (
        ("2024-09-04T09:00:00", True),
        ("2024-09-04T09:00:01", False),
        ("2024-09-04T08:59:59", True),
        ("2024-09-04T10:00:00+01", True),
        ("2024-09-04T10:00:01+0100", False),
        ("2024-09-04T05:30:00-0330", True),
        (" 2024-09-04T05:30:01-03:30 ", False),
    ):
        listed = api.every(PARTICIPANTS, **{"filter[updated_since]": written})
        require_equal(found, someone in [each["id"] for each in listed])


@behaviour("documented")
@refuses("read.updated-since")
def test_by_the_guidance_that_is_no_time(api: Api) -> None:
    for written in SINCE:
        api.get(PARTICIPANTS, **{"filter[updated_since]": written}).is_refused(400, "Bad request")


@behaviour("deployed")
@accepts("clock.header")
def test_a_server_date_may_be_a_day_and_lack_its_t_or_its_seconds(api: Api, backstage: Backstage) -> None:
    for written, meant in SERVER_DATES.items():
        someone, year = backstage.person(), backstage.now.year + 1
        then = api.at(written.format(year))
        require_equal(meant.format(year), then.defer(someone.id).attributes["updated_at"])


@only("v3")
@behaviour("deployed")
@accepts("clock.header")
def test_a_second_or_day_too_many_makes_no_server_date(api: Api) -> None:
    (person,) = some(api, PARTICIPANTS, 1)
    path = f"{PARTICIPANTS}/{person['id']}"
    for written in ("2001-10-14T08:59:61Z", "2001-10-14T08:60:00Z", "2001-10-13T24:00:01Z", "2001-10-00"):
        require_equal(api.get(path).data, api.at(written).get(path).data)


@behaviour("deployed")
@accepts("clock.header")
def test_what_is_no_time_is_as_if_it_were_not_sent(api: Api) -> None:
    (person,) = some(api, PARTICIPANTS, 1)
    path = f"{PARTICIPANTS}/{person['id']}"
    for written in ("yesterday", "1731661200", "2024-13-01T00:00:00Z"):
        require_equal(api.get(path).data, api.at(written).get(path).data)


@pytest.mark.parametrize("around", [" {}", "{} "])
@behaviour("deployed")
@refuses("participant.course-matches", "defer.reason")
@accepts("body.attributes")
def test_a_space_beside_a_text_makes_it_another_text(api: Api, backstage: Backstage, around: str) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        api.defer(someone.id, "other", around.format(someone.course)).is_refused(422, "course_identifier")
        api.defer(someone.id, around.format("other"), someone.course).is_refused(422, "reason")


@pytest.mark.parametrize("around", [" {}", "{} "])
@behaviour("deployed")
@refuses("decl.participant-known", "decl.type-given", "decl.milestone-exists", "decl.date-given", "decl.date-format")
def test_so_it_is_with_what_is_declared(api: Api, backstage: Backstage, around: str) -> None:
    someone = backstage.person()
    dated = f"{someone.milestone().middle:%Y-%m-%dT%H:%M:%SZ}"
    with api.nothing_changes(someone.id):
        api.declare(around.format(someone.id), "started", dated).is_refused(422, "participant_id")
        api.declare(someone.id, around.format("started"), dated).is_refused(422, "declaration_type")
        api.declare(someone.id, "started", around.format(dated)).is_refused(422, "declaration_date")


@behaviour("documented")
@accepts("body.attributes")
def test_by_the_guidance_what_stands_around_a_text_does_not_count(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    api.defer(someone.id, " other", f"{someone.course} ").is_accepted()
    api.shows_training(someone.id, training_status="deferred")
    dated = f" {someone.milestone().middle:%Y-%m-%dT%H:%M:%SZ} "
    made = api.declare(f" {someone.id} ", " started", dated, course_identifier=f" {someone.course}").is_accepted()
    made.shows(participant_id=someone.id, declaration_type="started", course_identifier=someone.course)
    api.void(made.id).is_accepted()


def _declared_of(api: Api) -> str:
    """Somebody of whom something was declared."""
    (declaration,) = some(api, DECLARATIONS, 1)
    return str(declaration["attributes"]["participant_id"])


def _cohort(written: str) -> Query:
    return {"filter[cohort]": written}
