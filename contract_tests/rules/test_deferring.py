"""A participant takes a break."""

from __future__ import annotations

from typing import Final

from contract_tests.api import Api, v3_alone
from contract_tests.errors import require, require_equal
from contract_tests.lists import PARTICIPANTS
from contract_tests.marks import accepts, only, refuses
from contract_tests.target.backstage import Backstage

REASONS: Final = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")


@refuses("defer.reason")
def test_a_reason_that_is_missing_or_none_of_those_allowed_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for reason in ("", "boredom", "moved-school"):
            api.defer(someone.id, reason).is_refused(422, "reason")


@accepts("defer.reason", "resume.was-paused")
def test_each_reason_allowed_defers_someone(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    for reason in REASONS:
        api.defer(someone.id, reason).is_accepted()
        api.shows_training(someone.id, training_status="deferred", withdrawal=None)
        api.resume(someone.id).is_accepted()


@accepts("defer.effect")
def test_the_training_is_shown_as_deferred_and_nothing_else_changes(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    before = api.enrolment(someone.id)
    api.defer(someone.id, "parental-leave").is_accepted()
    after = api.enrolment(someone.id)
    require_equal("deferred", after["training_status"])
    changed = {"training_status", "updated_at", "deferral"}
    require_equal(
        {n: v for n, v in before.items() if n not in changed}, {n: v for n, v in after.items() if n not in changed}
    )
    api.resume(someone.id).is_accepted()


@accepts("defer.effect")
def test_the_answer_says_what_is_found_afterwards(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    answer = api.defer(someone.id)
    require_equal(answer.data, api.get(f"{PARTICIPANTS}/{someone.id}").data, answer.exchange)
    api.resume(someone.id).is_accepted()


@only("v3")
@accepts("defer.effect")
def test_the_deferral_is_shown_with_its_reason_and_date(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    deferred = api.defer(someone.id, "bereavement").is_accepted()
    deferral = api.enrolment(someone.id)["deferral"]
    require_equal("bereavement", deferral["reason"])
    require_equal(deferred.attributes["updated_at"][:10], deferral["date"][:10])
    api.resume(someone.id).is_accepted()


@only("v3")
@accepts("defer.effect")
def test_it_is_dated_when_it_was_asked_for(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    before = backstage.now
    api.defer(someone.id, "other").is_accepted()
    deferral = api.enrolment(someone.id)["deferral"]
    require_equal("other", deferral["reason"])
    require(backstage.is_between(before, deferral["date"]), "check.shows", f"a deferral of {before}", deferral["date"])


@only("v1", "v2")
@accepts("defer.effect")
def test_what_only_v3_shows_is_shown_there_alone(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(status="deferred")
    shown = api.enrolment(someone.id)
    require_equal("deferred", shown["training_status"])
    require_equal(set(), v3_alone() & set(shown))


@refuses("defer.not-deferred")
def test_who_is_deferred_is_not_deferred_again(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(status="deferred")
    with api.nothing_changes(someone.id):
        for reason in ("career-break", "other"):
            api.defer(someone.id, reason).is_refused(422, "participant_profile")


@accepts("defer.not-deferred", "resume.was-paused")
def test_who_came_back_can_be_deferred_again(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(status="deferred")
    api.resume(someone.id).is_accepted()
    api.defer(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="deferred")


@refuses("defer.not-withdrawn")
def test_who_is_withdrawn_is_not_deferred(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    with api.nothing_changes(someone.id):
        api.defer(someone.id).is_refused(422, "participant_profile")


@accepts("defer.not-withdrawn")
def test_once_training_goes_on_it_can_be_deferred(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(declared=["started"], status="withdrawn")
    api.resume(someone.id).is_accepted()
    api.defer(someone.id).is_accepted()
    api.shows_training(someone.id, training_status="deferred")
    api.withdraw(someone.id).is_accepted()
