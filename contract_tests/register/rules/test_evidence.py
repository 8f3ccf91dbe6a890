"""What a provider must hold: the table of cohorts, roles and types."""

from __future__ import annotations

from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import COURSES, EXTENDED, act, change, declare, refused
from contract_tests.register.backstage import RegisterBackstage
from contract_tests.target.backstage import Role

ATTENDED: Final = {"training-event-attended", "self-study-material-completed", "other"}
DETAILED: Final = ATTENDED | {"materials-engaged-with-offline"}
ENGAGED: Final = {"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"}
ALL: Final = (*sorted(DETAILED | ENGAGED), "one-term-induction", "hearsay", "", None)
EXTENSIONS: Final = ("extended-1", "extended-3")

TABLE: Final = [
    *(("2024", who, type, ATTENDED) for who in COURSES for type in ("retained-1", "retained-2", "completed")),
    ("2024", "ect", "extended-2", ATTENDED),
    *(("2025", "ect", type, DETAILED) for type in ("started", "retained-1", "retained-3", "retained-4", *EXTENSIONS)),
    ("2025", "ect", "retained-2", ENGAGED),
    ("2025", "ect", "completed", ENGAGED | {"one-term-induction"}),
    ("2025", "mentor", "started", DETAILED),
    ("2025", "mentor", "completed", ENGAGED),
    ("2026", "ect", "started", DETAILED),
    ("2026", "mentor", "started", DETAILED),
]


@refuses("decl.evidence")
@accepts("decl.evidence")
@pytest.mark.parametrize(("cohort", "who", "type", "allowed"), TABLE, ids=["-".join(row[:3]) for row in TABLE])
def test_each_type_takes_the_evidence_of_the_table(
    api: Api, stage: RegisterBackstage, cohort: str, who: Role, type: str, allowed: set[str]
) -> None:
    person, course = stage.person(who, cohort=cohort).id, COURSES[who]
    stage.act("POST", f"/participants/{person}/leave", at=f"{cohort}-09-03T09:00:00Z", on="2027-07-31")
    change(api, person, EXTENDED, course_identifier=course).is_accepted()
    told = {"dated": "2026-09-10T09:00:00Z", "course_identifier": course}
    for evidence in ALL:
        if evidence not in allowed:
            declare(api, person, type, evidence_held=evidence, **told).is_refused(422, "evidence_held")
    for evidence in sorted(allowed):
        made = declare(api, person, type, evidence_held=evidence, **told).shows(evidence_held=evidence)
        api.void(made.id).is_accepted()


@accepts("decl.evidence")
@pytest.mark.parametrize("who", ["ect", "mentor"])
@pytest.mark.parametrize("evidence", [None, "hearsay", "75-percent-engagement-met"])
def test_a_start_before_2025_needs_none_and_keeps_none(
    api: Api, stage: RegisterBackstage, who: Role, evidence: str | None
) -> None:
    person = stage.person(who, cohort="2024").id
    told = {"dated": "2024-10-10T09:00:00Z", "course_identifier": COURSES[who]}
    declare(api, person, evidence_held=evidence, **told).shows(evidence_held=None)


@refuses("decl.before-withdrawal", "decl.date-not-future")
@refuses("decl.evidence")
def test_evidence_is_looked_at_before_the_withdrawal_and_after_all_that_comes_earlier(
    api: Api, stage: RegisterBackstage
) -> None:
    ect = stage.person().id
    act(api.at("2026-03-02T10:00:00Z"), "withdraw", ect).is_accepted()
    told = {"evidence_held": "hearsay"}
    both = ("evidence_held", "participant_id")
    refused(api, lambda: declare(api, ect, dated="2026-03-03T10:00:00Z", **told), *both, of=ect)
    both = ("declaration_date", "participant_id")
    refused(api, lambda: declare(api, ect, dated="2027-03-03T10:00:00Z", **told), *both, of=ect)
