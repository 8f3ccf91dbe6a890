"""What a declaration is refused over, and in which order: what is judged together is said together."""

from __future__ import annotations

import pytest

from contract_tests.api import Api
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.schools import register
from contract_tests.target.backstage import Backstage

LONG_AGO, DATED, FUTURE = "2021-09-15T09:00:00Z", "2024-10-14T09:00:00Z", "2090-01-01T00:00:00Z"
UNREADABLE, A_DAY_ALONE = "rubbish", "2024-10-14"
WITHDRAWN_AT, LATER = "2025-02-10T12:00:00Z", "2025-05-12T09:00:00Z"


@behaviour("deployed")
@refuses("decl.date-given", "decl.type-given")
def test_an_unreadable_date_counts_as_missing_and_comes_before_the_type(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        for dated in ("", UNREADABLE):
            api.declare(someone.id, "", dated).is_refused(422, "declaration_date", "declaration_type")


@behaviour("documented")
@refuses("decl.type-given", "decl.date-format")
def test_an_unreadable_date_is_one_of_another_form_and_comes_after_the_type(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "", UNREADABLE).is_refused(422, "declaration_type", "declaration_date")


@refuses("decl.type-given", "decl.date-format")
def test_a_date_of_another_form_comes_after_the_type(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        api.declare(someone.id, "", A_DAY_ALONE).is_refused(422, "declaration_type", "declaration_date")


@refuses("decl.withdrawal-undated")
def test_of_somebody_withdrawn_nothing_is_declared_without_a_date_that_can_be_read(
    api: Api, backstage: Backstage
) -> None:
    someone, later = backstage.person(declared=["started"]), api.at(LATER)
    api.at(WITHDRAWN_AT).withdraw(someone.id).is_accepted()
    with later.nothing_changes(someone.id):
        for dated in ("", UNREADABLE):
            later.declare(someone.id, "extended-1", dated).is_refused(400, "Bad request")
    later.resume(someone.id).is_accepted()


@refuses("decl.date-format")
@accepts("decl.withdrawal-undated")
def test_a_day_alone_is_date_enough_to_see_that_it_lies_before_the_withdrawal(api: Api, backstage: Backstage) -> None:
    someone, later = backstage.person(declared=["started"]), api.at(LATER)
    api.at(WITHDRAWN_AT).withdraw(someone.id).is_accepted()
    with later.nothing_changes(someone.id):
        later.declare(someone.id, "retained-1", "2025-02-07").is_refused(422, "declaration_date")
    made = later.declare(someone.id, "retained-1", "2025-02-07T09:00:00Z")
    later.void(made.is_accepted().id).is_accepted()
    later.resume(someone.id).is_accepted()


@behaviour("deployed")
@refuses("decl.placed-with-provider", "decl.date-not-future", "decl.course-matches", "decl.milestone-exists")
@refuses("decl.one-per-milestone")
@accepts("decl.participant-known")
def test_whose_they_are_is_judged_after_date_type_and_course(api: Api, rival: Api, stage: Backstage) -> None:
    theirs = _of_another(stage)
    api.declare(theirs, "started", FUTURE).is_refused(422, "declaration_date")
    api.declare(theirs, "extended-1", DATED).is_refused(422, "declaration_type")
    api.declare(theirs, "started", DATED, course_identifier="ecf-mentor").is_refused(422, "course_identifier")
    api.declare(theirs, "started", DATED).is_refused(422, "participant_id")
    rival.declare(theirs, "started", DATED).is_accepted()
    api.declare(theirs, "started", DATED).is_refused(422, "base")


@behaviour("documented")
@refuses("decl.participant-known", "decl.date-not-future")
def test_whose_they_are_is_judged_first_together_with_the_date(api: Api, stage: Backstage) -> None:
    theirs = _of_another(stage)
    api.declare(theirs, "started", FUTURE).is_refused(422, "participant_id", "declaration_date")
    api.declare(theirs, "started", DATED, course_identifier="ecf-mentor").is_refused(422, "participant_id")


@refuses("decl.participant-known", "decl.type-given")
def test_of_nobody_the_type_is_looked_at_all_the_same(api: Api, backstage: Backstage) -> None:
    backstage.may_write()
    with api.nothing_changes():
        api.declare(NOBODY, "", LONG_AGO).is_refused(422, "participant_id", "declaration_type")


@pytest.mark.parametrize("evidence", [None, "hearsay"])
@refuses("decl.course-matches", "decl.evidence")
def test_the_evidence_is_judged_last(api: Api, backstage: Backstage, evidence: str | None) -> None:
    someone = backstage.person()
    dated = someone.milestone("retained-1").middle
    held = {"evidence_held": evidence}
    with api.nothing_changes(someone.id):
        spring = api.at(dated)
        another = spring.declare(someone.id, "retained-1", dated, course_identifier="ecf-mentor", **held)
        another.is_refused(422, "course_identifier")
        spring.declare(someone.id, "retained-1", dated, **held).is_refused(422, "evidence_held")


def _of_another(stage: Backstage) -> str:
    """An ECT who is another provider's."""
    return register(stage, provider=stage.name_of(1))
