"""A challenged partnership: in the deployed service it hides its people from reads, and from nothing else."""

from __future__ import annotations

from typing import Any

from contract_tests.api import Api, enrolments
from contract_tests.errors import require_equal
from contract_tests.lists import PARTICIPANTS
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.schools import partnerships, register
from contract_tests.target.backstage import Backstage

DATED = "2024-10-14T09:00:00Z"
REDUCED = "ecf-reduced-september"
UNFUNDED = "/unfunded-mentors/ecf"


@behaviour("deployed")
@refuses("path.unknown", "sched.partnership")
@accepts("vis.participant")
def test_its_people_are_not_shown_and_all_the_same_reported_and_declared(api: Api, v3: Api, stage: Backstage) -> None:
    someone = _of_a_challenged_partnership(v3, stage)
    api.get(f"{PARTICIPANTS}/{someone}").is_refused(404)
    require_equal(False, someone in [person["id"] for person in api.every(PARTICIPANTS)])
    _answers_of(api, api.defer(someone).data, training_status="deferred")
    _answers_of(api, api.resume(someone).data, training_status="active")
    api.change_schedule(someone, REDUCED).is_refused(422, "cohort")
    made = api.declare(someone, "started", DATED).is_accepted().shows(state="eligible")
    api.void(made.id).is_accepted()
    _answers_of(api, api.withdraw(someone).data, training_status="withdrawn")


@behaviour("documented")
@refuses("vis.participant", "decl.participant-known", "path.unknown")
def test_by_the_guidance_its_people_are_nobodys(api: Api, v3: Api, stage: Backstage) -> None:
    someone = _of_a_challenged_partnership(v3, stage)
    api.get(f"{PARTICIPANTS}/{someone}").is_refused(404)
    api.defer(someone).is_refused(422, "participant_id")
    api.change_schedule(someone, REDUCED).is_refused(422, "participant_id")
    api.declare(someone, "started", DATED).is_refused(422, "participant_id")


@only("v3")
@accepts("part.challenge", "vis.unfunded-mentor")
def test_nor_is_the_mentor_of_its_ects_shown_who_trains_nowhere(api: Api, stage: Backstage) -> None:
    here = partnerships(api)[0]
    mentor = register(stage, role="mentor", provider=stage.name_of(1))
    register(stage, here["urn"], mentor_id=mentor)
    require_equal(True, mentor in [each["id"] for each in api.every(UNFUNDED)])
    stage.act("POST", f"/partnerships/{here['id']}/challenge")
    require_equal(False, mentor in [each["id"] for each in api.every(UNFUNDED)])


def _of_a_challenged_partnership(v3: Api, stage: Backstage) -> str:
    """An ECT whose school challenges the partnership that they train through."""
    someone = stage.person().id
    here = v3.enrolment(someone)["school_urn"]
    (through,) = (each for each in partnerships(v3) if each["urn"] == here)
    stage.act("POST", f"/partnerships/{through['id']}/challenge")
    return someone


def _answers_of(api: Api, person: Any, **shown: str) -> None:
    """An act is answered without any training in v3, and with the training itself in v1 and v2."""
    found = [{name: enrolment[name] for name in shown} for enrolment in enrolments(person)]
    require_equal([] if api.version == "v3" else [shown], found)
