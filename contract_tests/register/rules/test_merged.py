"""People who turn out to be one: under which ids they are found, and what is shown of the ids that were retired."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    DECLARATIONS,
    ELSEWHERE,
    MENTOR,
    PARTICIPANTS,
    act,
    declaration,
    declare,
    listed,
    lists,
    not_found,
    shows,
)
from contract_tests.register.backstage import RegisterBackstage


@refuses("path.unknown")
@accepts("read.from-participant-id", "id-change")
def test_a_retired_id_leads_to_the_one_that_remains(api: Api, stage: RegisterBackstage) -> None:
    ect, twin = stage.person().id, stage.registered("mentor")
    other = stage.person().id
    made = declare(api, twin, course_identifier=MENTOR)
    lists(api, PARTICIPANTS, [ect, twin, other])
    stage.act("POST", f"/participants/{twin}/merge", into=ect)
    for spelt in (twin, twin.upper(), twin.replace("-", ""), f"{{{twin}}}"):
        listed(api, PARTICIPANTS, [ect], **{"filter[from_participant_id]": spelt})
    for unknown in (ect, other, "abc"):
        listed(api, PARTICIPANTS, [], **{"filter[from_participant_id]": unknown})
    lists(api, PARTICIPANTS, [ect, other], **{"filter[from_participant_id]": ""})
    not_found(api.get(f"{PARTICIPANTS}/{twin}"))
    not_found(act(api, "defer", twin, course_identifier=MENTOR))
    (changed,) = api.get(f"{PARTICIPANTS}/{ect}").attributes["participant_id_changes"]
    require_equal((twin, ect), (changed["from_participant_id"], changed["to_participant_id"]))
    require_equal([], api.get(f"{PARTICIPANTS}/{other}").attributes["participant_id_changes"])
    lists(api, PARTICIPANTS, [ect, other])
    listed(api, DECLARATIONS, [made.id])
    require_equal(ect, declaration(api, made.id)["participant_id"])


@accepts("id-change")
def test_schools_and_the_dfe_name_somebody_by_ids_that_were_retired(api: Api, stage: RegisterBackstage) -> None:
    ect, mentee = stage.person().id, stage.person().id
    first = stage.registered("mentor")
    stage.act("POST", f"/participants/{first}/leave", at="2026-01-12T09:00:00Z", on="2026-01-12")
    second = stage.registered("mentor", "2026-02-02")
    stage.act("POST", f"/participants/{first}/merge", into=second)
    stage.act("POST", f"/participants/{second}/merge", into=ect)
    for number, id in enumerate((ect, second, first, first.upper())):
        stage.act("PATCH", f"/participants/{id}", full_name=f"Name {number}")
        require_equal(f"Name {number}", api.get(f"{PARTICIPANTS}/{ect}").attributes["full_name"])
    stage.act("POST", f"/participants/{mentee}/mentor", mentor_id=first)
    shows(api, mentee, mentor_id=ect)


@accepts("id-change")
def test_each_shows_the_ids_that_led_to_them_and_since_when(api: Api, stage: RegisterBackstage) -> None:
    retired = {"2026-09-10T09:00:00Z": stage.person().id, "2026-09-11T10:30:00Z": stage.person().id}
    changes = {}
    for at, ect in retired.items():
        twin = stage.registered("mentor")
        stage.act("POST", f"/participants/{twin}/merge", at=at, into=ect)
        changes[ect] = [{"from_participant_id": twin, "to_participant_id": ect, "changed_at": at}]
    shown = {each["id"]: each["attributes"]["participant_id_changes"] for each in api.get(PARTICIPANTS).data}
    require_equal(changes, shown)


@accepts("id-change")
def test_of_several_who_were_one_each_id_is_shown(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    former = stage.registered("mentor")
    stage.act("POST", f"/participants/{former}/leave", at="2026-01-12T09:00:00Z", on="2026-01-12")
    retired = [former, stage.registered("mentor", "2026-02-02", urn=ELSEWHERE)]
    for number, each in enumerate(retired):
        stage.act("POST", f"/participants/{each}/merge", at=f"2026-09-1{number}T09:00:00Z", into=ect)
    shown = api.get(f"{PARTICIPANTS}/{ect}").attributes["participant_id_changes"]
    require_equal(sorted(retired), sorted(each["from_participant_id"] for each in shown))
    for each in retired:
        listed(api, PARTICIPANTS, [ect], **{"filter[from_participant_id]": each})


@accepts("read.from-participant-id", "read.training-status", "read.cohort-filter", "read.updated-since")
def test_whoever_took_the_place_of_another_has_to_be_all_else_that_is_asked_for(
    api: Api, stage: RegisterBackstage
) -> None:
    ect, twin = stage.person().id, stage.registered("mentor")
    stage.act("POST", f"/participants/{twin}/merge", at="2026-09-14T09:00:00Z", into=ect)
    asked = {"filter[from_participant_id]": twin}
    for name, is_so, is_not in (
        ("training_status", "active", "withdrawn"),
        ("cohort", "2025", "2026"),
        ("updated_since", "2026-09-14T09:00:00Z", "2026-09-14T09:00:01Z"),
    ):
        listed(api, PARTICIPANTS, [ect], **asked, **{f"filter[{name}]": is_so})
        listed(api, PARTICIPANTS, [], **asked, **{f"filter[{name}]": is_not})
    listed(api, PARTICIPANTS, [], **asked, **{"page[page]": "2"})
