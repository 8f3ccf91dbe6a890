"""What a provider may still do about somebody who has gone to another, and what the other sees of its time."""

from __future__ import annotations

from datetime import date

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.schools import move, partnerships
from contract_tests.target.backstage import Backstage

DATED = "2024-10-14T09:00:00Z"
MOVED_ON = date(2024, 11, 4)
EXTENDED, JANUARY, STANDARD = "ecf-extended-september", "ecf-standard-january", "ecf-standard-september"


@behaviour("deployed")
@refuses("decl.placed-with-provider", "decl.milestone-start")
@accepts("decl.placed-with-provider", "transfer.declare-after")
def test_a_former_provider_declares_until_the_new_one_changes_the_schedule(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person().id
    move(stage, someone, partnerships(rival)[0]["urn"], MOVED_ON)
    api.void(api.declare(someone, "started", DATED).is_accepted().id).is_accepted()
    rival.change_schedule(someone, EXTENDED).is_accepted()
    with api.nothing_changes(someone):
        api.declare(someone, "started", DATED).is_refused(422, "participant_id")
    rival.change_schedule(someone, JANUARY).is_accepted()
    with api.nothing_changes(someone):
        api.declare(someone, "started", DATED).is_refused(422, "declaration_date")
    rival.change_schedule(someone, STANDARD).is_accepted()
    api.declare(someone, "started", DATED).is_accepted()


@behaviour("documented")
@accepts("decl.placed-with-provider", "transfer.declare-after")
def test_a_former_provider_declares_by_its_own_schedule_whatever_the_new_one_says(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person().id
    move(stage, someone, partnerships(rival)[0]["urn"], MOVED_ON)
    rival.change_schedule(someone, JANUARY).is_accepted()
    api.declare(someone, "started", DATED).is_accepted()


@accepts("vis.declaration")
def test_what_it_declared_of_other_training_of_the_same_person_stays_its_own(
    api: Api, rival: Api, stage: Backstage
) -> None:
    someone = stage.person().id
    stage.act("POST", "/participants", participant_id=someone, participant_type="mentor", cohort="2024")
    ours = api.declare(someone, "started", DATED, course_identifier="ecf-mentor").is_accepted().id
    handed_over = api.declare(someone, "started", DATED).is_accepted().id
    there = {"participant_type": "ect"}
    stage.act("POST", f"/participants/{someone}/leave", on="2024-11-03", **there)
    urn = partnerships(rival)[0]["urn"]
    stage.act("POST", f"/participants/{someone}/join", urn=urn, on=MOVED_ON.isoformat(), **there)
    about = {"filter[participant_id]": someone}
    require_equal([handed_over], rival.get(DECLARATIONS, **about).ids)
    rival.get(f"{DECLARATIONS}/{ours}").is_refused(404)
    require_equal({ours, handed_over}, set(api.get(DECLARATIONS, **about).ids))
