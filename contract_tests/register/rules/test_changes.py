"""Whose `updated_at` moves with what, and whose does not: by what is found since the moment of an act."""

from __future__ import annotations

from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts
from contract_tests.register.asking import (
    CLAIMED,
    DECLARATIONS,
    ELSEWHERE,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    UNFUNDED,
    act,
    change,
    declare,
    partners,
    school,
)
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

AT: Final = "2026-09-15T10:00:00Z"
IN_2025: Final = {"filter[cohort]": "2025"}
LISTED: Final[dict[str, dict[str, str]]] = {
    PARTICIPANTS: {},
    DECLARATIONS: {},
    PARTNERSHIPS: {},
    SCHOOLS: IN_2025,
    UNFUNDED: {},
}


def changed(api: Api) -> dict[str, list[str]]:
    """What each list has that changed at the moment of the act; nothing of a list in which nothing has."""
    found = {path: api.get(path, **needed, **{"filter[updated_since]": AT}).ids for path, needed in LISTED.items()}
    return {path: ids for path, ids in found.items() if ids}


def is_all_that_changed(api: Api, **expected: Any) -> None:
    """Raises ContractBroken unless just these changed at the moment of the act, and show it."""
    wanted = {paths[name]: sorted(ids) for name, ids in expected.items() if ids}
    require_equal(wanted, {path: sorted(ids) for path, ids in changed(api).items()})
    for path, ids in wanted.items():
        for id in ids:
            needed = IN_2025 if path == SCHOOLS else {}
            api.get(f"{path}/{id}", **needed).shows(updated_at=AT)


paths: Final = {
    "people": PARTICIPANTS,
    "declarations": DECLARATIONS,
    "partnerships": PARTNERSHIPS,
    "schools": SCHOOLS,
    "mentors": UNFUNDED,
}


@pytest.fixture
def ect(stage: RegisterBackstage) -> str:
    """Somebody in training, and somebody else beside them."""
    stage.person()
    return stage.person(validation="unknown").id


@accepts("updated.participant")
@pytest.mark.parametrize("name", ["withdraw", "defer"])
def test_a_person_changes_when_their_training_is_paused(api: Api, ect: str, name: str) -> None:
    declare(api.at("2026-09-14T09:00:00Z"), ect).is_accepted()
    act(api.at(AT), name, ect).is_accepted()
    is_all_that_changed(api.at("2026-09-15T11:00:00Z"), people=[ect])


@accepts("updated.participant")
def test_a_person_changes_with_their_schedule_and_when_they_come_back(api: Api, ect: str) -> None:
    act(api.at("2026-09-14T09:00:00Z"), "defer", ect).is_accepted()
    act(api.at(AT), "resume", ect).is_accepted()
    is_all_that_changed(api.at("2026-09-15T11:00:00Z"), people=[ect])
    other = next(id for id in api.get(PARTICIPANTS).ids if id != ect)
    change(api.at(AT), other).is_accepted()
    is_all_that_changed(api.at("2026-09-15T11:00:00Z"), people=[ect, other])


@accepts("updated.participant")
def test_a_person_whose_training_is_over_does_not_change_when_they_leave(
    api: Api, ect: str, stage: RegisterBackstage
) -> None:
    act(api.at("2026-09-14T09:00:00Z"), "withdraw", ect).is_accepted()
    stage.act("POST", f"/participants/{ect}/leave", at=AT, on="2026-09-15")
    is_all_that_changed(api)


@accepts("updated.participant", "updated.declaration")
def test_a_person_does_not_change_with_what_is_declared_of_them(api: Api, ect: str) -> None:
    made = declare(api.at(AT), ect)
    is_all_that_changed(api.at("2026-09-15T11:00:00Z"), declarations=[made.id])


