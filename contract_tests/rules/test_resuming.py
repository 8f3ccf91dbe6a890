"""A participant is back in training."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts, refuses
from contract_tests.target.backstage import Backstage


@refuses("resume.was-paused")
def test_who_is_in_training_has_nothing_to_resume(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        api.resume(someone.id).is_refused(422, "participant_profile")


@accepts("resume.was-paused", "resume.effect")
def test_who_is_deferred_resumes_and_nothing_else_changes(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    before = api.enrolment(someone.id)
    api.defer(someone.id).is_accepted()
    api.resume(someone.id).is_accepted()
    require_equal(before | {"updated_at": ""}, api.enrolment(someone.id) | {"updated_at": ""})
    api.shows_training(someone.id, training_status="active", deferral=None, withdrawal=None)


@accepts("resume.was-paused", "resume.effect")
def test_who_is_withdrawn_resumes_too(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    api.resume(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="active", deferral=None, withdrawal=None)
    api.withdraw(someone.id).is_accepted()
