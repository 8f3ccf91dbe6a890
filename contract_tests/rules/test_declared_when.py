"""What a declaration is given by its date and the day it is sent on: a statement, a delivery partner, a mentor."""

from __future__ import annotations

from contract_tests.api import Api
from contract_tests.errors import Unavailable
from contract_tests.marks import accepts, behaviour, only
from contract_tests.rules.schools import register
from contract_tests.rules.statements import deadlines
from contract_tests.target.backstage import Backstage

DATED = "2024-10-14T09:00:00Z"
EARLIER_TODAY = "2024-11-15T08:00:00Z"
FIRST_DAY, DAY_BEFORE = "2024-10-21", "2024-10-20T09:00:00Z"


@only("v3")
@behaviour("deployed")
@accepts("decl.statement")
def test_sent_as_of_a_time_before_a_statement_was_accepted_it_goes_to_the_next_that_is_open(
    api: Api, stage: Backstage
) -> None:
    accepted = _accepted(api, stage)
    following = _next(api, accepted)
    made = api.at(EARLIER_TODAY).declare(stage.person().id, "started", DATED)
    made.is_accepted().shows(state="eligible", statement_id=following)


@only("v3")
@behaviour("documented")
@accepts("decl.statement")
def test_as_of_a_time_before_a_statement_was_accepted_that_one_is_open(api: Api, stage: Backstage) -> None:
    accepted = _accepted(api, stage)
    made = api.at(EARLIER_TODAY).declare(stage.person().id, "started", DATED)
    made.is_accepted().shows(state="eligible", statement_id=accepted)


@only("v3")
@accepts("decl.statement")
def test_dated_back_into_the_time_of_one_that_is_accepted_it_goes_to_the_next(api: Api, stage: Backstage) -> None:
    accepted = _accepted(api, stage)
    made = api.declare(stage.person().id, "started", DATED)
    made.is_accepted().shows(state="eligible", statement_id=_next(api, accepted))


@behaviour("deployed")
@accepts("decl.records-context")
def test_dated_before_somebodys_first_day_it_has_neither_delivery_partner_nor_mentor(
    api: Api, v3: Api, stage: Backstage
) -> None:
    someone = register(stage, mentor_id=register(stage, role="mentor"), starts_on=FIRST_DAY)
    made = api.declare(someone, "started", DAY_BEFORE).is_accepted()
    v3.get(f"/participant-declarations/{made.id}").shows(delivery_partner_id=None, mentor_id=None)


@behaviour("documented")
@accepts("decl.records-context")
def test_dated_before_somebodys_first_day_it_has_those_of_that_day(api: Api, v3: Api, stage: Backstage) -> None:
    mentor = register(stage, role="mentor")
    someone = register(stage, mentor_id=mentor, starts_on=FIRST_DAY)
    delivery_partner = v3.enrolment(someone)["delivery_partner_id"]
    made = api.declare(someone, "started", DAY_BEFORE).is_accepted()
    shown = v3.get(f"/participant-declarations/{made.id}")
    shown.shows(delivery_partner_id=delivery_partner, mentor_id=mentor)


def _accepted(api: Api, stage: Backstage) -> str:
    """The statement that would have taken what is declared now, once the DfE has marked it payable."""
    taken: str = api.declare(stage.person().id, "started", DATED).attributes["statement_id"]
    stage.act("POST", f"/statements/{taken}/payable")
    return taken


def _next(api: Api, statement_id: str) -> str:
    """The statement whose deadline comes after that of this one. Raises Unavailable."""
    later = list(deadlines(api, "2024"))
    later = later[later.index(statement_id) + 1 :]
    if not later:
        raise Unavailable("no statement after the next one")
    return later[0]
