"""Two records of one TRN, and what a retired id still does: for the training under it, and for other training."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS, PARTICIPANTS
from contract_tests.marks import accepts, behaviour, only, refuses
from contract_tests.rules.schools import register
from contract_tests.rules.statements import state_is
from contract_tests.target.backstage import Backstage, Role

DATED, ANOTHER_DATE = "2024-10-14T09:00:00Z", "2024-10-15T09:00:00Z"
COMPLETED_ON = "2024-06-03T09:00:00Z"
MENTOR = {"course_identifier": "ecf-mentor"}
TRN = "7654321"


@behaviour("deployed")
@refuses("decl.one-per-milestone")
@accepts("id-change")
def test_the_second_record_of_a_trn_is_the_same_person_once_the_dfe_validates_it(api: Api, stage: Backstage) -> None:
    first = register(stage, trn=TRN)
    second = _registered_later(stage, "ect")
    declared = api.declare(second, "started", DATED).is_accepted().shows(state="submitted", participant_id=second)
    stage.act("POST", f"/participants/{second}/validate", status="eligible_to_start")
    api.get(f"{DECLARATIONS}/{declared.id}").shows(participant_id=first, state="eligible")
    api.get(f"{PARTICIPANTS}/{second}").is_refused(404)
    with api.nothing_changes(first):
        for id in (first, second):
            api.declare(id, "started", ANOTHER_DATE).is_refused(422, "base")
    api.void(declared.id).is_accepted()
    api.declare(first, "started", ANOTHER_DATE).is_accepted().shows(participant_id=first)


@behaviour("documented")
@accepts("id-change", "decl.duplicate-person")
def test_the_second_record_of_a_trn_stays_somebody_else_until_the_dfe_says_so(api: Api, stage: Backstage) -> None:
    first, second = register(stage, trn=TRN), _registered_later(stage, "ect")
    stage.act("POST", f"/participants/{second}/validate", status="eligible_to_start")
    api.declare(first, "started", DATED).is_accepted().shows(participant_id=first, state="eligible")
    api.declare(second, "started", DATED).is_accepted().shows(participant_id=second, state="ineligible")


@only("v3")
@behaviour("deployed")
@accepts("id-change")
def test_a_second_record_leaves_a_change_of_id(api: Api, stage: Backstage) -> None:
    first = register(stage, trn=TRN)
    second = _registered_later(stage, "mentor")
    stage.act("POST", f"/participants/{second}/validate", status="eligible_to_start")
    found = api.get(f"{PARTICIPANTS}/{first}")
    (change,) = found.attributes["participant_id_changes"]
    require_equal((second, first), (change["from_participant_id"], change["to_participant_id"]))
    roles = {enrolment["participant_type"] for enrolment in found.attributes["ecf_enrolments"]}
    require_equal({"ect", "mentor"}, roles)


@behaviour("deployed")
@refuses("vis.participant", "decl.participant-known")
@accepts("id-change")
def test_a_retired_id_does_for_the_training_under_it_and_is_nobodys_for_other_training(
    api: Api, backstage: Backstage
) -> None:
    old, new = _retired_and_remaining(backstage)
    with api.nothing_changes(new):
        api.defer(old, course="ecf-mentor").is_refused(422, "participant_id")
        api.declare(old, "started", DATED, **MENTOR).is_refused(422, "participant_id")
    require_equal(new, api.defer(old).id)
    api.shows_training(new, training_status="deferred")
    require_equal(new, api.resume(old).id)
    made = api.declare(old, "started", DATED).is_accepted().shows(participant_id=new)
    api.void(made.id).is_accepted()


@behaviour("deployed")
@refuses("vis.participant", "decl.participant-known")
@accepts("id-change")
def test_so_does_the_first_of_two_ids_of_which_each_was_retired_for_the_next(api: Api, backstage: Backstage) -> None:
    first, second = _retired_and_remaining(backstage)
    last = backstage.person("mentor").id
    backstage.act("POST", f"/participants/{second}/merge", into=last)
    with api.nothing_changes(last):
        api.defer(first, course="ecf-mentor").is_refused(422, "participant_id")
        api.declare(first, "started", DATED, **MENTOR).is_refused(422, "participant_id")
    require_equal(last, api.defer(first).id)
    require_equal(last, api.resume(first).id)
    made = api.declare(first, "started", DATED).is_accepted().shows(participant_id=last)
    api.void(made.id).is_accepted()


@behaviour("documented")
@accepts("id-change")
def test_a_retired_id_does_for_all_training_of_the_one_that_remains(api: Api, backstage: Backstage) -> None:
    old, new = _retired_and_remaining(backstage)
    for course in ("ecf-mentor", "ecf-induction"):
        require_equal(new, api.defer(old, course=course).id)
        require_equal(new, api.resume(old, course=course).id)
        made = api.declare(old, "started", DATED, course_identifier=course)
        made.is_accepted().shows(participant_id=new)
        api.void(made.id).is_accepted()


@behaviour("deployed")
@accepts("decl.mentor-completes", "decl.duplicate-person")
def test_a_duplicate_completes_no_mentor(api: Api, v3: Api, stage: Backstage) -> None:
    first, second = _two_mentors_of_one_trn(stage)
    api.declare(first, "completed", COMPLETED_ON, **MENTOR).is_accepted().shows(state="eligible")
    made = api.declare(second, "completed", COMPLETED_ON, **MENTOR).is_accepted()
    state_is(api, made.id, "ineligible")
    v3.shows_training(first, "ecf-mentor", mentor_funding_end_date="2024-06-03")
    v3.shows_training(second, "ecf-mentor", mentor_funding_end_date=None, mentor_ineligible_for_funding_reason=None)


@behaviour("documented")
@accepts("decl.mentor-completes", "decl.duplicate-person")
def test_a_duplicate_completes_a_mentor_all_the_same(api: Api, v3: Api, stage: Backstage) -> None:
    first, second = _two_mentors_of_one_trn(stage)
    api.declare(first, "completed", COMPLETED_ON, **MENTOR).is_accepted().shows(state="eligible")
    made = api.declare(second, "completed", COMPLETED_ON, **MENTOR).is_accepted()
    state_is(api, made.id, "ineligible")
    v3.shows_training(second, "ecf-mentor", mentor_funding_end_date="2024-06-03")


@accepts("id-change", "void.frees-milestone")
def test_what_was_voided_keeps_nobody_from_being_one_person(api: Api, backstage: Backstage) -> None:
    old, new = backstage.person().id, backstage.person(declared=["started"]).id
    voided = api.declare(old, "started", ANOTHER_DATE).is_accepted().id
    api.void(voided).is_accepted()
    backstage.act("POST", f"/participants/{old}/merge", into=new)
    api.get(f"{DECLARATIONS}/{voided}").shows(participant_id=new)


def _registered_later(stage: Backstage, role: Role) -> str:
    """The id of a second record of the TRN, which the DfE has still to validate."""
    details = {"participant_type": role, "cohort": "2024", "trn": TRN, "validation": "none"}
    return str(stage.act("POST", "/participants", at="2024-09-05T09:00:00Z", **details)["participant"]["id"])


def _retired_and_remaining(backstage: Backstage) -> tuple[str, str]:
    """The id of an ECT, retired in favour of that of the mentor they are as well; and that."""
    old, new = backstage.person("ect").id, backstage.person("mentor").id
    backstage.act("POST", f"/participants/{old}/merge", into=new)
    return old, new


def _two_mentors_of_one_trn(stage: Backstage) -> tuple[str, str]:
    """Two of whom the DfE validated the older one last, so that it took neither for the other."""

    def mentor(at: str, validation: str) -> str:
        details = {"participant_type": "mentor", "cohort": "2022", "trn": TRN, "validation": validation}
        return str(stage.act("POST", "/participants", at=at, **details)["participant"]["id"])

    older = mentor("2022-09-04T09:00:00Z", "none")
    newer = mentor("2022-09-05T09:00:00Z", "eligible_to_start")
    stage.act("POST", f"/participants/{older}/validate", at="2022-09-06T09:00:00Z", status="eligible_to_start")
    return older, newer
