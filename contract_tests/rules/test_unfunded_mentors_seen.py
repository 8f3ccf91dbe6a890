"""Which mentors a provider is shown that are not in training with it."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require
from contract_tests.marks import accepts, behaviour
from contract_tests.rules.partnership_offers import partnership
from contract_tests.target.backstage import Backstage

MENTORS = "/unfunded-mentors/ecf"


@accepts("vis.unfunded-mentor")
def test_each_mentor_is_shown_alone_as_in_the_list(api: Api) -> None:
    for listed in api.every(MENTORS)[:20]:
        alone = api.get(f"{MENTORS}/{listed['id']}")
        require(
            alone.data == listed, "vis.unfunded-mentor", f"{listed}, as the list has it", alone.data, alone.exchange
        )


@accepts("vis.unfunded-mentor")
def test_they_mentor_someone_who_is_in_training_with_the_provider_and_are_not_themselves(api: Api) -> None:
    people = api.every("/participants/ecf")
    mentors = {each["id"] for each in api.every(MENTORS)}
    trained = mentors & {each["id"] for each in people}
    require(not trained, "vis.unfunded-mentor", "nobody who is a participant as well", trained)
    named = {enrolment["mentor_id"] for each in people for enrolment in each["attributes"]["ecf_enrolments"]}
    require(mentors <= named, "vis.unfunded-mentor", "the mentor_id of some enrolment each", mentors - named)


@accepts("vis.unfunded-mentor")
def test_a_mentor_is_seen_while_they_mentor_someone_by_that_persons_provider_alone(
    api: Api, rival: Api, backstage: Backstage
) -> None:
    someone = backstage.person()
    urn = partnership(rival, cohort="2024")["attributes"]["urn"]
    registered = backstage.act("POST", "/participants", participant_type="mentor", cohort="2024", urn=urn)
    mentor = registered["participant"]
    path = f"{MENTORS}/{mentor['id']}"
    api.get(path).is_refused(404)
    backstage.act("POST", f"/participants/{someone.id}/mentor", mentor_id=mentor["id"])
    api.get(path).shows(full_name=mentor["full_name"], email=mentor["email"], teacher_reference_number=mentor["trn"])
    rival.get(path).is_refused(404)
    backstage.act("POST", f"/participants/{someone.id}/mentor", mentor_id=None)
    api.get(path).is_refused(404)


@behaviour("documented")
@accepts("vis.unfunded-mentor", "vis.validated-only")
def test_nobody_is_seen_as_one_before_the_dfe_has_validated_them(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    urn = partnership(rival, cohort="2024")["attributes"]["urn"]
    asked = {"participant_type": "mentor", "cohort": "2024", "urn": urn, "validation": "none"}
    mentor = backstage.act("POST", "/participants", **asked)["participant"]["id"]
    backstage.act("POST", f"/participants/{someone.id}/mentor", mentor_id=mentor)
    for status, seen in ((None, False), ("eligible_to_start", True)):
        if status:
            backstage.act("POST", f"/participants/{mentor}/validate", status=status)
        listed = mentor in {each["id"] for each in api.every(MENTORS)}
        require(listed == seen, "vis.unfunded-mentor", f"{mentor} listed: {seen}", listed)


@accepts("vis.unfunded-mentor")
def test_a_mentor_in_training_with_the_provider_is_a_participant(api: Api, backstage: Backstage) -> None:
    someone, mentor = backstage.person(), backstage.person("mentor")
    backstage.act("POST", f"/participants/{someone.id}/mentor", mentor_id=mentor.id)
    named = api.enrolment(someone.id)["mentor_id"]
    require(named == mentor.id, "vis.unfunded-mentor", f"mentor_id {mentor.id}", named)
    api.get(f"{MENTORS}/{mentor.id}").is_refused(404)
    api.get(f"/participants/ecf/{mentor.id}").is_accepted()
