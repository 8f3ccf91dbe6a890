"""What a provider must hold, by cohort, by ECT or mentor, and by type."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from sandbox.model import COURSES, ParticipantType
from tests.api import Api, Reply
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import over, refusal
from tests.rules.variants import EVERY_BEHAVIOUR, EVERY_VERSION

EXTENDED = ("extended-1", "extended-2", "extended-3")
AFTER_STARTED = ("retained-1", "retained-2", "retained-3", "retained-4", "completed", *EXTENDED)

ATTENDED = {"training-event-attended", "self-study-material-completed", "other"}
DETAILED = ATTENDED | {"materials-engaged-with-offline"}
ENGAGED = {"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"}
ENGAGED_OR_ONE_TERM = ENGAGED | {"one-term-induction"}
ANY = DETAILED | ENGAGED_OR_ONE_TERM | {"hearsay", "Other", "other,other"}

WRONG = over("evidence_held", "decl.evidence")


class Row(NamedTuple):
    """A row of the table: what may be held, and whether something must be."""

    cohort: str
    who: ParticipantType
    type: str
    allowed: set[str]
    needed: bool = True

    def __str__(self) -> str:
        return f"{self.cohort}/{self.who}/{self.type}"


TABLE = [
    *(Row("2024", "ect", type, ATTENDED) for type in AFTER_STARTED),
    *(Row("2024", "mentor", type, ATTENDED) for type in AFTER_STARTED),
    Row("2025", "ect", "started", DETAILED, needed=False),
    Row("2025", "ect", "retained-1", DETAILED),
    Row("2025", "ect", "retained-2", ENGAGED),
    Row("2025", "ect", "retained-3", DETAILED),
    Row("2025", "ect", "retained-4", DETAILED),
    Row("2025", "ect", "completed", ENGAGED_OR_ONE_TERM),
    *(Row("2025", "ect", type, DETAILED) for type in EXTENDED),
    Row("2025", "mentor", "started", DETAILED, needed=False),
    Row("2025", "mentor", "completed", ENGAGED),
]
each_row = pytest.mark.parametrize("row", TABLE, ids=str)


@pytest.fixture
def november(northgate: Api) -> Api:
    """Northgate, in November 2025."""
    return northgate.at("2025-11-20T09:00:00Z")


def somebody(backstage: Backstage, row: Row) -> str:
    """On a schedule that has every type, all of them open in November 2025."""
    person = backstage.person(row.who, cohort=row.cohort)
    backstage.put_on_schedule(person, f"{row.cohort}/ecf-extended-september")
    return person


def declare(november: Api, person: str, row: Row, evidence: str | None) -> Reply:
    course = COURSES[row.who]
    return november.declare(person, row.type, "2025-11-10T09:00:00Z", course_identifier=course, evidence_held=evidence)


@each_row
@accepts("decl.evidence")
def test_what_the_table_allows_is_accepted_and_kept(november: Api, backstage: Backstage, row: Row) -> None:
    person = somebody(backstage, row)
    for evidence in row.allowed:
        declared = declare(november, person, row, evidence)
        assert declared.attributes["evidence_held"] == evidence
        november.void(declared.id)


@each_row
@refuses("decl.evidence")
def test_anything_else_is_refused(november: Api, backstage: Backstage, row: Row) -> None:
    person = somebody(backstage, row)
    for evidence in ANY - row.allowed:
        assert refusal(november, declare, person, row, evidence) == WRONG


@each_row
@refuses("decl.evidence")
@accepts("decl.evidence")
def test_only_a_start_needs_no_evidence(november: Api, backstage: Backstage, row: Row) -> None:
    person = somebody(backstage, row)
    for nothing in (None, "", "  "):
        if row.needed:
            assert refusal(november, declare, person, row, nothing) == WRONG
        else:
            declared = declare(november, person, row, nothing)
            assert declared.attributes["evidence_held"] is None
            november.void(declared.id)


@pytest.mark.parametrize("who", COURSES)
@pytest.mark.parametrize("evidence", ["other", "75-percent-engagement-met", "hearsay"])
@accepts("decl.evidence")
def test_up_to_cohort_2024_what_is_sent_with_a_start_is_dropped(
    northgate: Api, backstage: Backstage, who: ParticipantType, evidence: str
) -> None:
    declared = northgate.declare(
        backstage.person(who),
        "started",
        "2024-10-14T09:00:00Z",
        course_identifier=COURSES[who],
        evidence_held=evidence,
    )
    assert backstage.declaration(declared.id).evidence_held is None


@EVERY_VERSION
@EVERY_BEHAVIOUR
@refuses("decl.evidence")
@accepts("decl.evidence")
def test_it_is_the_cohort_that_counts_and_not_the_date(november: Api, backstage: Backstage) -> None:
    ada, bea = backstage.person(cohort="2024", trn="7000001"), backstage.person(cohort="2025", trn="7000002")
    dated, engaged = "2025-11-10T09:00:00Z", "75-percent-engagement-met"
    backstage.put_on_schedule(ada, "2024/ecf-extended-september")
    assert refusal(november, Api.declare, ada, "retained-2", dated, evidence_held=engaged) == WRONG
    assert refusal(november, Api.declare, bea, "retained-2", dated, evidence_held="other") == WRONG
    assert november.declare(ada, "retained-2", dated, evidence_held="other").status == 200
    assert november.declare(bea, "retained-2", dated, evidence_held=engaged).status == 200


def test_the_refusal_lists_what_will_do(november: Api, backstage: Backstage) -> None:
    row = Row("2025", "mentor", "completed", ENGAGED)
    detail = declare(november, somebody(backstage, row), row, "other").detail
    assert all(evidence in detail for evidence in ENGAGED)
    assert not any(evidence in detail for evidence in DETAILED - {"other"})