@accepts("updated.participant")
@pytest.mark.parametrize("about", [{"full_name": "Another Name"}, {"email": "another@riverbank.example.com"}])
def test_a_person_changes_with_their_name_and_address(
    api: Api, ect: str, stage: RegisterBackstage, about: dict[str, str]
) -> None:
    stage.act("PATCH", f"/participants/{ect}", at=AT, **about)
    is_all_that_changed(api, people=[ect])


@accepts("updated.participant")
def test_a_person_does_not_change_with_their_working_pattern(api: Api, ect: str, stage: RegisterBackstage) -> None:
    stage.act("PATCH", f"/participants/{ect}", at=AT, working_pattern="part_time")
    (shown,) = api.get(f"{PARTICIPANTS}/{ect}").attributes["ecf_enrolments"]
    require_equal("part_time", shown["working_pattern"])
    is_all_that_changed(api)


@accepts("updated.participant", "updated.declaration", "decl.becomes-eligible")
def test_a_person_changes_when_they_become_eligible_and_so_does_what_was_declared(
    api: Api, ect: str, stage: RegisterBackstage
) -> None:
    made = declare(api.at("2026-09-14T09:00:00Z"), ect)
    stage.act("POST", f"/participants/{ect}/validate", at=AT, on="2026-09-01")
    is_all_that_changed(api, people=[ect], declarations=[made.id])


