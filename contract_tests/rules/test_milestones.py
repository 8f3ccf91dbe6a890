"""When a milestone may be declared."""

from __future__ import annotations

from datetime import timedelta

from contract_tests.api import Api
from contract_tests.backstage import Backstage
from contract_tests.marks import accepts, refuses


@refuses("decl.milestone-start")
def test_nothing_may_be_dated_before_its_milestone_opens(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    with api.nothing_changes(someone.id):
        early = api.declare(someone.id, "started", someone.milestone().opens - timedelta(seconds=1))
        early.is_refused(422, "declaration_date")


@accepts("decl.milestone-start")
def test_a_milestone_may_be_dated_on_the_first_moment_it_is_open(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    made = api.declare(someone.id, "started", someone.milestone().opens)
    made.is_accepted().shows(declaration_type="started", participant_id=someone.id)
    api.void(made.id).is_accepted().shows(state="voided")
