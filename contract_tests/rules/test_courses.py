"""Which training a change is about: the course that is named, placed with the provider that asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from contract_tests.api import Api, Reply
from contract_tests.marks import accepts, refuses
from contract_tests.target.backstage import Backstage

Change = Callable[[Api, str, str], Reply]

CHANGES: Final[tuple[Change, ...]] = (
    lambda api, id, course: api.defer(id, course=course),
    lambda api, id, course: api.resume(id, course=course),
    lambda api, id, course: api.withdraw(id, course=course),
    lambda api, id, course: api.change_schedule(id, "ecf-reduced-september", course=course),
)


@refuses("participant.course-matches")
def test_a_course_that_is_missing_or_not_the_participants_is_refused(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for change in CHANGES:
            for course in ("", "ecf-mentor", "ecf-nonsense"):
                change(api, someone.id, course).is_refused(422, "course_identifier")


@accepts("participant.course-matches")
def test_a_mentor_is_on_the_course_of_mentors(api: Api, backstage: Backstage) -> None:
    mentor = backstage.person("mentor")
    api.defer(mentor.id, course="ecf-mentor").is_accepted()
    api.shows_training(mentor.id, "ecf-mentor", training_status="deferred")
    api.resume(mentor.id, course="ecf-mentor").is_accepted()


@refuses("participant.placed-with-provider")
@accepts("participant.placed-with-provider", "participant.course-matches")
def test_of_someone_who_is_both_each_provider_changes_the_training_it_has(
    api: Api, rival: Api, backstage: Backstage
) -> None:
    id = backstage.person().id
    as_mentor = {"participant_id": id, "participant_type": "mentor", "cohort": "2024"}
    backstage.act("POST", "/participants", provider=backstage.name_of(1), **as_mentor)
    with api.nothing_changes(id):
        for change in CHANGES:
            change(api, id, "ecf-mentor").is_refused(422, "participant_id")
            change(rival, id, "ecf-induction").is_refused(422, "participant_id")
    api.defer(id, course="ecf-induction").is_accepted()
    rival.shows_training(id, "ecf-mentor", training_status="active")
    rival.defer(id, course="ecf-mentor").is_accepted()
    rival.shows_training(id, "ecf-mentor", training_status="deferred")
