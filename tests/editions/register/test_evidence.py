"""What a provider must hold: the table of cohorts, roles and types."""

from __future__ import annotations

import pytest

from tests.rules.marks import accepts, refuses

from .world import COURSES, World, over

ATTENDED = {"training-event-attended", "self-study-material-completed", "other"}
DETAILED = ATTENDED | {"materials-engaged-with-offline"}
ENGAGED = {"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"}
ALL = DETAILED | ENGAGED | {"one-term-induction", "hearsay", "", None}
EXTENDED = ("extended-1", "extended-2", "extended-3")
RETAINED = ("retained-1", "retained-2", "retained-3", "retained-4")

TABLE = [
    *(("2024", who, type, ATTENDED) for who in COURSES for type in (*RETAINED, "completed", *EXTENDED)),
    *(("2025", "ect", type, DETAILED) for type in ("started", "retained-1", "retained-3", "retained-4", *EXTENDED)),
    ("2025", "ect", "retained-2", ENGAGED),
    ("2025", "ect", "completed", ENGAGED | {"one-term-induction"}),
    ("2025", "mentor", "started", DETAILED),
    ("2025", "mentor", "completed", ENGAGED),
    ("2026", "ect", "started", DETAILED),
    ("2026", "mentor", "started", DETAILED),
]
WRONG = over("evidence_held", "decl.evidence")


@pytest.mark.parametrize(("cohort", "who", "type", "allowed"), TABLE)
@refuses("decl.evidence")
@accepts("decl.evidence")
def test_each_type_takes_the_evidence_of_the_table(
    world: World, cohort: str, who: str, type: str, allowed: set[str]
) -> None:
    person, course = world.trainee(who, cohort), COURSES[who]
    world.control("POST", f"/participants/{person}/leave", f"{cohort}-09-03T09:00:00Z", on="2027-07-31")
    northgate = world.provider().at("2026-09-14T09:00:00Z")
    schedule = {"schedule_identifier": "ecf-extended-september", "course_identifier": course}
    assert northgate.put(f"/participants/{person}/change-schedule", **schedule).status == 200
    about = {"type": type, "dated": "2026-09-10T09:00:00Z", "course_identifier": course}
    for evidence in ALL - allowed:
        assert northgate.refused(lambda: northgate.declare(person, evidence_held=evidence, **about)) == WRONG  # noqa: B023
    for evidence in allowed:
        declared = northgate.declare(person, evidence_held=evidence, **about)
        assert declared.attributes["evidence_held"] == evidence
        northgate.void(declared.id)


@pytest.mark.parametrize("who", COURSES)
@pytest.mark.parametrize("evidence", [None, "hearsay", "75-percent-engagement-met"])
@accepts("decl.evidence")
def test_a_start_before_2025_needs_none_and_keeps_none(world: World, who: str, evidence: str | None) -> None:
    person = world.trainee(who, "2024")
    about = {"dated": "2024-10-10T09:00:00Z", "course_identifier": COURSES[who]}
    declared = world.provider().declare(person, evidence_held=evidence, **about)
    assert declared.attributes["evidence_held"] is None


@refuses("decl.evidence")
def test_evidence_is_looked_at_before_the_withdrawal_and_after_all_that_comes_earlier(world: World) -> None:
    ect, northgate = world.trainee(), world.provider()
    about = {"reason": "moved-school", "course_identifier": "ecf-induction"}
    northgate.at("2026-03-02T10:00:00Z").put(f"/participants/{ect}/withdraw", **about)
    both = northgate.refused(lambda: northgate.declare(ect, dated="2026-03-03T10:00:00Z", evidence_held="hearsay"))
    assert both.titles == ["evidence_held", "participant_id"]
    assert both.rules == ["decl.evidence", "decl.before-withdrawal"]
    future = northgate.refused(lambda: northgate.declare(ect, dated="2027-03-03T10:00:00Z", evidence_held="hearsay"))
    assert future.titles == ["declaration_date", "participant_id"]
