"""What filters leave of each list, in a world in which every value leaves some and takes some away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts
from contract_tests.register.asking import (
    DECLARATIONS,
    ELSEWHERE,
    IN_APRIL,
    IN_MARCH,
    MENTOR,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    act,
    declaration,
    declare,
    lists,
    partners,
)
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

COHORT: Final = "filter[cohort]"
STATUS: Final = "filter[training_status]"
UNKNOWN: Final = {"filter[colour]": "red"}


@dataclass(frozen=True)
class Town:
    """People of two cohorts with one provider, each in another state, and what was declared of them."""

    older: str
    deferred: str
    withdrawn: str
    both: str
    mentor: str

    @property
    def everybody(self) -> list[str]:
        """All of them."""
        return [self.older, self.deferred, self.withdrawn, self.both, self.mentor]

    @property
    def newer(self) -> list[str]:
        """Those of 2025."""
        return self.everybody[1:]


@pytest.fixture
def town(api: Api, stage: RegisterBackstage) -> Town:
    """A town of Riverbank."""
    made = Town(
        older=stage.person(cohort="2024").id,
        deferred=stage.person().id,
        withdrawn=stage.person().id,
        both=stage.person().id,
        mentor=stage.person("mentor").id,
    )
    for person, name, at in (
        (made.deferred, "defer", IN_MARCH),
        (made.withdrawn, "withdraw", IN_MARCH),
        (made.both, "defer", IN_MARCH),
        (made.both, "withdraw", IN_APRIL),
    ):
        act(api.at(at), name, person).is_accepted()
    return made


def leaves(api: Api, path: str, found: Mapping[str, list[str]], name: str, **needed: str) -> None:
    """Raises ContractBroken unless a filter leaves just these, value by value."""
    for value, expected in found.items():
        lists(api, path, expected, **needed, **{name: value})


@accepts("read.training-status")
def test_people_are_found_by_either_stamp(api: Api, town: Town) -> None:
    found = {
        "active": [town.older, town.mentor],
        "deferred": [town.deferred, town.both],
        "withdrawn": [town.withdrawn, town.both],
        "nothing": [],
        "": town.everybody,
        "Active": [],
    }
    leaves(api, PARTICIPANTS, found, STATUS)
    lists(api, PARTICIPANTS, town.everybody, **{f"{STATUS}[]": "active"})
    lists(api, PARTICIPANTS, [town.mentor], **{STATUS: "active", COHORT: "2025"})


@accepts("read.cohort-filter")
def test_people_are_found_by_cohort(api: Api, town: Town) -> None:
    found = {
        "2024": [town.older],
        "2025": town.newer,
        "2024,2025": town.everybody,
        "2025,2025": town.newer,
        "2024, 2025": [town.older],
        "abc,2025": town.newer,
        "2023": [],
        "abc": [],
        "": town.everybody,
    }
    leaves(api, PARTICIPANTS, found, COHORT)
    lists(api, PARTICIPANTS, [town.older], **{f"{COHORT}[]": "2024"})
    lists(api, PARTICIPANTS, town.everybody, **UNKNOWN)
    lists(api, PARTICIPANTS, town.everybody, **{f"{COHORT}[x]": "2024"})


@accepts("read.cohort-filter", "read.participant-id", "read.single-unfiltered")
def test_declarations_are_found_by_person_partner_and_cohort(api: Api, town: Town) -> None:
    older = declare(api, town.older, dated="2024-10-10T09:00:00Z")
    newer, other = declare(api, town.deferred), declare(api, town.mentor, course_identifier=MENTOR)
    again = declare(api, town.older, "retained-1", "2025-01-13T09:00:00Z")
    of_older = [older.id, again.id]
    everything = [older.id, newer.id, other.id, again.id]
    leaves(
        api,
        DECLARATIONS,
        {
            "2024": of_older,
            "2025": [newer.id, other.id],
            "2024,2025": everything,
            "2024, 2025": of_older,
            "2026": [],
            "": everything,
        },
        COHORT,
    )
    lists(api, DECLARATIONS, of_older, **{f"{COHORT}[]": "2024"})
    by_person = {
        town.older: of_older,
        town.older.upper(): of_older,
        f"{town.mentor},{town.older}": [older.id, other.id, again.id],
        f"abc,{town.mentor}": [other.id],
        town.older.replace("-", ""): [],
        town.withdrawn: [],
        "abc": [],
        "": everything,
    }
    leaves(api, DECLARATIONS, by_person, "filter[participant_id]")
    lists(api, DECLARATIONS, everything, **{"filter[participant_id][]": town.older})
    partner = newer.attributes["delivery_partner_id"]
    leaves(api, DECLARATIONS, {partner: everything, NOBODY: [], f"{NOBODY},{partner}": everything}, DELIVERED_BY)
    lists(api, DECLARATIONS, everything, **UNKNOWN)
    for query in ({COHORT: "1999"}, {"filter[participant_id]": NOBODY}):
        require_equal(older.id, api.get(f"{DECLARATIONS}/{older.id}", **query).id)


DELIVERED_BY: Final = "filter[delivery_partner_id]"


@accepts("read.cohort-filter", "read.participant-id", "vis.partnership")
def test_partnerships_are_found_by_cohort_and_delivery_partner(api: Api, stage: RegisterBackstage) -> None:
    first, second = partners(api)[:2]
    one = stage.partnership("2024", delivery_partner_id=first)
    two = stage.partnership("2025", delivery_partner_id=second)
    three = stage.partnership("2025", delivery_partner_id=first, urn=ELSEWHERE)
    every = [one, two, three]
    by_cohort = {
        "2024": [one],
        "2025": [two, three],
        "2024,2025": every,
        "2025, 2024": [two, three],
        "2023": [],
        "abc": [],
        "": every,
    }
    leaves(api, PARTNERSHIPS, by_cohort, COHORT)
    by_partner = {
        first: [one, three],
        second: [two],
        first.upper(): [one, three],
        f"{first},{second}": every,
        f"abc,{second}": [two],
        "abc": [],
        NOBODY: [],
        "": every,
    }
    leaves(api, PARTNERSHIPS, by_partner, DELIVERED_BY)
    lists(api, PARTNERSHIPS, every, **{f"{DELIVERED_BY}[]": second})
    lists(api, PARTNERSHIPS, [three], **{DELIVERED_BY: first, COHORT: "2025"})
    lists(api, PARTNERSHIPS, every, **UNKNOWN)


@accepts("read.cohort-filter", "vis.school")
@pytest.mark.usefixtures("stage")
def test_schools_are_found_by_urn(api: Api) -> None:
    whole = api.get(SCHOOLS, **{COHORT: "2025"})
    by_urn = {each["attributes"]["urn"]: each["id"] for each in whole.data}
    found = {
        RIVERBANK: [by_urn[RIVERBANK]],
        f"{RIVERBANK},{ELSEWHERE}": [by_urn[RIVERBANK]],
        "word": [],
        "1": [],
        "": whole.ids,
    }
    leaves(api, SCHOOLS, found, "filter[urn]", **{COHORT: "2025"})
    lists(api, SCHOOLS, whole.ids, **{COHORT: "2025", "filter[urn][]": RIVERBANK})
    lists(api, SCHOOLS, whole.ids, **{COHORT: "2025"}, **UNKNOWN)


@accepts("read.cohort-filter", "vis.delivery-partner")
@pytest.mark.usefixtures("stage")
def test_delivery_partners_are_found_by_cohort(api: Api) -> None:
    shown = {each["id"]: each["attributes"]["cohort"] for each in api.get(PARTNERS).data}
    for cohort in ("2021", "2023", "2025", "2026"):
        lists(api, PARTNERS, [id for id, cohorts in shown.items() if cohort in cohorts], **{COHORT: cohort})
    lists(api, PARTNERS, [*shown], **{COHORT: "2021,2026"})
    lists(api, PARTNERS, [*shown], **{COHORT: ""})
    lists(api, PARTNERS, [], **{COHORT: "abc"})
    lists(api, PARTNERS, [*shown], **{"filter[updated_since]": "garbage"})


@accepts("read.cohort-filter", "vis.statement")
@pytest.mark.usefixtures("stage")
def test_statements_are_found_by_cohort(api: Api) -> None:
    shown = {each["id"]: each["attributes"]["cohort"] for each in api.every(STATEMENTS)}
    for cohorts in ("2024", "2025", "2024,2025", "2025, 2024", "abc,2026", "abc"):
        expected = [id for id, cohort in shown.items() if cohort in cohorts.split(",")]
        lists(api, STATEMENTS, expected, **{COHORT: cohorts, "page[per_page]": "3000"})
    lists(api, STATEMENTS, [*shown], **{"filter[type]": "service", "page[per_page]": "3000"})


@accepts("read.single-unfiltered")
def test_a_single_record_is_shown_whatever_the_filters_say(api: Api, town: Town) -> None:
    queries = ({COHORT: "1999"}, {STATUS: "withdrawn"}, {"filter[updated_since]": "2099-01-01T00:00:00Z"})
    for query in queries:
        require_equal(town.older, api.get(f"{PARTICIPANTS}/{town.older}", **query).id)
    (partnership, *_) = api.get(PARTNERSHIPS).ids
    (statement, *_) = api.get(STATEMENTS).ids
    for path in (f"{PARTNERSHIPS}/{partnership}", f"{STATEMENTS}/{statement}"):
        for query in queries:
            api.get(path, **query).is_accepted()


@accepts("read.single-unfiltered", "vis.declaration")
@pytest.mark.usefixtures("stage")
def test_a_school_is_shown_as_of_the_cohort_whatever_else_is_said(api: Api) -> None:
    (one, *_) = api.get(SCHOOLS, **{COHORT: "2025"}).ids
    for cohort in ("2024", "2025"):
        api.get(f"{SCHOOLS}/{one}", **{COHORT: cohort, "filter[urn]": "1"}).shows(cohort=cohort)


@accepts("read.participant-id")
def test_declarations_of_a_retired_id_are_the_survivors(api: Api, town: Town, stage: RegisterBackstage) -> None:
    made = declare(api, town.mentor, course_identifier=MENTOR)
    stage.act("POST", f"/participants/{town.mentor}/merge", into=town.older)
    lists(api, DECLARATIONS, [made.id], **{"filter[participant_id]": town.older})
    lists(api, DECLARATIONS, [], **{"filter[participant_id]": town.mentor})
    require_equal(town.older, declaration(api, made.id)["participant_id"])