@accepts("updated.participant")
def test_a_person_changes_when_their_induction_ends(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership()
    ect = stage.registered(**CLAIMED)
    stage.act("PUT", f"/participants/{ect}/induction-end", at=AT, on="2026-09-10", outcome="pass")
    is_all_that_changed(api, people=[ect])


@accepts("updated.participant", "updated.unfunded-mentor")
def test_a_person_changes_with_their_mentor(api: Api, ect: str, stage: RegisterBackstage) -> None:
    mentor = stage.registered("mentor", "2025-09-03", programme="school_led")
    stage.act("POST", f"/participants/{ect}/mentor", at=AT, mentor_id=mentor)
    found = changed(api)
    require_equal([ect], found.get(PARTICIPANTS))
    require_equal(True, set(found) <= {PARTICIPANTS, UNFUNDED})


@accepts("updated.participant", "part.update-effect")
def test_everybody_under_a_partnership_changes_with_its_delivery_partner(
    api: Api, ect: str, stage: RegisterBackstage
) -> None:
    made = declare(api.at("2026-09-14T09:00:00Z"), ect)
    elsewhere = stage.partnership(urn=ELSEWHERE)
    apart = stage.registered(on="2025-09-05", urn=ELSEWHERE)
    (partnership,) = (each for each in api.get(PARTNERSHIPS).ids if each != elsewhere)
    present = api.get(f"{PARTNERSHIPS}/{partnership}").attributes["delivery_partner_id"]
    other = next(id for id in partners(api) if id != present)
    api.at(AT).change_delivery_partner(partnership, other).is_accepted()
    people = [id for id in api.get(PARTICIPANTS).ids if id != apart]
    is_all_that_changed(
        api.at("2026-09-15T11:00:00Z"), people=people, declarations=[made.id], partnerships=[partnership]
    )


@accepts("updated.partnership", "updated.school")
@pytest.mark.usefixtures("ect")
def test_a_partnership_and_a_school_change_with_the_tutor(api: Api, stage: RegisterBackstage) -> None:
    tutor = {"induction_tutor_name": "Ann Field", "induction_tutor_email": "ann@riverbank.example.com"}
    stage.act("PATCH", f"/schools/{RIVERBANK}", at=AT, **tutor)
    is_all_that_changed(api, partnerships=api.get(PARTNERSHIPS).ids, schools=[str(school(api)["id"])])
    require_equal(tutor["induction_tutor_name"], school(api)["induction_tutor_name"])


@accepts("updated.school")
@pytest.mark.usefixtures("ect")
def test_a_school_changes_with_its_name_and_not_when_it_is_marked(api: Api, stage: RegisterBackstage) -> None:
    stage.act("PATCH", f"/schools/{RIVERBANK}", at=AT, marked_as_eligible=True)
    is_all_that_changed(api)
    stage.act("PATCH", f"/schools/{RIVERBANK}", at=AT, name="Riverside Primary School")
    is_all_that_changed(api, schools=[str(school(api)["id"])])
    require_equal("Riverside Primary School", school(api)["name"])


@accepts("updated.school")
def test_a_school_changes_with_what_happens_in_the_cohort(api: Api, stage: RegisterBackstage) -> None:
    before = {cohort: school(api, cohort=cohort)["updated_at"] for cohort in ("2025", "2026")}
    stage.act("POST", "/partnerships", at=AT, provider="harbour", urn=RIVERBANK, cohort="2025")
    is_all_that_changed(api, schools=[str(school(api)["id"])])
    require_equal(before["2026"], school(api, cohort="2026")["updated_at"])


@accepts("updated.school", "school.interest")
def test_a_school_changes_with_any_providers_interest(api: Api, stage: RegisterBackstage) -> None:
    stage.act(
        "POST",
        "/participants",
        at=AT,
        participant_type="ect",
        urn=RIVERBANK,
        provider="harbour",
        starts_on="2026-09-15",
    )
    found = api.get(SCHOOLS, **{"filter[cohort]": "2026", "filter[updated_since]": AT})
    require_equal([school(api)["id"]], found.ids, found.exchange)
    is_all_that_changed(api)


@accepts("updated.partnership")
@pytest.mark.usefixtures("ect")
def test_a_partnership_does_not_change_when_somebody_is_registered(api: Api, stage: RegisterBackstage) -> None:
    new = stage.act(
        "POST",
        "/participants",
        at=AT,
        participant_type="ect",
        urn=RIVERBANK,
        provider="northgate",
        starts_on="2025-09-20",
    )["participant"]["id"]
    found = changed(api)
    require_equal(True, PARTNERSHIPS not in found)
    require_equal(True, new in api.get(PARTICIPANTS).ids or new not in found.get(PARTICIPANTS, []))


@accepts("updated.delivery-partner")
def test_a_delivery_partner_changes_with_any_providers_link(api: Api, stage: RegisterBackstage) -> None:
    (id, *others) = api.get(PARTNERS).ids
    stage.act("POST", "/relationships", at=AT, provider="meadow", cohort="2026", delivery_partner_id=id)
    api.get(f"{PARTNERS}/{id}").shows(updated_at=AT)
    for other in others:
        require_equal(False, api.get(f"{PARTNERS}/{other}").attributes["updated_at"] == AT)


@accepts("updated.participant")
def test_a_person_does_not_change_as_time_goes_by(api: Api, ect: str, stage: RegisterBackstage) -> None:
    stage.act("POST", f"/participants/{ect}/leave", on="2026-12-18")
    before = api.get(f"{PARTICIPANTS}/{ect}").attributes["updated_at"]
    stage.at("2027-01-10T09:00:00Z")
    api.get(f"{PARTICIPANTS}/{ect}").shows(updated_at=before)
    (shown,) = api.get(f"{PARTICIPANTS}/{ect}").attributes["ecf_enrolments"]
    require_equal("left", shown["participant_status"])


@accepts("updated.partnership")
def test_a_partnership_changes_in_the_night_in_which_training_begins(api: Api, stage: RegisterBackstage) -> None:
    partnership = stage.partnership("2026")
    stage.registered(on="2026-09-14", starts_on="2026-09-17")
    before = api.get(f"{PARTNERSHIPS}/{partnership}").attributes["updated_at"]
    stage.at("2026-09-17T00:00:30Z")
    api.get(f"{PARTNERSHIPS}/{partnership}").shows(updated_at=before)
    stage.at("2026-09-17T00:05:00Z")
    api.get(f"{PARTNERSHIPS}/{partnership}").shows(updated_at="2026-09-17T00:01:00Z")
